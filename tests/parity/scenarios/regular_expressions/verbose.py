from __future__ import annotations

import re

NUMBER: re.Pattern[str] = re.compile(
    r"""
    (-)?            # a sign
    ([0-9]+)        # whole part
    (?:\.([0-9]+))? # the rest
    """,
    re.VERBOSE,
)


def main() -> None:
    for text in ["1", "-12", "3.25", "-0.5", "1.", ".5", "1 2", ""]:
        found = NUMBER.fullmatch(text)
        if found is None:
            print(text, "is none")
        else:
            print(found[1] is not None, found[2], found[3])
