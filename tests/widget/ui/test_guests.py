"""Guests on the screen: the way in, the work for it, what is closed to them, and the way on to a sign-in."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.fakes.core import person, room, said
from tests.fakes.screen import Person, act, by_class, event, labelled, words
from tests.widget.ui.people import as_a, row
from widget.errors import RefusedError, StoppedError
from widget.model import ChatState
from widget.transport.refusals import SENTENCES, refused
from widget.ui.view import attributes

GUEST = ChatState(authenticated=True, user_id="g1", user_name="Ada", via="guest")


def visitor() -> Person:
    someone = Person()
    someone.chat.doors = ["mail", "guest"]
    someone.click("Sign in")
    return someone


def a_guest(state: ChatState = GUEST) -> Person:
    someone = Person(state)
    someone.chat.doors = ["mail", "guest"]
    return someone


def test_guests_are_offered_only_where_the_page_wants_them() -> None:
    assert "Continue as guest" in visitor().sees()
    someone = Person()
    someone.click("Sign in")
    assert "Continue as guest" not in someone.sees()


def test_a_guest_comes_in_with_the_name_that_was_typed() -> None:
    someone = visitor()
    someone.type("Name others see", " Ada ")
    someone.click("Continue as guest")
    assert ("become_guest", "Ada") in someone.chat.calls
    assert "Rooms" in someone.sees()


def test_the_site_that_knows_nobody_offers_it_too() -> None:
    someone = Person()
    someone.chat.doors = ["site", "guest"]
    someone.click("Sign in")
    someone.settle()
    someone.click("Continue as guest")
    assert ("become_guest", "") in someone.chat.calls


def test_a_guest_whom_the_site_does_not_know_is_told_so() -> None:
    someone = a_guest()
    someone.chat.doors = ["site", "guest"]
    someone.click("Sign in")
    assert "You are not signed in on this site." in someone.sees()


def test_while_the_device_works_one_waits_and_can_stop_it() -> None:
    someone = visitor()
    seen: list[str] = []

    async def work(goes_on: Callable[[], bool]) -> None:
        for _ in range(2):
            seen.append(someone.sees() if goes_on() else "stopped")
            if len(seen) == 1:
                act(labelled(someone.screen, "Cancel"), event("click"))
        raise StoppedError("order.stopped", "Stopped.")

    someone.chat.work = work
    someone.click("Continue as guest")
    assert "Your device works for a moment, as for every guest." in seen[0]
    assert seen[1:] == ["stopped"]
    assert "We send a code to your e-mail." in someone.sees()
    assert by_class(someone.screen, "cw-mistake") == []


def test_another_try_does_not_bring_a_stopped_one_back() -> None:
    someone = visitor()
    asked: list[Callable[[], bool]] = []

    async def work(goes_on: Callable[[], bool]) -> None:
        asked.append(goes_on)
        raise StoppedError("order.stopped", "Stopped.")

    someone.chat.work = work
    someone.click("Continue as guest")
    someone.click("Cancel")
    someone.app.auth._work.busy = True
    assert not asked[0]()


def test_one_press_is_one_guest() -> None:
    someone = visitor()
    someone.app.auth._work.busy = True
    someone.app.auth.on_door("guest")
    someone.settle()
    assert [call for call in someone.chat.calls if call[0] == "become_guest"] == []


def test_where_no_guests_are_let_in_the_owner_reads_what_to_run() -> None:
    someone = visitor()
    error = refused("guest.closed", 0, "`python -m auth origins allow --guests` does.")
    assert "--guests" in error.message
    someone.chat.fails["become_guest"] = error
    someone.click("Continue as guest")
    assert SENTENCES["guest.closed"] in someone.sees()
    assert "--guests" not in someone.sees()
    assert "Send code" in someone.sees()


def test_too_many_guests_are_told_when_but_a_code_can_be_had_at_once() -> None:
    someone = visitor()
    someone.chat.fails["become_guest"] = refused("guest.limit", 90)
    someone.click("Continue as guest")
    assert f"{SENTENCES['guest.limit']} (Possible again in 90 s.)" in someone.sees()
    assert "Send code" in someone.sees()


def test_a_guest_makes_public_rooms_only() -> None:
    someone = a_guest()
    someone.click("New room")
    assert "Public" in someone.sees()
    assert "Not listed." not in someone.sees()
    someone.app.create._public = False
    someone.submit()
    assert [call[2] for call in someone.chat.calls if call[0] == "create_room"] == [True]


def test_what_is_not_for_guests_is_said_so() -> None:
    someone = a_guest()
    someone.chat.fails["create_room"] = RefusedError("guest.room", SENTENCES["guest.room"])
    someone.click("New room")
    someone.submit()
    assert SENTENCES["guest.room"] in someone.sees()


def test_a_guest_signs_in_from_the_list_of_rooms() -> None:
    someone = a_guest()
    someone.click("Sign in")
    assert "Continue as guest" not in someone.sees()
    someone.click("Cancel")
    assert "New room" in someone.sees()
    someone.click("Sign in")
    someone.type("E-mail", "ada@example.org")
    someone.click("Send code")
    someone.type("Code of 8 digits", "12345678")
    assert "Code of 8 digits" not in someone.sees()
    assert "New room" in someone.sees()
    assert "Sign in" not in someone.sees()


def in_a_room() -> Person:
    here = room("r1", "Owls", 2)
    return a_guest(ChatState(
        authenticated=True, user_id="g1", user_name="Ada", via="guest", status="connected", room=here
    ))  # fmt: skip


def test_a_guest_signs_in_from_a_room_and_is_there_again() -> None:
    someone = in_a_room()
    someone.chat.become(participants=[person("Ada", via="guest")])
    someone.app.client.people.on_toggle(event("click"))
    someone.click("Sign in")
    someone.chat.become(messages=[said(1, "Ben", "hello")])
    assert "Send code" in someone.sees()
    someone.type("E-mail", "ada@example.org")
    someone.click("Send code")
    someone.type("Code of 8 digits", "12345678")
    assert "hello" in someone.sees()


def test_who_gives_it_up_is_in_the_room_again() -> None:
    someone = in_a_room()
    someone.app.on_sign_in(event("click"))
    someone.click("Cancel")
    assert labelled(someone.screen, "Leave room") is not None


@pytest.mark.parametrize(("via", "offered"), [("guest", True), ("mail", False)])
def test_the_list_of_people_offers_a_sign_in_to_a_guest_alone(via: str, offered: bool) -> None:
    someone = as_a("member", person("Cid", via="guest"))
    someone.chat.become(participants=[person("Ada", via=via), person("Cid", via="guest")])
    assert ("Sign in" in words(row(someone, "Ada"))) is offered
    assert "Sign in" not in words(row(someone, "Cid"))


def test_a_guest_learns_that_signing_out_is_for_good() -> None:
    someone = a_guest()
    someone.click("Sign out")
    assert "You cannot come back as this guest." in someone.sees()
    assert attributes(labelled(someone.screen, "Sign out")) != {}
