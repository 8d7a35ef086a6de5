from __future__ import annotations

import re

WORD = re.compile(r"[a-z]+")
NUMBER = re.compile(r"[0-9]+")


def kind(text: str) -> str:
    if WORD.fullmatch(text) is not None:
        return "word"
    if NUMBER.fullmatch(text) is None:
        return "mixed" if WORD.search(text) is not None and NUMBER.search(text) is not None else "other"
    return "number"


def first(texts: list[str]) -> str:
    for text in texts:
        found = WORD.match(text)
        if found is not None and len(found[0]) > 1:
            return found[0]
    return ""


def main() -> None:
    print([kind(text) for text in ["abc", "12", "a1", "", "A"]])
    print([text for text in ["a", "1", "b2"] if WORD.match(text) is not None])
    print(any(NUMBER.match(text) is not None for text in ["a", "1"]), first(["a", "12", "bc3", "d"]))
    print(len([None for text in ["a", "a", "a"] if WORD.fullmatch(text) is not None]), (WORD.match("a") is None) == False)
    either = WORD.match("a1") if len("x") > 1 else NUMBER.match("2b")
    print("none" if either is None else either[0])
