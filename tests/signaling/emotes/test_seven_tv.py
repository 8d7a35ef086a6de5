"""7TV's shapes: what is taken from them, what is left out, and that one bad emote costs no other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from signaling.emotes.emote import Emote, written
from signaling.emotes.seven_tv import (
    AUTHOR_CHARS,
    MOST_PX,
    NAME_CHARS,
    EmoteSet,
    read_channel,
    read_set,
    set_id_of,
)
from signaling.limits import Limits
from tests.fakes.seven_tv import SET_ID, channel, emote_set, entry, files, ulid
from widget.emotes.answer import MAX_ANSWER_CHARS, Places, read_answer

MOST = 2000


def read(*entries: Any, most: int = MOST, unlisted: bool = False, **changes: Any) -> EmoteSet:
    found = read_set(emote_set(SET_ID, list(entries), **changes), most, unlisted)
    assert found is not None
    return found


def only(data: dict[str, Any] | None = None, **changes: Any) -> Emote:
    (emote,) = read(entry(7, "Wave", data, **changes)).emotes
    return emote


def test_an_emote_is_what_people_type_and_whose_pictures_they_see() -> None:
    emote = only({"id": ulid(9), "name": "WaveHello", "animated": True}, name="harbourWave")
    assert emote == Emote(ulid(9), "harbourWave", animated=True, author="Mira")
    assert read().emotes == ()
    assert read(entry(1, "A")).id == SET_ID


@pytest.mark.parametrize(("around", "inside", "expected"), [
    (0, 0, False), (1, 0, True), (0, 256, True), (65_536, 1, False),
])  # fmt: skip
def test_it_is_zero_width_by_either_flag_and_by_no_tag(around: int, inside: int, expected: bool) -> None:
    assert only({"flags": inside}, flags=around).zero_width is expected


@pytest.mark.parametrize("data", [
    {"listed": False}, {"lifecycle": 2}, {"lifecycle": "3"}, {"flags": 65_536}, {"flags": 65_536 + 1}, {"host": None},
    {"host": {"url": "//cdn.7tv.app/emote/x", "files": []}}, {"host": {"files": {}}},
    {"id": "owl", "host": {"files": files()}},
    {"id": "../../emote", "host": {"url": f"//evil.test/{ulid(1)}/..", "files": files()}},
    {"id": f"{ulid(1)}/1x.webp?", "host": {"url": f"//cdn.7tv.app/emote/{ulid(1)}?x", "files": files()}},
    {"id": 7, "host": {"url": 7, "files": files()}}, {"id": ulid(1).lower(), "host": {"files": files()}},
])  # fmt: skip
def test_what_may_not_or_cannot_be_shown_is_left_out(data: dict[str, Any]) -> None:
    assert [emote.name for emote in read(entry(1, "Bad", data), entry(2, "Good")).emotes] == ["Good"]


@pytest.mark.parametrize("wrong", [
    None, 7, "x", [], {}, {"name": "A"}, {"name": "A", "data": None}, {"name": "A", "data": []},
])  # fmt: skip
def test_an_entry_of_a_wrong_type_costs_no_other(wrong: object) -> None:
    assert [emote.name for emote in read(wrong, entry(2, "Good"), wrong).emotes] == ["Good"]


@pytest.mark.parametrize("name", [
    "", " ", "a b", "a\u00a0b", "a\n", "\u202ea", "\x00", "x" * 101, "x" * 10_000, "\ud83d", "a\u2066b", None, 7,
])  # fmt: skip
def test_what_nobody_could_type_is_no_name(name: object) -> None:
    assert [emote.name for emote in read(entry(1, "Bad", name=name), entry(2, "Good")).emotes] == ["Good"]


@pytest.mark.parametrize("name", [
    "x" * 100, ":tf:", "<3", "&", "<img/src=x>", "constructor", "__proto__", "Привет", "😀", "👩\u200d🦰",
])  # fmt: skip
def test_whatever_else_is_a_word_is_one(name: str) -> None:
    assert only(name=name).name == name


def test_unlisted_ones_are_shown_to_who_wants_them_but_never_what_is_sexual() -> None:
    entries = entry(1, "New", {"listed": False}), entry(2, "Bare", {"listed": False, "flags": 65_536})
    assert [emote.name for emote in read(*entries, unlisted=True).emotes] == ["New"]
    assert read(*entries).emotes == ()


def test_of_equal_names_the_first_counts_and_capitals_make_another() -> None:
    found = read(entry(1, "many"), entry(2, "Many"), entry(3, "many"))
    assert [(emote.name, emote.id) for emote in found.emotes] == [("many", ulid(1)), ("Many", ulid(2))]
    assert len(read(*[entry(number, "many") for number in range(1000)], entry(1000, "last"), most=2).emotes) == 2


def test_the_pictures_of_a_merged_emote_are_where_its_address_says() -> None:
    host = {"url": f"//cdn.7tv.app/emote/{ulid(5)}", "files": files()}
    assert only({"id": "60ae434d259ac5a73e56a426", "host": host}).id == ulid(5)


@pytest.mark.parametrize(("given", "size", "sizes"), [
    (files(40, 32), (40, 32), (1, 2, 3, 4)),
    (files(48, 24, (2, 4)), (48, 24), (2, 4)),
    (files(96, 32, (1,)), (96, 32), (1,)),
    (files(0, 32), (32, 32), (1, 2, 3, 4)),
    (files(513, 32), (32, 32), (1, 2, 3, 4)),
    ([{"name": "1x.webp"}], (32, 32), (1,)),
    ([{"name": "1x.webp", "width": "40", "height": True}, 7], (32, 32), (1,)),
    ([{"name": "1x.gif", "width": 20, "height": 10}], (20, 10), (1, 2, 3, 4)),
])  # fmt: skip
def test_its_box_is_that_of_the_1x_picture_or_worked_out(
    given: list[Any], size: tuple[int, int], sizes: tuple[int, ...]
) -> None:
    emote = only({"host": {"url": "", "files": given}})
    assert ((emote.width, emote.height), emote.sizes) == (size, sizes)


@pytest.mark.parametrize(("owner", "author"), [
    (None, ""), ([], ""), ({}, ""), ({"username": "mira"}, "mira"), ({"username": "mira", "display_name": ""}, "mira"),
    ({"display_name": " M\u202eira\x00 "}, "Mira"), ({"display_name": 7, "username": None}, ""),
    ({"display_name": "x" * 41}, "x" * 40),
])  # fmt: skip
def test_its_author_is_a_name_or_nobody(owner: object, author: str) -> None:
    assert only({"owner": owner}).author == author


@pytest.mark.parametrize("most", [1, 2, 3])
def test_a_set_has_so_many(most: int) -> None:
    assert len(read(*[entry(number, f"e{number}") for number in range(3)], most=most).emotes) == most


@pytest.mark.parametrize("data", [None, [], "x", 7, {"emotes": None}, {"emotes": {}}, {"emotes": "many"}])
def test_what_is_no_set_is_none(data: object) -> None:
    assert read_set(data, MOST, False) is None


def test_a_personal_set_says_so() -> None:
    assert not read(entry(1, "A"), flags=11).is_personal
    assert read(entry(1, "A"), flags=4).is_personal


def test_a_channel_names_its_set_and_an_older_answer_holds_it() -> None:
    held = emote_set(SET_ID, [entry(1, "A")])
    named, holding = read_channel(channel(SET_ID), MOST, False), read_channel(channel(None, held), MOST, False)
    assert named is not None
    assert (named.set_id, named.inside) == (SET_ID, None)
    assert holding is not None
    assert holding.inside is not None
    assert (holding.set_id, len(holding.inside.emotes)) == (SET_ID, 1)
    bare = read_channel(channel(SET_ID, emote_set(SET_ID, [])), MOST, False)
    assert bare is not None
    assert (bare.set_id, bare.inside) == (SET_ID, None)


@pytest.mark.parametrize("data", [None, [], {}, {"id": "700000001"}, {"emote_set": "one"}, {"emote_set": []}])
def test_what_is_no_channel_is_none(data: object) -> None:
    assert read_channel(data, MOST, False) is None


@pytest.mark.parametrize(("text", "set_id"), [
    (SET_ID, SET_ID), (SET_ID.lower(), SET_ID), ("60AE434D259AC5A73E56A426", "60ae434d259ac5a73e56a426"),
    ("3f2504e0-4f89-11d3-9a0c-0305e82c3301", "3f2504e0-4f89-11d3-9a0c-0305e82c3301"),
    ("", ""), (SET_ID[:-1], ""), (SET_ID[:-1] + "U", ""), ("g" * 24, ""), ("../global", ""), (SET_ID + "\n", ""),
])  # fmt: skip
def test_a_set_is_asked_for_by_nothing_but_an_id(text: str, set_id: str) -> None:
    assert set_id_of(text) == set_id


def test_what_is_usual_is_not_written() -> None:
    usual, other = Emote(ulid(1), "A"), Emote(ulid(2), "B", 40, 28, True, True, "Mira", (1, 2))
    assert usual.record() == {"id": ulid(1), "name": "A"}
    assert other.record() == {
        "id": ulid(2), "name": "B", "width": 40, "height": 28, "animated": True, "zeroWidth": True, "author": "Mira",
        "sizes": [1, 2],
    }  # fmt: skip
    assert written(SET_ID, [usual]) == f'{{"set":"{SET_ID}","emotes":[{{"id":"{ulid(1)}","name":"A"}}]}}'


# What a page makes of it


def page_reads(emotes: Sequence[Emote]) -> list[str]:
    found = read_answer(written(SET_ID, emotes), Places("https://cdn.test", "https://signal.test"), False)
    assert found is not None
    return [emote.name for emote in found]


@pytest.mark.parametrize("name", [
    "\U0001f469\u200d\U0001f9b0", "\u2620\ufe0f", "\U0001f44d\U0001f3fd", "e\u0301", "<img/src=x>", "&amp;", "`",
    "@Ben", "__proto__", "\U0001f600" * 100,
])  # fmt: skip
def test_a_name_that_the_service_tells_is_one_on_the_page(name: str) -> None:
    assert page_reads(read(entry(1, name)).emotes) == [name]


@pytest.mark.parametrize("name", ["\u3164", "\u2800", "wave\u200d", "a\u034fb", "e" + "\u0300" * 30])
def test_what_shows_nothing_or_hides_another_name_is_none_there_and_costs_no_other(name: str) -> None:
    assert page_reads(read(entry(1, name), entry(2, "wave")).emotes) == ["wave"]


@pytest.mark.parametrize("field", ["emotes_per_set", "site_emotes"])
def test_a_page_reads_as_many_as_a_host_may_allow_and_the_longest(field: str) -> None:
    (most,) = [each.le for each in Limits.model_fields[field].metadata if hasattr(each, "le")]
    assert isinstance(most, int)
    names = [f"{number:05}".rjust(NAME_CHARS, "\U0001f600") for number in range(most)]
    longest = [
        Emote(ulid(number), name, MOST_PX, MOST_PX, True, True, "\U0001f600" * AUTHOR_CHARS, (1, 2, 3))
        for number, name in enumerate(names)
    ]
    assert page_reads(longest) == names
    assert len(written(SET_ID, longest).encode("utf-16-le")) // 2 <= MAX_ANSWER_CHARS  # as a browser counts
