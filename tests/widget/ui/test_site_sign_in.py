"""Signing in by the site, on the screen: nothing to type, and who vouches for whom."""

from __future__ import annotations

from tests.fakes.core import person, room, said
from tests.fakes.screen import Person, by_class, event, labelled, words
from tests.widget.ui.people import as_a, row
from widget.errors import RefusedError
from widget.model import ChatState
from widget.ui.view import attributes


def visitor() -> Person:
    someone = Person()
    someone.chat.doors = ["site"]
    someone.click("Sign in")
    someone.settle()
    return someone


def test_who_is_not_known_to_the_site_is_told_so_and_types_nothing() -> None:
    someone = visitor()
    assert "You are not signed in on this site." in someone.sees()
    assert by_class(someone.screen, "cw-input") == []
    assert [call for call in someone.chat.calls if call[0] == "restore"] == [("restore",)] * 2


def test_while_the_page_is_asked_the_screen_waits() -> None:
    someone = Person()
    someone.chat.doors = ["site"]
    someone.app.on_sign_in(event("click"))
    assert "One moment" in someone.sees()
    assert by_class(someone.screen, "cw-mistake") == []
    someone.settle()
    assert "One moment" not in someone.sees()


def test_trying_again_asks_the_page_again_and_goes_on() -> None:
    someone = visitor()
    someone.chat.state = ChatState(authenticated=True, user_id="a1", user_name="Ada", via="site site.test")
    someone.click("Try again")
    someone.settle()
    someone.chat.become()
    someone.settle()
    assert "Try again" not in someone.sees()


def test_what_is_wrong_with_a_token_is_for_the_owner_alone() -> None:
    someone = visitor()
    someone.chat.fails["restore"] = RefusedError("site.token", "The exp of the token is too far off.")
    someone.click("Try again")
    someone.settle()
    assert "This site cannot sign you in just now. Try again later." in someone.sees()
    assert "exp" not in someone.sees()


def test_who_looks_around_first_leaves_the_screen() -> None:
    someone = visitor()
    someone.click("Look around first")
    someone.settle()
    assert "Try again" not in someone.sees()


def test_who_is_signed_in_stays_where_they_are_while_the_page_is_called() -> None:
    here = room("r1", "Owls", 1)
    someone = Person(ChatState(authenticated=True, status="connected", room=here, via="site site.test"))
    called: list[str] = []
    someone.app.auth_required = lambda: called.append("required")
    before = someone.sees()
    someone.app.ask_sign_in()
    assert (called, someone.sees()) == (["required"], before)


def test_the_list_of_people_says_who_vouches() -> None:
    someone = as_a("member", person("Ben", via="site site.test"), person("Cid", via="guest"), person("Dana"))
    tags = {name: [words(tag) for tag in by_class(row(someone, name), "cw-tag")] for name in ("Ben", "Cid", "Dana")}
    assert tags == {"Ben": ["by the site site.test"], "Cid": ["guest"], "Dana": []}


def test_a_message_says_who_vouches_for_its_author_also_to_screen_readers() -> None:
    lines = [said(1, "Ben", "hello", via="site site.test"), said(2, "Cid", "hi", via="guest"), said(3, "Dana", "hey")]
    someone = Person(ChatState(authenticated=True, status="connected", room=room("r1", "Owls", 3), messages=lines))
    heads = [words(head) for head in by_class(someone.screen, "cw-head")]
    assert ["by the site" in head for head in heads] == [True, False, False]
    assert ["guest" in head for head in heads] == [False, True, False]
    spoken = [str(attributes(node)["aria-label"]) for node in by_class(someone.screen, "cw-message")]
    assert "guest" in spoken[1]


def test_who_came_by_the_site_signs_out_of_the_chat_alone() -> None:
    someone = Person(ChatState(authenticated=True, user_id="a1", user_name="Ada", via="site site.test"))
    someone.click("Sign out")
    assert "On the site itself you stay signed in." in someone.sees()
    assert labelled(someone.screen, "Sign out") is not None
