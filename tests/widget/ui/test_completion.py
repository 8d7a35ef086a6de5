"""Names offered behind an @ while one writes."""

from dataclasses import replace

import pytest

from tests.fakes.core import person, room
from tests.fakes.screen import Person, act, by_class, event, labelled, words
from widget.model import ChatState
from widget.ui.completion import Choice, begun_word, ranked
from widget.ui.view import attributes

PEOPLE = [person("Ada"), person("Ben"), person("Ann Marie"), person("Benedikt"), person("Marie Ben")]


def writing(text: str, after: str = "") -> Person:
    someone = Person(ChatState(
        authenticated=True, status="connected", room=room("r1", "Owls", 5), participants=PEOPLE,
    ))  # fmt: skip
    write(someone, text, after)
    return someone


def write(someone: Person, text: str, after: str = "") -> None:
    typed = event("input", text + after)
    typed.before, typed.after = text, after
    act(labelled(someone.screen, "Message"), typed)


def offered(someone: Person) -> list[str]:
    return [words(option) for option in by_class(someone.screen, "cw-option")]


def draft(someone: Person) -> str:
    return attributes(labelled(someone.screen, "Message"))["value"]


@pytest.mark.parametrize(("before", "begun"), [
    ("@", "@"), ("hi @be", "@be"), ("(@be", "@be"), ("\n@Ann Mar", "@Ann Mar"), ("mail@be", ""), ("@be\n", ""),
    ("", ""), ("@" + "x" * 50, ""),
])  # fmt: skip
def test_a_name_is_begun_behind_an_at_that_begins_a_word(before: str, begun: str) -> None:
    assert begun_word(before) == begun


def test_who_begins_so_stands_before_who_has_a_word_that_does() -> None:
    choices = [Choice(name, name) for name in ("Marie Ben", "Ben", "Ann", "Benedikt", "Ruben")]
    assert [choice.word for choice in ranked(choices, "BE")] == ["Ben", "Benedikt", "Marie Ben"]
    assert [choice.word for choice in ranked(choices, "ann x")] == []


def test_those_who_are_here_are_offered_and_enter_takes_the_marked_one() -> None:
    someone = writing("hi @be", " there")
    assert offered(someone) == ["Ben", "Benedikt", "Marie Ben"]
    someone.press("Message", "ArrowDown")
    field = attributes(labelled(someone.screen, "Message"))
    marked = [node for node in by_class(someone.screen, "cw-option") if attributes(node)["aria-selected"] == "true"]
    assert [words(node) for node in marked] == ["Benedikt"]
    assert (field["aria-controls"], field["aria-activedescendant"]) == ("cw-offer", attributes(marked[0])["id"])
    pressed = event("keydown", "hi @be there", "Enter")
    pressed.before, pressed.after = "hi @be", " there"
    act(labelled(someone.screen, "Message"), pressed)
    assert pressed.prevented
    assert draft(someone) == "hi @Benedikt  there"
    assert offered(someone) == []
    assert [(each.before, each.after) for each in someone.app.stage.effects()] == [("hi @Benedikt ", " there")]
    assert [call for call in someone.chat.calls if call[0] == "send_message"] == []


def test_the_marks_go_round_and_a_press_takes_one() -> None:
    someone = writing("@be")
    someone.press("Message", "ArrowUp")
    marked = [attributes(node)["aria-selected"] for node in by_class(someone.screen, "cw-option")]
    assert marked == ["false", "false", "true"]
    pressed = event("pointerdown")
    act(by_class(someone.screen, "cw-option")[0], pressed)
    assert pressed.prevented  # the field keeps the focus
    assert draft(someone) == "@Ben "


def test_escape_puts_the_offer_away_and_closes_nothing_else() -> None:
    someone = writing("@be")
    assert someone.press("Message", "Escape").prevented
    assert offered(someone) == []
    assert draft(someone) == "@be"
    write(someone, "@be")
    assert offered(someone) == []
    write(someone, "@ben")
    assert offered(someone) == ["Ben", "Benedikt", "Marie Ben"]


def test_enter_that_picks_a_word_in_an_input_method_takes_nothing() -> None:
    someone = writing("@be")
    assert not someone.press("Message", "Enter", composing=True).prevented
    assert offered(someone) != []


def test_a_name_with_a_space_is_offered_while_it_is_written() -> None:
    someone = writing("@ann m")
    assert offered(someone) == ["Ann Marie"]


def test_i_am_not_offered_to_myself_and_nobody_unknown_is() -> None:
    assert offered(writing("@ad")) == []
    assert offered(writing("@zo")) == []


def test_two_of_one_name_are_told_apart() -> None:
    someone = writing("")
    someone.chat.become(participants=[*PEOPLE, replace(person("ben"), user_id="7be1c0")])
    write(someone, "@ben")
    assert offered(someone)[:2] == ["Ben ben", "ben 7be1"]


def test_what_is_sent_ends_the_offer() -> None:
    someone = writing("@be")
    someone.submit()
    assert offered(someone) == []
    assert draft(someone) == ""


def marked(someone: Person) -> list[str]:
    options = by_class(someone.screen, "cw-option")
    return [words(each) for each in options if attributes(each)["aria-selected"] == "true"]


def test_behind_the_last_one_is_the_first_again() -> None:
    someone = writing("@be")
    for name in ("Benedikt", "Marie Ben", "Ben"):
        someone.press("Message", "ArrowDown")
        assert marked(someone) == [name]


def test_a_word_that_goes_on_is_marked_anew() -> None:
    someone = writing("@be")
    someone.press("Message", "ArrowDown")
    write(someone, "@ben")
    assert marked(someone) == ["Ben"]


def test_what_was_put_away_is_offered_for_the_next_word() -> None:
    someone = writing("@be")
    someone.press("Message", "Escape")
    write(someone, "@be")
    assert offered(someone) == []
    write(someone, "")
    write(someone, "@be")
    assert offered(someone) == ["Ben", "Benedikt", "Marie Ben"]


def test_tab_takes_the_marked_one() -> None:
    someone = writing("@be")
    assert someone.press("Message", "Tab").prevented
    assert draft(someone) == "@Ben "


@pytest.mark.parametrize("key", ["Tab", "Enter"])
def test_with_shift_a_key_takes_nothing(key: str) -> None:
    someone = writing("@be")
    assert not someone.press("Message", key, shift=True).prevented
    assert draft(someone) == "@be"


def test_a_key_that_the_offer_takes_is_drawn() -> None:
    someone = writing("@be")
    before = someone.drawings
    someone.press("Message", "ArrowDown")
    assert someone.drawings == before + 1
