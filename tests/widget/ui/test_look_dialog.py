"""A look into a room before one signs in."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.fakes.core import room, said
from tests.fakes.screen import Person, act, by_class, by_tag, event, name_of, words
from widget.errors import RefusedError
from widget.model import ChatState, RoomLook, RoomMetadata
from widget.transport.refusals import SENTENCES
from widget.ui.view import attributes

OWLS = replace(room("r1", "Owls", 2), preview=True)
SIGNED_IN = ChatState(authenticated=True, user_id="a1", user_name="Ada")
LINES = [said(1, "Ben", "good morning"), said(2, "Gus", "see https://owls.test", via="guest")]


def visitor(*rooms: RoomMetadata) -> Person:
    person = Person(ChatState(), [OWLS, *rooms])
    person.chat.shown = RoomLook("Ben", LINES)
    return person


def way(person: Person, verb: str, name: str) -> str:
    """What the button of that room is called."""
    names = [name_of(person.screen, node) for node in by_tag(person.screen, "button")]
    return next(found for found in names if found.split()[: len(verb.split()) + 1] == [*verb.split(), name])


def test_who_has_not_signed_in_looks_into_a_room_and_goes_on_from_there() -> None:
    person = visitor(room("r2", "Bats", 1))
    person.click(way(person, "Look into", "Owls"))
    assert ("look", "r1") in person.chat.calls
    dialog = by_class(person.screen, "cw-dialog")[0]
    assert [words(node) for node in by_class(dialog, "cw-bubble")] == ["good morning", "see  https://owls.test"]
    assert [words(node).split(" 09:")[0] for node in by_class(dialog, "cw-head")] == ["Ben", "Gus guest"]
    assert attributes(by_tag(dialog, "a")[0])["href"] == "https://owls.test"
    assert "Shown by Ben. There may be more." in words(dialog)
    person.click("Sign in to join")
    assert "We send a code to your e-mail." in person.sees()
    person.chat.become(authenticated=True, user_id="a1", user_name="Ada")
    person.clock.settle()
    assert ("join_room", "r1") in person.chat.calls


def test_a_room_without_preview_is_not_looked_into() -> None:
    person = visitor(room("r2", "Bats", 1))
    person.click(way(person, "Join", "Bats"))
    assert [call for call in person.chat.calls if call[0] == "look"] == []
    assert "We send a code to your e-mail." in person.sees()


def test_who_has_signed_in_joins() -> None:
    person = Person(SIGNED_IN, [OWLS])
    person.click(way(person, "Join", "Owls"))
    assert ("join_room", "r1") in person.chat.calls


def test_a_full_room_is_looked_into_all_the_same() -> None:
    person = Person(ChatState(), [replace(OWLS, participant_count=16)])
    person.click(way(person, "Look into", "Owls"))
    assert "Nothing was said yet." in person.sees()
    assert "Full" in Person(SIGNED_IN, [replace(OWLS, participant_count=16)]).sees()


@pytest.mark.parametrize("code", ["visit.nobody", "visit.closed"])
def test_why_nothing_is_shown_is_said(code: str) -> None:
    person = visitor()
    person.chat.fails["look"] = RefusedError(code, SENTENCES[code])
    person.click(way(person, "Look into", "Owls"))
    assert words(by_class(person.screen, "cw-dialog")[0]).startswith(f"Owls {SENTENCES[code]}")


def test_what_comes_late_of_one_room_is_not_shown_as_the_other_s() -> None:
    bats = replace(room("r2", "Bats", 1), preview=True)
    person = visitor(bats)
    dialog = person.app.rooms._dialog
    dialog.open(OWLS)
    dialog.open(bats)
    assert "One moment" in person.sees()
    late, own = person.clock.work
    for work, seen in ((late, "One moment"), (own, "Shown by Ben.")):
        person.clock.work = [work]
        person.clock.settle()
        assert seen in person.sees()


@pytest.mark.parametrize("last", ["Public", "Private"])
def test_a_public_room_can_be_made_so_that_visitors_look_in(last: str) -> None:
    person = Person(SIGNED_IN)
    person.click("New room")
    for kind in ("Let visitors look in", "Private", last):
        label = next(node for node in by_tag(person.screen, "label") if words(node).strip().startswith(kind))
        act(by_tag(label, "input")[0], event("input"))
    is_public = last == "Public"
    assert ("Let visitors look in" in person.sees()) == is_public
    person.click("Create room")
    made = ("create_room", "", is_public, "none", False, *(["preview"] if is_public else []))
    assert [call for call in person.chat.calls if call[0] == "create_room"] == [made]


def test_members_are_told_that_visitors_see_what_they_say() -> None:
    state = replace(SIGNED_IN, status="connected", room=OWLS, messages=[said(1, "Ada", "hello")])
    seen = "Whoever visits the site sees the last 20 messages, without signing in."
    assert seen in Person(state).sees()
    assert seen not in Person(replace(state, room=replace(OWLS, preview=False))).sees()
