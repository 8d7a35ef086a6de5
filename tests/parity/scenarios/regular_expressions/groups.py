from __future__ import annotations

import re

DATE = re.compile(r"((\d{4})-(\d\d))-(\d\d)", re.ASCII)
OPTIONAL = re.compile(r"(a)?(b)?(?:(c)|(d(e)?))")
NAMED = re.compile(r"(?P<key>[a-z]+)(?:=(?P<value>[0-9]*))?")


def date(text: str) -> str:
    found = DATE.fullmatch(text)
    if found is None:
        return "no date"
    whole, year, month, day = found.groups()
    return f"{found[0]} {found.group()} {found.group(1)} {whole} {year} {month} {day} {int(found[4]) + 1}"


def parts(text: str) -> list[str | None]:
    found = OPTIONAL.match(text)
    return [] if found is None else [found[1], found[2], found[3], found[4], found[5]]


def value(text: str) -> str:
    found = NAMED.fullmatch(text)
    if found is None:
        return "nothing"
    if found["value"] is None:
        return f"{found['key']} alone"
    number = found.group("value")
    return found["key"] + ":" + found["value"] + ("?" if number == "" else "!") + str(found["value"] == "7")


def main() -> None:
    for text in ["2026-11-23", "2026-11-23\n", "12026-11-23", ""]:
        print(date(text))
    for text in ["c", "ac", "abd", "bde", "abcd", "x"]:
        print(parts(text))
    for text in ["a=1", "a=", "a", "a=7", "=", ""]:
        print(value(text))
