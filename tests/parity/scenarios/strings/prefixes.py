"""startswith, endswith, removeprefix, removesuffix."""

from __future__ import annotations


def main() -> None:
    for text in ("http://x", "https://x", "x", ""):
        print(text.startswith("http"), text.startswith(("https", "x")), text.endswith("x"), text.endswith(("//x", "y")), text.removeprefix("http://"), text.removesuffix("x"))
    print("abc".startswith(""), "abc".endswith(""), "abc".startswith("b", 1), "".removeprefix("a"), "aa".removesuffix("a"))
