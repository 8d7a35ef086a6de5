"""Several doors on one screen: that which the site prefers first, the others as buttons below."""

from __future__ import annotations

import itertools

import pytest

from tests.fakes.screen import Person, by_class, words
from tests.widget.ui.test_guests import GUEST
from widget.ui.view import attributes

LABELS = {"site": "Sign in with this site", "mail": "Sign in by e-mail", "guest": "Continue as guest"}
LEADS = {
    "site": "You sign in with your account on this site.",
    "mail": "We send a code to your e-mail.",
    "guest": "You need no account. Others see that you are a guest.",
}


def visitor(*doors: str) -> Person:
    someone = Person()
    someone.chat.doors = list(doors)
    someone.click("Sign in")
    someone.settle()
    return someone


def ways(someone: Person) -> list[str]:
    """The buttons of the form that is shown, from above."""
    return [words(button) for button in by_class(someone.screen, "cw-button")]


@pytest.mark.parametrize("doors", [list(order) for order in itertools.permutations(LABELS)])
def test_the_preferred_door_is_open_and_the_others_follow_in_their_order(doors: list[str]) -> None:
    someone = visitor(*doors)
    assert [door for door in LABELS if LEADS[door] in someone.sees()] == doors[:1]
    found = [label for label in ways(someone) if label in LABELS.values()]
    others = [LABELS[door] for door in doors[1:]]
    assert found == (["Continue as guest", *others] if doors[0] == "guest" else others)


def test_another_door_is_a_press_away_and_so_is_the_way_back() -> None:
    someone = visitor("guest", "mail")
    someone.type("Name others see", "Ada")
    someone.click(LABELS["mail"])
    assert LEADS["mail"] in someone.sees()
    someone.type("E-mail", "ada@example.org")
    someone.click("Send code")
    assert ("request_code", "ada@example.org", "Ada") in someone.chat.calls
    someone.click("Use another e-mail")
    assert LEADS["mail"] in someone.sees()
    someone.click(LABELS["guest"])
    assert ("become_guest", "Ada") in someone.chat.calls


def test_the_site_is_asked_when_its_door_is_pressed_and_no_sooner() -> None:
    someone = visitor("mail", "site")
    before = someone.chat.calls.count(("restore",))
    someone.click(LABELS["site"])
    someone.settle()
    assert someone.chat.calls.count(("restore",)) == before + 1
    assert "You are not signed in on this site." in someone.sees()
    someone.click(LABELS["mail"])
    assert LEADS["mail"] in someone.sees()
    assert by_class(someone.screen, "cw-mistake") == []


def test_a_guest_is_one_by_enter_too_and_reads_what_is_wrong() -> None:
    someone = visitor("guest")
    someone.type("Name others see", "Ada")
    someone.submit()
    assert ("become_guest", "Ada") in someone.chat.calls


def test_while_one_door_works_no_other_opens() -> None:
    someone = visitor("mail", "site")
    someone.app.auth._work.busy = True
    someone.app.auth.on_door("site")
    assert LEADS["mail"] in someone.sees()


def test_who_leaves_and_comes_back_is_at_the_preferred_door_again() -> None:
    someone = visitor("guest", "mail")
    someone.click(LABELS["mail"])
    someone.app.auth.reset()
    assert LEADS["guest"] in someone.sees()


def test_what_has_no_field_gives_the_focus_to_its_title() -> None:
    for doors, is_title in ((["site"], True), (["mail"], False), (["guest"], False)):
        someone = visitor(*doors)
        title = by_class(someone.screen, "cw-title")[0]
        assert ("autofocus" in attributes(title)) is is_title
        fields = [attributes(field) for field in by_class(someone.screen, "cw-input")]
        assert ["autofocus" in field for field in fields][:1] == ([] if is_title else [True])


def test_a_guest_who_wants_in_by_another_door_is_not_offered_their_own() -> None:
    someone = Person(GUEST)
    someone.chat.doors = ["guest"]
    someone.click("Sign in")
    assert LEADS["mail"] in someone.sees()
    assert LABELS["guest"] not in ways(someone)
