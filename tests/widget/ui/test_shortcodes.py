""":name: of an emoji, typed in a message."""

from __future__ import annotations

import pytest

from widget.ui.shortcodes import with_emoji

CODES = {"smile": "😄", "+1": "👍", "heart": "❤️", "30": "never", "a": "never"}


@pytest.mark.parametrize(("typed", "sent"), [
    (":smile:", "😄"), ("hi :smile: there\n:+1:", "hi 😄 there\n👍"), (":smile::heart:!", "😄❤️!"),
    (":smile: `:smile:` :smile:", "😄 `:smile:` 😄"), ("```\n:smile:\n``` :smile:", "```\n:smile:\n``` 😄"),
    ("don`t :smile:", "don`t 😄"),
])  # fmt: skip
def test_a_known_name_becomes_its_emoji(typed: str, sent: str) -> None:
    assert with_emoji(typed, CODES.get) == sent


@pytest.mark.parametrize("text", [
    ":", ":)", ":P", "10:30", "10:30:45", "http://a:30:", "x:smile:", ":unknown:", ":Smile:", ": smile :", ":smile",
    "  two  spaces\n\n", "note: a", "::", ":unknown::smile:",
])  # fmt: skip
def test_everything_else_stays(text: str) -> None:
    assert with_emoji(text, CODES.get) == text
