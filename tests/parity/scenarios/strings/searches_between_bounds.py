"""Searches between bounds, negative, None or beyond the end; splits from the right; keywords."""

from __future__ import annotations


def counts() -> None:
    print("aaa".count("a", 1), "aaa".count("a", 0, 1), "aaa".count("a", -1), "banana".count("an", 2))
    print([0, 1, 0, 1].index(0, -3), [5, 6, 5].index(5, 1))
    print(b"aaa".count(b"a"), "abc".find("c", -1), "abc".rfind("a", 1), "abcabc".index("a", 1), "abc".startswith("b", 1))


def nonebounds() -> None:
    s = "rrarrrrrrrrra"
    stop: int | None = None
    print(s.count("a", None), s.count("a", None, 10), s.count("a", 3, stop))
    print(s.find("a", None), s.find("a", 3, None), s.rfind("a", None, 10), s.index("a", 3, stop))
    print(s.startswith("rr", None))
    print("a b c".split(None, 1), "a b c d".rsplit(None, 2), "abbobbbobbA".rsplit("bobb"), "aabbc".rsplit("b", 1), "abbbc".rsplit("bb"))
    print(s[stop:3], s[1:stop], [1, 2, 3][stop:stop])


def rsplit() -> None:
    print("abbc".rsplit("b"), "aabbbc".rsplit("bb"), "abbbc".rsplit("bb", 1), "bobbobbA".rsplit("bobb"))
    print("aaa".rfind("aa"), "aaa".count("aa"), "aaa".replace("aa", "b"), "aaa".rpartition("aa"), "aaa".rsplit("aa"))
    u = ["a", "b"]
    print([0, 1, 0, 1].index(1, 2))
    print("\u1ff3\u1ff3".capitalize(), "\u01c6".capitalize(), "\ufb01x".capitalize(), "\u1ff3a b".title())


def c08_split_strip() -> None:
    print("a,b,,c".split(","), "  a  b ".split(), "".split(), "".split(","), "a b c d".split(" ", 2), "a b c d".rsplit(" ", 1))
    print("\ufeffx\ufeff".strip() == "\ufeffx\ufeff", len("\x1c\x1dx\x1e\x1f".strip()), len("\x85x\u180e".strip()), len("\u200bx\u2003".strip()))
    print("\u00a0a\u3000b\u2028".split(), "a\x0bb\x0cc\x1cd\x85e\u2028f\r\ng".splitlines())
    print("a\n\nb\n".splitlines(), "a\n".split("\n"), "xxhixx".strip("x"), "abcabc".strip("ab"), "mississippi".lstrip("mis"))
    print("k=v=w".partition("="), "k=v=w".rpartition("="), "k".partition("="), "".join(["a"]), "-".join([]))
    print("İ".lower() == "i\u0307", "ß".upper(), "ǆ".title(), "ΑΣ".lower(), "ﬁ".upper(), "straße".upper(), "Ⅷ".lower())
    print("it's o'neil x1y".title(), "hELLO wORLD".capitalize(), "-5".zfill(4), "ab".center(5, "*"), "a\tb".find("\t"))


def e04_texts() -> None:
    print("ßa".capitalize(), "ßa b".title(), "ﬁx".capitalize(), "éa".capitalize(), "ŉa".upper(), "ΑΣ ΣΑΣ".lower(), "ΑΣ".capitalize(), "İx".capitalize() == "İx")
    print(int("１２"), int(" 7\n"), int("-٤٢"), float("１.５"), "１".isdigit(), "a1".isalnum(), "é_".isalnum(), " \t\u3000".isspace(), "".isspace(), "Ab".isupper(), "AB1".isupper(), "ab1".islower())
    print("abc".removeprefix("ab"), "abc".removesuffix("bc"), "aXbX".rfind("X"), "abc".find("c", -1), "abcabc".find("c", 3), "abc".index("b"), "Straße".casefold(), "a,b;c".replace(",", ";").split(";"))


    print(f"{-5:+d}|{5:+d}|{1234567:,}|{0.25:.1%}|{'abcdef':.3}|")
    print(f"{'x'!r}|{1!s}|{True}|{None}|{[1, 'a']}|{(1,)}|{ {'k': 1} }|{b'q'}|{1.0}")
    print("a" < "B", "Z" < "a", "é" < "z", "" < "a", "abc" < "abd", "a" * 3, "ab" in "cab", "" in "", "x".join("abc"))
    print("%".replace("%", "%%"), "100%", "a\\b", "a\\\\b", 'q"', "tab\there", "nul\0x".replace("\0", "-"), "\x41\u0042c")
    print(repr("a\nb\t\\'"), repr("\u200b\u00a0\u00ad\ufeff\U000e0001\ue000"), repr("é😀\u0301"), repr("'\""), repr(""), repr("\x1b\x80\x9f"))


def main() -> None:
    counts()
    nonebounds()
    rsplit()
    c08_split_strip()
    e04_texts()
    print("abc".find("", 2, 1), "abc".count("", 2, 1), "abc".startswith("", 2, 1), b"abc".find(b"", 2, 1), "abc".find("", 3), "abc".find("", 4))
    print(round(2.567, ndigits=1), str(object="foo"), b"abca".find(97, 1), b"abca".count(97), b"abc".startswith((b"a", b"b")))
