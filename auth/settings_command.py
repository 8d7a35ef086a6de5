"""`python -m auth settings`: what can be set, for people; with --markdown as the rows of docs/SETTINGS.md."""

from __future__ import annotations

import argparse
import textwrap

from auth.environment import Setting, Variables, settings_of

WIDTH_CHARS = 100


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--markdown", action="store_true", help="as the table of docs/SETTINGS.md")


def table(markdown: bool, *kinds: type[Variables]) -> str:
    """All settings of `kinds`, in the order of their modules."""
    found = [setting for kind in kinds for setting in settings_of(kind)]
    return _rows(found) if markdown else "\n\n".join(_paragraph(setting) for setting in found)


def _paragraph(setting: Setting) -> str:
    first = " or ".join(setting.names)
    if setting.default != "":
        first += f"   default {setting.default}"
    text = setting.meaning + (f" {setting.range[:1].upper()}{setting.range[1:]}." if setting.range else "")
    return "\n".join([first, *textwrap.wrap(text, WIDTH_CHARS, initial_indent="    ", subsequent_indent="    ")])


def _rows(found: list[Setting]) -> str:
    lines = ["| name | default | range | meaning |", "|---|---|---|---|"]
    for setting in found:
        names = ", ".join(f"`{name}`" for name in setting.names)
        default = f"`{setting.default}`" if setting.default != "" else ""
        lines.append(f"| {names} | {default} | {setting.range} | {setting.meaning} |")
    return "\n".join(lines)
