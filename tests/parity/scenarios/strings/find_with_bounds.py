"""find, rfind, index and count look where they are told."""

from __future__ import annotations


def main() -> None:
    text = "abcabcabc"
    print(text.find("c"), text.find("c", 3), text.find("c", 3, 5), text.find("c", -2), text.find("x"), text.find(""), text.find("", 9), text.find("", 10))
    print(text.rfind("a"), text.rfind("x"), text.index("b"), text.index("b", 2), text.count("abc"), text.count("aa"), "aaaa".count("aa"))
    for part in ("x", "abcd"):
        try:
            print(text.index(part))
        except ValueError:
            print("not in it")
