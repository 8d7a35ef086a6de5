"""int() and float() read text as Python does, and refuse the rest."""

from __future__ import annotations

def show(text: str) -> str:
    try:
        return str(int(text))
    except ValueError:
        return "ValueError"


def show_float(text: str) -> str:
    try:
        return str(float(text))
    except ValueError:
        return "ValueError"


def main() -> None:
    for text in ["1", " 12 ", "-7", "+8", "1_000", "", " ", "1.0", "0x10", "1__0", "abc", "٣٤", "--1", "1 2", "_1", "007"]:
        print(repr(text), show(text))
    for text in ["1", "1.5", " 2.5\n", "1e3", ".5", "5.", "inf", "-Infinity", "nan", "1_0.5", "", "x", "1e", "e5", "1.5.2"]:
        print(repr(text), show_float(text))
    print(int("ff", 16), int("FF", 16), int("0xff", 16), int("101", 2), int("z", 36), int(3.99), int(-3.99), int(True))
    try:
        print(int("12", 2))
    except ValueError:
        print("refused")
