"""A part that cannot be drawn takes nothing else with it."""

from dataclasses import replace
from typing import Any, cast

from tests.fakes.core import person, room, said
from tests.fakes.screen import Person, by_class, words
from widget.model import ChatState

STATE = ChatState(
    authenticated=True, status="connected", room=room("r1", "Owls", 2), participants=[person("Ada"), person("Ben")],
)  # fmt: skip


def unknown(word: str) -> Any:
    """What a newer part of the program may say one day."""
    return cast(Any, word)


def test_a_status_that_the_header_does_not_know_costs_the_header_only() -> None:
    someone = Person(STATE)
    someone.chat.become(messages=[said(1, "Ben", "hello")], status=unknown("asleep"))
    assert by_class(someone.screen, "cw-bar") == []
    assert words(by_class(someone.screen, "cw-bubble")[0]) == "hello"
    someone.chat.become(messages=[said(1, "Ben", "hello"), said(2, "Ben", "again")])
    assert by_class(someone.screen, "cw-write") != []
    assert someone.page.complaints == ["Strixun Chat cannot draw its header."]


def test_a_message_that_cannot_be_drawn_leaves_its_neighbours() -> None:
    someone = Person(STATE)
    odd = replace(said(2, "Ben", "odd"), flags=[unknown("folded")])
    someone.chat.become(messages=[said(1, "Ben", "before"), odd, said(3, "Ben", "after")])
    assert [words(each) for each in by_class(someone.screen, "cw-bubble")] == ["before", "after"]
    assert someone.page.complaints == ["Strixun Chat cannot draw its message."]


def test_somebody_of_an_unknown_link_costs_the_list_of_people_only() -> None:
    someone = Person(STATE)
    someone.click("2 people")
    someone.chat.become(participants=[person("Ada"), person("Ben"), person("Cid", link=unknown("carried"))])
    assert by_class(someone.screen, "cw-person") == []
    assert "Write a message" not in someone.page.complaints
    assert by_class(someone.screen, "cw-write") != []
