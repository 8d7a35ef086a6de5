"""A part that cannot be drawn takes nothing else with it."""

from dataclasses import replace
from typing import Any, cast

from tests.fakes.core import FakeChat, FakePage, HandClock, person, room, said
from tests.fakes.screen import Person, by_class, words
from widget.errors import UnreachableError
from widget.model import ChatState
from widget.native.language import English
from widget.ui.stage import ODD, Stage, nothing
from widget.ui.view import Effect

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


class Drawings:
    """A stage; `notes` are what each drawing shows."""

    def __init__(self) -> None:
        self.clock = HandClock()
        self.stage = Stage(FakeChat(), self.clock, FakePage(), English())
        self.notes: list[str] = []
        self.stage.changed = lambda: self.notes.append(self.stage.note())


def test_a_note_passes_after_six_seconds_and_each_has_its_own() -> None:
    at = Drawings()
    at.stage.tell(lambda: "one")
    at.clock.advance(5999)
    at.stage.tell(lambda: "two")
    at.clock.advance(5999)
    assert at.notes == ["one", "two"]
    at.clock.advance(1)
    assert at.notes == ["one", "two", ""]


def test_what_goes_wrong_behind_is_told() -> None:
    async def fail(error: Exception) -> None:
        raise error

    at = Drawings()
    at.stage.spawn(fail(UnreachableError("unreachable", "The service does not answer.")))
    at.stage.spawn(fail(ValueError("inside")))
    at.clock.settle()
    assert at.notes == ["The service does not answer.", ODD]


def test_what_is_to_be_done_is_done_once_behind_a_drawing() -> None:
    at = Drawings()
    focus, show = Effect("focus", "one"), Effect("show", "two")
    at.stage.do(focus)
    at.stage.do(show)
    assert len(at.notes) == 2
    assert at.stage.effects() == [focus, show]
    assert at.stage.effects() == []


def test_what_opens_and_closes_is_drawn() -> None:
    at = Drawings()
    at.stage.changed = nothing
    at.stage.changed = lambda: at.notes.append("drawn")  # whoever draws may come later
    at.stage.layers.changed()
    assert at.notes == ["drawn"]


def test_nobody_looks_at_a_chat_that_is_closed_or_behind_another_tab() -> None:
    stage = Drawings().stage
    page = cast(FakePage, stage.page)
    seen = []
    for stage.is_open, page.hidden in ((True, False), (False, False), (True, True)):
        seen.append(stage.is_seen())
    assert seen == [True, False, False]
