from __future__ import annotations

import re

BEHIND = re.compile(r"(?<=a)b")
WORD = re.compile(r"[\Wa]+")
EDGE = re.compile(r"\bword")
LINES = re.compile(r"^a", re.MULTILINE)
CASES = re.compile(r"abc", re.IGNORECASE)
ATOMIC = re.compile(r"(?>a+)b")
POSSESSIVE = re.compile(r"a++b")
TURNS = re.compile(r"(?:(a)|b)+")
EMPTY = re.compile(r"(?:a?)*")
AGAIN = re.compile(r"(a)?\1")
CHOICE = re.compile(r"(a)?(?(1)b|c)")
HALF = re.compile("\ud83d")
BROKEN = re.compile(r"(a")
