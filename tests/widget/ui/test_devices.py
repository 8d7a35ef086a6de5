"""One's own devices on the screen."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.fakes.screen import Person, by_class, words
from widget.errors import RefusedError
from widget.model import ChatState, Device

AT = "2026-11-22T09:00:00.000Z"
HERE = Device("aa" * 32, "Firefox", "Linux", AT, AT, True)
PHONE = Device("bb" * 32, "Safari", "iOS", AT, AT, False)
TABLET = Device("dd" * 32, "Chrome", "Android", AT, AT, False, True)
STRANGE = Device("cc" * 32, "", "", AT, AT, False)


def in_front_of_them(*devices: Device) -> Person:
    someone = Person(ChatState(authenticated=True, user_id="a1", user_name="Ada", via="mail"))
    someone.chat.mine = list(devices)
    someone.click("Sign out")
    someone.click("Your devices")
    someone.settle()
    return someone


def rows(someone: Person) -> list[str]:
    return [words(row) for row in by_class(someone.screen, "cw-person")]


def test_each_device_is_named_and_this_one_is_told() -> None:
    here, phone, strange = rows(in_front_of_them(HERE, PHONE, STRANGE))
    assert here.startswith("Firefox, Linux Last used")
    assert here.endswith("this device")
    assert phone.startswith("Safari, iOS Last used")
    assert phone.endswith("Sign out")
    assert strange.startswith("Unknown device")


def test_the_country_is_named_where_the_service_knows_it() -> None:
    abroad = replace(PHONE, country="NL")
    assert rows(in_front_of_them(HERE, abroad))[1].startswith("Safari, iOS, NL Last used")


def test_one_is_ended_and_gone_from_the_list() -> None:
    someone = in_front_of_them(HERE, PHONE)
    someone.click("Sign out")
    someone.settle()
    assert ("end_device", PHONE.id) in someone.chat.calls
    assert len(rows(someone)) == 1


def test_a_new_one_is_let_in_and_new_no_more() -> None:
    someone = in_front_of_them(HERE, PHONE, TABLET)
    assert ["new device" in row for row in rows(someone)] == [False, False, True]
    someone.click("Let in")
    someone.settle()
    assert ("approve_device", TABLET.id) in someone.chat.calls
    assert not any("new device" in row or "Let in" in row for row in rows(someone))


def test_one_that_cannot_be_let_in_is_new_still() -> None:
    someone = in_front_of_them(HERE, TABLET)
    someone.chat.fails["approve_device"] = RefusedError("unreachable", "The service cannot be reached.")
    someone.click("Let in")
    someone.settle()
    assert "new device" in rows(someone)[1]
    assert "The service cannot be reached." in someone.sees()


def test_one_that_cannot_be_ended_stays_and_it_is_said_why() -> None:
    someone = in_front_of_them(HERE, PHONE)
    someone.chat.fails["end_device"] = RefusedError("rate.limited", "Too many attempts. Wait a moment and try again.")
    someone.click("Sign out")
    someone.settle()
    assert len(rows(someone)) == 2
    assert "Too many attempts." in someone.sees()


@pytest.mark.parametrize(("way", "call"), [("Let in", "approve_device"), ("Sign out", "end_device")])
def test_one_that_has_just_signed_out_by_itself_is_gone_without_a_word(way: str, call: str) -> None:
    someone = in_front_of_them(HERE, TABLET)
    someone.chat.mine = [HERE]
    someone.chat.fails[call] = RefusedError("device.unknown", "")
    someone.click(way)
    someone.settle()
    assert len(rows(someone)) == 1
    assert by_class(someone.screen, "cw-banner") == []


def test_all_are_ended_at_once() -> None:
    someone = in_front_of_them(HERE, PHONE)
    someone.click("Sign out everywhere")
    someone.settle()
    assert ("logout", "everywhere") in someone.chat.calls


def test_signing_out_here_ends_no_other() -> None:
    someone = Person(ChatState(authenticated=True, user_id="a1", user_name="Ada", via="mail"))
    someone.click("Sign out")
    someone.click("Sign out")
    someone.settle()
    assert ("logout",) in someone.chat.calls
