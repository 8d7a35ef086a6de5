from __future__ import annotations

import re

NAME = re.compile(r"[a-z]+")
NUMBER = re.compile(r"[0-9]+")
ONCE = re.compile(r"[0-9]{2}")
UNUSED = re.compile(r"never")


def is_number(text: str) -> bool:
    return NUMBER.fullmatch(text) is not None
