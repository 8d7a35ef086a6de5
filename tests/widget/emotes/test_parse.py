"""Emote names in a text."""

from __future__ import annotations

from widget.core.limits import MESSAGE_EMOTES
from widget.emotes.parse import parse_emotes
from widget.model import EmoteData

EMOTES = [EmoteData(f"id{number}", f"e{number}", "", False, 1, 1, "7tv") for number in range(MESSAGE_EMOTES + 1)]


def test_a_name_between_colons_is_found_too() -> None:
    found = parse_emotes(":e0: :nobody: : ::", EMOTES)
    assert (found.parsed, found.emote_ids) == (":e0: :nobody: : ::", ["id0"])


def test_a_message_names_at_most_so_many() -> None:
    found = parse_emotes(" ".join(emote.name for emote in EMOTES), EMOTES)
    assert found.emote_ids == [emote.id for emote in EMOTES[:MESSAGE_EMOTES]]
    assert found.parsed.endswith(f":e{MESSAGE_EMOTES}:")


def test_an_emote_that_comes_again_is_named_once() -> None:
    assert parse_emotes("e1 e0 e1", EMOTES).emote_ids == ["id1", "id0"]
