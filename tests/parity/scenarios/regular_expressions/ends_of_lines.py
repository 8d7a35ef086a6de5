from __future__ import annotations

import re

DOLLAR = re.compile(r"ab$")
END = re.compile(r"ab\Z")
START = re.compile(r"^b")
MIDDLE = re.compile(r"a$\n")
DOT = re.compile(r"a.b")
ALL = re.compile(r"a.b", re.DOTALL)
TEXTS = ["ab", "ab\n", "ab\n\n", "ab\r", "ab\u2028", "cab", "cab\n", "b", "a\nb", "a\rb", "a\u2028b", "a\n", "axb", "a😀b", ""]


def main() -> None:
    for text in TEXTS:
        line = [
            DOLLAR.fullmatch(text) is not None,
            DOLLAR.match(text) is not None,
            DOLLAR.search(text) is not None,
            END.fullmatch(text) is not None,
            END.match(text) is not None,
            END.search(text) is not None,
            START.search(text) is not None,
            MIDDLE.fullmatch(text) is not None,
            MIDDLE.search(text) is not None,
            DOT.search(text) is not None,
            ALL.search(text) is not None,
        ]
        print(repr(text), "".join(["x" if found else "." for found in line]))
