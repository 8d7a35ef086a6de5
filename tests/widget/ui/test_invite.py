from dataclasses import replace

import pytest

from tests.fakes.core import person, room
from tests.fakes.screen import Person, by_class, by_tag
from widget.errors import RefusedError
from widget.model import ChatState, Role
from widget.ui.view import attributes

LINK = "https://site.test/page#cw=r1"


def in_room(public: bool = True, role: Role = "member", approval: bool = False) -> Person:
    here = replace(room("r1", "Owls", 3, public), approval=approval)
    people = [person("Ada", role=role), person("Ben")]
    return Person(ChatState(authenticated=True, status="connected", room=here, participants=people))


def test_the_invite_is_shown_as_a_link_and_as_a_code() -> None:
    someone = in_room()
    someone.click("Invite people")
    assert LINK in someone.sees()
    assert "Listed here. Anyone who signs in can join and read." in someone.sees()
    (code,) = by_class(someone.screen, "cw-qr")
    assert attributes(code)["aria-label"] == "QR code"
    assert attributes(by_tag(code, "path")[0])["d"].startswith("M0 0h1v1h-1z")


def test_it_says_who_can_come_in() -> None:
    someone = in_room(False, approval=True)
    someone.click("Invite people")
    words = "Not listed. Only people with the invite can join. A host or moderator lets each person in."
    assert words in someone.sees()


def test_a_link_that_is_too_long_for_a_code_is_shown_without() -> None:
    someone = in_room()
    someone.page.address = "https://site.test/" + "page/" * 30
    someone.click("Invite people")
    assert someone.page.link("r1") in someone.sees()
    assert by_class(someone.screen, "cw-qr") == []


def test_it_is_copied_from_there() -> None:
    someone = in_room(False)
    someone.click("Invite people")
    someone.click("Copy invite")
    assert someone.page.copied == [f"{LINK}.psk"]
    assert by_class(someone.screen, "cw-qr") == []
    assert "Invite copied." in someone.sees()


@pytest.mark.parametrize(("public", "role", "is_there"), [
    (False, "host", True), (False, "moderator", True), (False, "member", False), (True, "host", False),
])  # fmt: skip
def test_hosts_and_moderators_make_a_new_invite_for_a_private_room(public: bool, role: Role, is_there: bool) -> None:
    someone = in_room(public, role)
    someone.click("Invite people")
    assert ("New invite" in someone.sees()) is is_there
    if is_there:
        someone.click("New invite")
        assert ("renew_invite",) in someone.chat.calls
        assert "The old one lets nobody new in." in someone.sees()


def test_a_refused_renewal_is_told() -> None:
    someone = in_room(False, "host")
    someone.chat.fails["renew_invite"] = RefusedError("room.power", "Only hosts and moderators can do that.")
    someone.click("Invite people")
    someone.click("New invite")
    assert "Only hosts and moderators can do that." in someone.sees()
