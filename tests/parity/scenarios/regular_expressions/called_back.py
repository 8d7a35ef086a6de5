from __future__ import annotations

import re

SAME = re.compile(r"(['\"])([^'\"]*)\1")
TWICE = re.compile(r"([a-z])\1")
DIGIT_AFTER = re.compile(r"(a)\1(?:0)")
NAMED = re.compile(r"(?P<q>[*_]+)(?P<inner>[a-z]+)(?P=q)")


def main() -> None:
    for text in ["'a'", "\"a\"", "'a\"", "''", "aa0", "aa"]:
        found = SAME.fullmatch(text)
        print(text, "-" if found is None else found[2] + found[1], DIGIT_AFTER.fullmatch(text) is not None)
    print(TWICE.findall("abbccd"), TWICE.sub("*", "abbccd"))
    print(NAMED.sub(lambda found: f"[{found['inner']}]", "**a** _b_ *c_ **d*"))
