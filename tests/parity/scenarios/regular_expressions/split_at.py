from __future__ import annotations

import re

COMMA = re.compile(r"\s*,\s*", re.ASCII)
SPACES = re.compile(r"[ \t]+")
EITHER = re.compile(r"; |;|\n")
AHEAD = re.compile(r"-(?=[a-z])")


def main() -> None:
    for text in ["", ",", "a", "a,b", " a , b,c ", ",a,", "a  b\tc ", "x; y;z\nw", "a-b-1-c"]:
        print(COMMA.split(text), SPACES.split(text), EITHER.split(text), AHEAD.split(text))
    first, rest = COMMA.split("one , two")
    print(first, rest)
