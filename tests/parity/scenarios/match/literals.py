"""Literal patterns: texts, numbers of both kinds, negative ones, None, bools, bytes."""

from __future__ import annotations


def of_int(value: int) -> str:
    match value:
        case 0:
            return "zero"
        case 1 | 2 | 3:
            return "few"
        case -1:
            return "minus one"
        case 0x10:
            return "sixteen"
        case 2.0 | 5.0:
            return "a float is equal"
    return "other"


def of_float(value: float) -> str:
    match value:
        case 0:
            return "zero"
        case 1.5:
            return "one and a half"
        case -2.5 | -3:
            return "negative"
        case 1e3:
            return "thousand"
        case _:
            return "other"


def of_text(value: str) -> str:
    match value:
        case "":
            return "empty"
        case "a" "b":
            return "joined"
        case "é" | "😀":
            return "beyond"
        case 'it\'s "quoted"\n':
            return "quoted"
        case _:
            return "other"


def of_bytes(value: bytes) -> str:
    match value:
        case b"":
            return "empty"
        case b"\x00\xff" | b"ab":
            return "known"
    return "other"


def of_bool(value: bool) -> str:
    match value:
        case True:
            return "yes"
        case False:
            return "no"


def of_optional(value: str | None) -> str:
    match value:
        case None:
            return "none"
        case "None":
            return "text"
        case text:
            return text.upper()


def main() -> None:
    print([of_int(value) for value in (0, 1, 3, -1, 16, 5, 6, -2)])
    print([of_float(value) for value in (0.0, -0.0, 1.5, -2.5, -3.0, 1000.0, float("nan"), float("inf"))])
    print([of_text(value) for value in ("", "ab", "é", "😀", "e\u0301", 'it\'s "quoted"\n', "x")])
    print([of_bytes(value) for value in (b"", b"\x00\xff", b"ab", b"abc")])
    print([of_bool(value) for value in (True, False)])
    print([of_optional(value) for value in (None, "None", "x")])
