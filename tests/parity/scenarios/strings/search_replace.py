"""startswith, endswith, find, replace, in, count."""

from __future__ import annotations

def main() -> None:
    text = "hello world"
    print(text.startswith("he"), text.endswith("ld"), text.startswith(("x", "h")), text.endswith(("x", "y")), text.startswith(""))
    print("lo w" in text, "z" not in text, "" in text, text.startswith("world", 6))
    print(text.find("o"), text.rfind("o"), text.index("w"), text.count("l"), "aaaa".count("aa"), "abc".count(""))
    print(text.replace("l", "L"), text.replace("l", "", 2), "aaa".replace("a", "$&"), "abc".replace("", "-"), "a.b".replace(".", "\\"))
    print("prefix-x".removeprefix("prefix-"), "x.py".removesuffix(".py"), "x".removeprefix("y"), "x".removesuffix(""))
    for bad in ["index", "rindex"]:
        try:
            print("abc".index("z") if bad == "index" else "abc".rindex("z"))
        except ValueError:
            print(bad)
