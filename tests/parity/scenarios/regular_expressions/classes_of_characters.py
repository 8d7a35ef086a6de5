from __future__ import annotations

import re

HYPHENS = re.compile(r"[a\-z-]+")
BRACKETS = re.compile(r"[][]+")
CARETS = re.compile(r"[\^x]+")
NOT_CARET = re.compile(r"[^^]")
SLASHES = re.compile(r"[/\\]+")
SPECIAL = re.compile(r"\^\$\.\*\+\?\(\)\[\]\{\}\|\\/")
PLUS_TO = re.compile(r"[+\--]+")
CONTROL = re.compile(r"[\x00-\x1f\x7f]")
MIXED = re.compile(r"[\d.a-f]+", re.ASCII)
NOT_WORD = re.compile(r"[\W_]+", re.ASCII)
QUOTES = re.compile("[\"'`$]{2}")


def main() -> None:
    text = "a-b][^x/\\.+,-z\x00\x7f 1.5f_é\"'`$"
    print(HYPHENS.findall(text), BRACKETS.findall(text), CARETS.findall(text), SLASHES.findall(text))
    print(PLUS_TO.findall(text), CONTROL.findall(text), MIXED.findall(text), NOT_WORD.findall(text), QUOTES.findall(text))
    print(NOT_CARET.findall("^a^"), SPECIAL.fullmatch("^$.*+?()[]{}|\\/") is not None)
