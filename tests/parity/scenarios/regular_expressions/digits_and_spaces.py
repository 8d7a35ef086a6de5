from __future__ import annotations

import re

DIGITS = re.compile(r"\d+")
PLAIN = re.compile(r"\d+", re.ASCII)
SPACE = re.compile(r"\s")
PLAIN_SPACE = re.compile(r"\s", re.ASCII)
INK = re.compile(r"\S+")
WORD = re.compile(r"\w+", re.ASCII)
LETTERS = re.compile(r"\w+")
OTHERS = re.compile(r"[^\w\s]+")
NEITHER = re.compile(r"[^\s\d]+")
ODD = re.compile(r"[\S0]+")
EDGE = re.compile(r"\bit\b", re.ASCII)
SPACES = "\t\n\v\f\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2003\u2028\u2029\u202f\u205f\u3000\ufeff\u200b\x08"


def main() -> None:
    for text in ["12", "١٢", "1٢", "𝟘9", "²", "½", "Ⅷ", "12a", ""]:
        print(text, DIGITS.fullmatch(text) is not None, PLAIN.fullmatch(text) is not None, DIGITS.findall(text))
    for char in SPACES:
        print(hex(ord(char)), SPACE.match(char) is not None, PLAIN_SPACE.match(char) is not None, INK.match(char) is None)
    print(INK.findall("a\x1cb c\ufeffd\u3000e"), ODD.findall("0 a\xa0b"))
    print(WORD.findall("naïve word_1 ſ ÄB"), NEITHER.findall("a1b٣c d"))
    print(LETTERS.findall("naïve κόσμος_1 日本語 علي - ab"), OTHERS.findall("a, é! 日本。 -- x"))
    print(EDGE.sub("X", "it bit it, ité _it it"), EDGE.search("") is None)
