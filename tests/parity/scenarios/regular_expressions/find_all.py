from __future__ import annotations

import re

WORD = re.compile(r"[a-z]+")
KEY = re.compile(r"([a-z]+)=")
MAYBE = re.compile(r"(x)?y")
PIECES = re.compile(r"[ \n]+|[^ \n]+")
AHEAD = re.compile(r"a(?=b)")
NOT_AHEAD = re.compile(r"a(?!b).?")
AT_START = re.compile(r"^a")


def main() -> None:
    for text in ["", "a", "a b  c", "key=1, other=2", "yxyy", "ab aab\nac", "😀a😀"]:
        print(WORD.findall(text), KEY.findall(text), MAYBE.findall(text), PIECES.findall(text))
        print(AHEAD.findall(text), NOT_AHEAD.findall(text), AT_START.findall(text))
    kept = WORD.findall("a b")
    kept.append("c")
    print(kept, WORD.findall("a b"), len(WORD.findall("")), sorted(WORD.findall("b a")))
    for word in WORD.findall("one two"):
        print(word, WORD.fullmatch(word) is not None)
