"""Rules of rooms that need no server: names, ids, cursors."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest

from auth.tokens import Claims
from signaling.limits import Limits
from signaling.refusals import Problem
from signaling.rooms import cursor_of, given_name, is_cursor, is_room_id, make_room, room_id
from tests.widget.wire.name_cases import NAMES
from widget.wire.genesis import HISTORY, PRIVATE, RELAY, Genesis, write_genesis

NOW_MS = 1_800_000_000_000
HOST = Claims("ab" * 16, "Ada", "https://site.test", b"\x02" * 32, "j", 0, 0)


def genesis(**changes: Any) -> bytes:
    fields: dict[str, Any] = {
        "host_sub": HOST.sub, "host_jkt": HOST.jkt, "nonce": bytes(16), "created_ms": NOW_MS,
        "flags": HISTORY + RELAY, "capacity": 16, "min_version": 1, "orgs": [HOST.org],
        **changes,
    }  # fmt: skip
    return write_genesis(Genesis(**fields))


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("  Tea   time ", "Tea time"),
        ("\uff34\uff45\uff41", "Tea"),
        ("ﬁne", "fine"),
        ("e\u0301", "\u00e9"),
        ("a\u202eb\u2066c\u200bd\u200ee\ufefff", "abcdef"),
        ("a\x00b\x1bc\x7f", "abc"),
        ("a\tb\r\nc\u2028d\u00a0e", "a b c d e"),
        ("e\u200b\u0301", "\u00e9"),
        ("\ud800x", "x"),
        ("\ue000x", "x"),
        ("👩\u200d👧", "👩\u200d👧"),
        ("", ""),
        ("\u202e", ""),
        *NAMES,
    ],
)
def test_names_are_shown_clean(given: str, shown: str) -> None:
    assert given_name(given) == shown
    assert given_name(shown) == shown


@pytest.mark.parametrize("size", [59, 60])
def test_a_name_of_sixty_characters_stays(size: int) -> None:
    assert len(given_name("é" * size)) == size


@pytest.mark.parametrize("name", ["x" * 61, "ﬃ" * 21, "\u200b" * 1001])
def test_a_longer_name_is_refused_also_when_normalising_makes_it_longer(name: str) -> None:
    with pytest.raises(Problem) as refusal:
        given_name(name)
    assert refusal.value.kind.code == "room.name"


def test_a_room_id_is_the_hash_of_its_genesis() -> None:
    data = genesis()
    assert room_id(data) == hashlib.sha256(b"cw1/room\x00" + data).hexdigest()[:32]
    assert room_id(data) != room_id(genesis(flags=PRIVATE + RELAY))


def test_a_private_rooms_name_is_not_kept() -> None:
    room = make_room(genesis(flags=PRIVATE + RELAY), "Secret", HOST, NOW_MS, Limits())
    assert room.name == ""
    assert room.record(3).public is False


@pytest.mark.parametrize("capacity", [2, 16])
def test_a_room_has_two_to_sixteen_places(capacity: int) -> None:
    assert make_room(genesis(capacity=capacity), "", HOST, NOW_MS, Limits()).record(0).capacity == capacity


@pytest.mark.parametrize("capacity", [1, 17, 65535])
def test_other_capacities_are_refused(capacity: int) -> None:
    with pytest.raises(Problem):
        make_room(genesis(capacity=capacity), "", HOST, NOW_MS, Limits())


def test_a_capacity_may_be_raised_by_the_deployment() -> None:
    assert make_room(genesis(capacity=50), "", HOST, NOW_MS, Limits(room_capacity=50)).record(0).capacity == 50


def test_a_genesis_with_something_behind_it_is_refused() -> None:
    with pytest.raises(Problem):
        make_room(genesis() + b"\x00", "", HOST, NOW_MS, Limits())


def test_newer_rooms_have_smaller_cursors() -> None:
    older = make_room(genesis(created_ms=NOW_MS - 1), "", HOST, NOW_MS, Limits())
    newer = make_room(genesis(), "", HOST, NOW_MS, Limits())
    assert cursor_of(newer) < cursor_of(older)
    assert is_cursor(cursor_of(newer))


@pytest.mark.parametrize("text", ["", "0" * 31, "0" * 33, "A" * 32, "g" * 32])
def test_what_is_no_room_id(text: str) -> None:
    assert not is_room_id(text)
