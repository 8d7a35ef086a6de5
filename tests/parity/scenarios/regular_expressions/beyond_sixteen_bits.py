from __future__ import annotations

import re

ONE = re.compile(r".")
TWO = re.compile(r".{2}")
FACES = re.compile(r"[😀-😎a]+")
FACE = re.compile(r"😀+")
NOT = re.compile(r"[^a]")
MARKS = re.compile(r"[\u0300-\u036f\u1ab0-\u1aff]")
UPPER = re.compile(r"[\U00010000-\U0010ffff]")


def main() -> None:
    for text in ["😀", "😀😀", "a😀", "ab", "é", "e\u0301", ""]:
        found = ONE.match(text)
        first = found[0] if found is not None else "nothing"
        print(repr(text), first, TWO.fullmatch(text) is not None, FACES.fullmatch(text) is not None, UPPER.findall(text))
    print(FACE.findall("x😀😀y😀"), FACE.split("x😀😀y😀"), FACE.sub("-", "x😀😀y😀"))
    print(NOT.findall("a😀b"), ONE.findall("a😀\nb"), MARKS.sub("", "e\u0301a\u0300"))
