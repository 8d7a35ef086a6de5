"""strip, split and their kin."""

from __future__ import annotations

def main() -> None:
    print(repr("  a b \t\n".strip()), repr("  a".lstrip()), repr("a  ".rstrip()), repr("xxaxx".strip("x")), repr("abcba".lstrip("ab")))
    print(repr("\ufeffa\ufeff".strip()), repr("\x1ca\x85".strip()), repr("\u3000a\xa0".strip()), repr("\u200ba".strip()))
    print("a,b,,c".split(","), "a".split(","), "".split(","), "a--b--c".split("--"))
    print("  a  b\tc\n".split(), "".split(), "   ".split(), " a b c ".split(None, 1), "a b".split(None, 5))
    print("a,b,c".split(",", 1), "a,b,c".rsplit(",", 1), "a,b,c".rsplit(","), "a b c".rsplit(None, 1), "a,b".split(",", 5), "a,b".split(",", 0))
    print("a\nb\r\nc\n".splitlines(), "".splitlines(), "\n".splitlines(), "a\u2028b\x0bc".splitlines())
    print("a=b=c".partition("="), "abc".partition("="), "a=b=c".rpartition("="), "abc".rpartition("="))
    print("-".join(["a", "b"]), "".join(str(n) for n in range(5)), ", ".join(sorted({"b", "a"})), "-".join("abc"))
    try:
        print("a".split(""))
    except ValueError:
        print("refused")
