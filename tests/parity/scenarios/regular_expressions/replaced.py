from __future__ import annotations

import re

DIGITS = re.compile(r"[0-9]+")
PAIR = re.compile(r"(\w)=(\w)?", re.ASCII)
MARK = re.compile("[\u0300-\u036f]")


def larger(found: re.Match[str]) -> str:
    return str(int(found[0]) * 2)


class Counter:
    def __init__(self, most: int) -> None:
        self.left: int = most

    def keep(self, found: re.Match[str]) -> str:
        self.left -= 1
        return found.group() if self.left >= 0 else ""


def swapped(found: re.Match[str]) -> str:
    return f"<{found[0]}>"


def main() -> None:
    for text in ["", "a1b22c", "333", "1 2"]:
        print(DIGITS.sub("#", text), DIGITS.sub("", text), DIGITS.sub("$&$1$$", text), DIGITS.sub(larger, text))
        print(DIGITS.sub(lambda found: f"[{found[0]}{found.group()}{found.group(0)}]", text), DIGITS.sub(swapped, text))
    print(PAIR.sub(lambda found: found[1] * 2 if found[2] is None else found[2] + found[1], "a=b c= d=e"))
    counter = Counter(2)
    print(MARK.sub(counter.keep, "a\u0300b\u0301c\u0302d"), counter.left)
    outer = "9"
    print(DIGITS.sub(lambda found: DIGITS.sub(lambda inner: inner[0] + outer, found[0]) + found[0], "1a2"))
    try:
        print(DIGITS.sub(lambda found: str(1 // (int(found[0]) - 2)), "1 2 3"))
    except ZeroDivisionError:
        print(DIGITS.findall("still 1 and 2"), DIGITS.sub("x", "1 2"))
