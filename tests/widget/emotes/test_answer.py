"""What the service says of a set, read strictly: bounded, unknown keys ignored, an entry that is none left out."""

from __future__ import annotations

import json
from typing import Any

import pytest

from widget.emotes.answer import MAX_ANSWER_CHARS, MAX_EMOTES, Places, read_answer
from widget.errors import CwError
from widget.model import EmoteData

AT = Places("https://cdn.7tv.app/emote", "https://signal.test/emotes/custom")
WAVE = "01HXSTRXNDEM0WAVE000000001"
OURS = "0123456789abcdef" * 2


def read(*entries: Any, emote_set: str = "s") -> list[EmoteData] | None:
    return read_answer(json.dumps({"set": emote_set, "emotes": entries, "more": [1]}), AT, False)


def test_absent_fields_have_their_usual_values() -> None:
    assert read({"id": WAVE, "name": "wave"}) == [
        EmoteData(WAVE, "wave", f"https://cdn.7tv.app/emote/{WAVE}/1x.webp", False, 32, 32, "7tv")
    ]


def test_all_fields_are_read_and_no_address() -> None:
    given = {
        "id": OURS, "name": "<3", "width": 40, "height": 76, "animated": True, "zeroWidth": True, "author": "Mira",
        "sizes": [4, 1, 1, 9], "url": "https://evil.test/x", "host": {"url": "//evil.test"},
    }  # fmt: skip
    url = f"https://signal.test/emotes/custom/{OURS}/1x.webp"
    assert read(given) == [EmoteData(OURS, "<3", url, True, 40, 76, "custom", True, "Mira", "global", [1, 4])]


@pytest.mark.parametrize(("field", "value"), [
    ("id", "../x"), ("id", WAVE.lower()), ("id", f"{WAVE}0"), ("id", f"{OURS}/"), ("id", 5), ("id", ""),
    ("name", ""), ("name", "a b"), ("name", "a\tb"), ("name", "a\u202eb"), ("name", "x" * 101), ("name", None),
    ("width", 0), ("width", 1025), ("width", "32"), ("width", 1.5), ("width", True), ("height", 0), ("height", 1025),
    ("animated", 1), ("zeroWidth", "no"), ("author", 7), ("author", "x" * 101), ("sizes", 4), ("sizes", [1] * 5),
])  # fmt: skip
def test_an_entry_outside_its_bounds_is_left_out(field: str, value: object) -> None:
    found = read({"id": WAVE, "name": "wave", field: value}, {"id": OURS, "name": "ours"})
    assert found is not None
    assert [emote.name for emote in found] == ["ours"]


@pytest.mark.parametrize(("field", "value"), [
    ("name", "x" * 100), ("name", ":tf:"), ("name", "Жук"), ("name", "\U0001f44d"), ("name", "__proto__"),
    ("width", 1), ("width", 1024), ("height", 1024), ("author", ""), ("sizes", []),
])  # fmt: skip
def test_an_entry_at_its_bounds_is_taken(field: str, value: object) -> None:
    found = read({"id": WAVE, "name": "wave", field: value})
    assert found is not None
    assert len(found) == 1


@pytest.mark.parametrize("answer", [
    "", "<html>", "[]", "{}", '{"set":"s"}', '{"set":"s","emotes":{}}', '{"set":"s","emotes":[5]}', '{"emotes":[]}',
    '{"set":5,"emotes":[]}', json.dumps({"set": "s", "emotes": [{}] * (MAX_EMOTES + 1)}),
    '{"set":"s","emotes":[]}' + " " * MAX_ANSWER_CHARS,
])  # fmt: skip
def test_what_is_no_answer_is_refused(answer: str) -> None:
    with pytest.raises(CwError):
        read_answer(answer, AT, False)


def test_as_many_as_there_may_be_are_read() -> None:
    found = read(*[{"id": WAVE, "name": f"e{number}"} for number in range(MAX_EMOTES)])
    assert found is not None
    assert len(found) == MAX_EMOTES


def test_a_set_without_a_name_means_that_nothing_is_known_but_for_the_sites_own() -> None:
    assert read({"id": WAVE, "name": "wave"}, emote_set="") is None
    own = read_answer(json.dumps({"set": "", "emotes": [{"id": OURS, "name": "ours"}]}), AT, True)
    assert own is not None
    assert len(own) == 1
