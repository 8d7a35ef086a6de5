"""docs/THEMING.md lists every token that the stylesheet takes, with its default, and every theme."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from tests.browser.theming import documented, rows
from tests.widget.ui.theme import STYLES, colours

SHEETS = "\n".join(path.read_text("utf-8") for path in sorted(STYLES.rglob("*.css")))
DEFAULT = re.compile(r"var\(--cw-([\w-]+), ([^,;()]+)\)")


def test_every_token_is_listed_and_every_listed_one_is_there() -> None:
    assert sorted(documented()) == sorted(set(re.findall(r"--cw-[\w-]+", SHEETS)) - {"--cw-"})


def test_the_listed_colours_are_those_of_the_themes() -> None:
    themes = {"light": colours("light"), "dark": colours("dark")}
    checked = 0
    for name, light, dark, _ in rows("Colours"):
        own = name.strip("`").removeprefix("--cw-").replace("field", "field-ground")
        for scheme, cell in (("light", light), ("dark", dark)):
            if cell.startswith("`#"):
                assert themes[scheme][own] == cell.strip("`"), (name, scheme)
                checked += 1
    assert checked > 30


def test_the_listed_sizes_are_those_of_the_stylesheet() -> None:
    listed = {name.strip("`").removeprefix("--cw-"): set(re.findall(r"`([^`]+)`", cell))
              for name, cell, _ in rows("Sizes, corners, spaces")}  # fmt: skip
    written: dict[str, set[str]] = {}
    for name, value in DEFAULT.findall(SHEETS):
        written.setdefault(name, set()).add(value)
    assert {name: values for name, values in listed.items() if len(values) > 0} == {
        name: {value for value in values if value != "100%"} for name, values in written.items() if name in listed
    }


def test_every_theme_is_listed() -> None:
    named = {word for row in rows("Themes") for word in re.findall(r"'(\w+)'", row[0])}
    screen = (Path(__file__).parents[2] / "widget" / "browser" / "screen.py").read_text("utf-8")
    taken = re.search(r"^THEMES = (.+)$", screen, re.M)
    assert taken is not None
    assert named == set(ast.literal_eval(taken[1]))
