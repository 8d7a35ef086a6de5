"""The code of 8 digits in what people type, paste or let their browser fill in."""

from __future__ import annotations

import re

# Digits of any script, with what stands between them in a mail or comes along where text runs from right to left.
RUNS = re.compile(r"[\d\s\-\u200b-\u200f\u2010-\u2015\u2066-\u2069\u2212\uff0d]+")
BETWEEN = re.compile(r"\D+")
CODE = re.compile(r"\d{8}")


def code_in(content: str) -> str:
    """The code that `content` is or quotes, its digits as they were written; "" where there is none, or two."""
    runs = {BETWEEN.sub("", run) for run in RUNS.findall(content)}
    codes = [run for run in runs if CODE.fullmatch(run) is not None]
    return codes[0] if len(codes) == 1 else ""
