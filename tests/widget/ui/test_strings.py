import ast
import re
from pathlib import Path

import pytest

from widget.ui.strings import TEXTS, say, say_count, say_with, use

FOLDER = Path(__file__).parents[3] / "widget"
NAME = re.compile(r"[a-z]+\.[a-z_]+")
# Made from a part that changes: say(f"badge.{kind}").
MADE = (
    "badge.",
    "link.",
    "create.public",
    "create.private",
    "chat.alone",
    "chat.empty",
    "people.me",
    "people.host",
    "message.",
)


def used_names() -> set[str]:
    found: set[str] = set()
    for path in [*(FOLDER / "ui").glob("*.py"), *(FOLDER / "browser").glob("*.py")]:
        if path.name == "strings.py":
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and NAME.fullmatch(node.value):
                found.add(node.value)
    return found


def test_every_text_is_used() -> None:
    used = used_names()
    assert [name for name in TEXTS if name not in used and not name.startswith(MADE)] == []


def test_every_text_that_is_asked_for_exists() -> None:
    groups = {name.split(".")[0] for name in TEXTS}
    known = set(TEXTS)
    asked = {
        name for name in used_names() if name.split(".")[0] in groups and name.split(".")[0] not in ("code", "message")
    }
    assert sorted(asked - known) == []


def test_numbers_and_names_are_put_in() -> None:
    assert say_with("code.wait", "0:30") == "Send again in 0:30"
    assert say_count("people.one", "people.many", 1) == "1 person"
    assert say_count("people.one", "people.many", 12) == "12 people"


def test_another_language_replaces_known_texts_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(TEXTS, "rooms.title", TEXTS["rooms.title"])
    use({"rooms.title": "Räume", "no.such": "x"})
    assert say("rooms.title") == "Räume"
    assert "no.such" not in TEXTS
