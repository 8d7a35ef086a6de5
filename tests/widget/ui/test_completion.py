"""Names offered behind an @ while one writes."""

from dataclasses import replace

import pytest

from tests.fakes.core import emote, person, room, said
from tests.fakes.screen import Person, act, by_class, event, labelled, walk, words
from tests.widget.ui.emoji_data import EMOJI, ENGLISH
from widget.model import ChatState
from widget.ui.completion import Choice, begun_word, ranked
from widget.ui.view import UiEvent, attributes

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


def at_caret(someone: Person, kind: str, before: str, after: str, key: str = "") -> UiEvent:
    happened = event(kind, before + after, key)
    happened.before, happened.after = before, after
    act(labelled(someone.screen, "Message"), happened)
    someone.settle()
    return happened


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
    at_caret(someone, "keydown", "hi @be", " there", "ArrowDown")
    field = attributes(labelled(someone.screen, "Message"))
    marked = [node for node in by_class(someone.screen, "cw-option") if attributes(node)["aria-selected"] == "true"]
    assert [words(node) for node in marked] == ["Benedikt"]
    assert (field["aria-controls"], field["aria-activedescendant"]) == ("cw-offer", attributes(marked[0])["id"])
    assert at_caret(someone, "keydown", "hi @be", " there", "Enter").prevented
    assert draft(someone) == "hi @Benedikt  there"
    assert offered(someone) == []
    assert [(each.before, each.text, each.after) for each in someone.written] == [("hi @", "Benedikt ", " there")]
    assert [call for call in someone.chat.calls if call[0] == "send_message"] == []


@pytest.mark.parametrize("key", ["Enter", "Tab", "ArrowDown"])
def test_a_key_takes_nothing_that_was_offered_for_another_place_of_the_caret(key: str) -> None:
    someone = writing("hi @be")
    at_caret(someone, "keydown", "h", "i @be", key)
    assert (offered(someone), someone.written) == ([], [])


@pytest.mark.parametrize("kind", ["keyup", "click"])
def test_a_caret_that_moves_away_ends_the_offer_and_one_that_stays_does_not(kind: str) -> None:
    someone = writing("hi @be")
    at_caret(someone, "keyup", "hi @be", "")
    assert offered(someone) != []
    before = someone.drawings
    at_caret(someone, kind, "hi @b", "e")
    assert (offered(someone), someone.drawings) == ([], before + 1)


def test_the_marks_go_round_and_a_press_takes_one() -> None:
    someone = writing("@be")
    someone.press("Message", "ArrowUp")
    marked = [attributes(node)["aria-selected"] for node in by_class(someone.screen, "cw-option")]
    assert marked == ["false", "false", "true"]
    pressed = event("pointerdown")
    act(by_class(someone.screen, "cw-option")[0], pressed)
    someone.settle()
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
    assert offered(someone) == []  # nor does the next letter of that word bring it back
    write(someone, "@ben and @be")
    assert offered(someone) == ["Ben", "Benedikt", "Marie Ben"]


def test_enter_that_picks_a_word_in_an_input_method_takes_nothing() -> None:
    someone = writing("@be")
    assert not someone.press("Message", "Enter", composing=True).prevented
    assert offered(someone) != []


def test_who_spoke_last_is_offered_first() -> None:
    someone = writing("")
    someone.chat.become(messages=[said(1, "Benedikt", "one"), said(2, "Marie Ben", "two"), said(3, "Ann Marie", "x")])
    write(someone, "@")
    assert offered(someone) == ["Ann Marie", "Marie Ben", "Benedikt", "Ben"]
    write(someone, "@be")
    assert offered(someone) == ["Benedikt", "Ben", "Marie Ben"]  # who begins so still stands before


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
    assert someone.drawings > before
    assert [(each.kind, each.id) for each in someone.app.stage.effects()] == [("show", "cw-option-1")]


def with_emotes(*names: str) -> Person:
    someone = writing("")
    someone.page.data = {"": EMOJI, "en-GB": ENGLISH}
    someone.chat.become(emotes=[emote(name) for name in names])
    return someone


def key(someone: Person, name: str, shift: bool = False, control: bool = False, after: str = "") -> UiEvent:
    """Pressed in the field, with the caret before `after`."""
    text = draft(someone)
    pressed = event("keydown", text, name, shift)
    pressed.before, pressed.after, pressed.control = text.removesuffix(after), after, control
    act(labelled(someone.screen, "Message"), pressed)
    someone.settle()
    return pressed


def say_aloud(someone: Person) -> str:
    heard = [node for node in walk(someone.screen) if attributes(node).get("role") == "status" and node.mark == "heard"]
    return words(heard[0])


@pytest.mark.parametrize(("before", "begun"), [
    (":", ""), (":)", ""), (":P", ""), ("10:30", ""), ("http://a", ""), (":om", ":om"), ("(:om", ":om"),
    ("hi\n:om", ":om"), (":om:", ""), ("a :om b", ""), ("@ann :om", ":om"), (":<3", ":<3"),
])  # fmt: skip
def test_emoji_and_emotes_are_begun_by_a_colon_and_two_letters(before: str, begun: str) -> None:
    assert begun_word(before) == begun


@pytest.mark.parametrize("text", [":", ":)", ":P", "10:30", "http://a", "note: ok", ":tf:"])
def test_enter_sends_what_only_has_a_colon(text: str) -> None:
    someone = with_emotes("Pog", "aha", "tf")
    write(someone, text)
    someone.clock.settle()
    key(someone, "Enter")
    assert [call[1] for call in someone.chat.calls if call[0] == "send_message"] == [text]


def test_a_colon_fetches_the_emoji_once_and_other_letters_do_not() -> None:
    someone = with_emotes()
    write(someone, "hello")
    assert someone.page.asked == []
    write(someone, "hello :")
    write(someone, "hello :g")
    someone.clock.settle()
    assert someone.page.asked == ["", "en-GB"]


def test_what_comes_while_it_is_begun_is_offered_too() -> None:
    someone = with_emotes()
    write(someone, ":grap")
    assert offered(someone) == []
    someone.clock.settle()
    assert offered(someone) == ["🍇 :grapes: grapes"]


def test_emotes_and_emoji_are_offered_and_enter_takes_then_sends() -> None:
    someone = with_emotes("OMEGALULiguess", "OMEGALUL", "grapeshot")
    write(someone, ":om")
    assert offered(someone) == ["OMEGALUL", "OMEGALULiguess"]
    assert say_aloud(someone) == "2 suggestions, OMEGALUL"
    key(someone, "Enter")
    assert draft(someone) == "OMEGALUL "
    assert say_aloud(someone) == ""
    write(someone, "OMEGALUL :gra")
    someone.clock.settle()
    write(someone, "OMEGALUL :grap")
    assert offered(someone) == ["grapeshot", "🍇 :grapes: grapes"]
    key(someone, "ArrowDown")
    key(someone, "Tab")
    assert draft(someone) == "OMEGALUL 🍇 "
    key(someone, "Enter")
    assert [call[1] for call in someone.chat.calls if call[0] == "send_message"] == ["OMEGALUL 🍇"]


@pytest.mark.parametrize("text", ["hi OMEGALULiguess", "OMEGALULiguess hi", "hi\nOMEGALULiguess"])
def test_what_was_sent_is_offered_first_however_it_was_written(text: str) -> None:
    someone = with_emotes("OMEGALULiguess", "OMEGALUL")
    write(someone, text)
    key(someone, "Enter")
    write(someone, ":om")
    assert offered(someone) == ["OMEGALULiguess", "OMEGALUL"]
    write(someone, "OMEGALUL `OMEGALUL`")
    key(someone, "Enter")
    someone.clock.settle()
    write(someone, ":om")
    assert offered(someone) == ["OMEGALUL", "OMEGALULiguess"]
    write(someone, ":grapes: ")
    key(someone, "Enter")
    write(someone, ":gr")
    assert offered(someone)[0] == "🍇 :grapes: grapes"


def test_a_shortcode_that_was_typed_is_sent_as_its_emoji_unless_an_emote_is_called_so() -> None:
    someone = with_emotes(":smile:")
    write(someone, ":grapes: :smile: 10:30 `:grapes:`")
    someone.clock.settle()
    key(someone, "Enter")
    assert [call[1] for call in someone.chat.calls if call[0] == "send_message"] == ["🍇 :smile: 10:30 `:grapes:`"]


def test_tab_goes_through_the_emotes_and_shift_back() -> None:
    someone = with_emotes("OMEGALULiguess", "OMEGALUL", "omg")
    write(someone, "hi om")
    assert offered(someone) == []
    for name in ("omg", "OMEGALUL", "OMEGALULiguess", "omg"):
        assert key(someone, "Tab").prevented
        assert draft(someone) == f"hi {name} "
        assert say_aloud(someone) == name
    for name in ("OMEGALULiguess", "OMEGALUL"):
        assert key(someone, "Tab", shift=True).prevented
        assert draft(someone) == f"hi {name} "


def test_a_letter_ends_it() -> None:
    someone = with_emotes("omg", "omegalul")
    write(someone, "om")
    key(someone, "Tab")
    write(someone, "omg o")
    assert say_aloud(someone) == ""
    assert not key(someone, "Tab").prevented
    write(someone, "omg om")
    key(someone, "Tab")
    assert draft(someone) == "omg omg "


def test_escape_gives_back_what_was_typed_and_tab_leaves_then() -> None:
    someone = with_emotes("omg")
    write(someone, "hi om")
    key(someone, "Tab")
    assert key(someone, "Escape").prevented
    assert draft(someone) == "hi om"
    assert not key(someone, "Tab").prevented
    write(someone, "om")
    assert not key(someone, "Escape").prevented  # for whoever is around the field
    assert not key(someone, "Tab").prevented


@pytest.mark.parametrize(("text", "after", "shift", "control"), [
    ("", "", False, False), ("xyz", "", False, False), ("o", "", False, False), ("omg ", "", False, False),
    ("om", "g", False, False), ("om", "", True, False), ("om", "", False, True),
])  # fmt: skip
def test_tab_leads_on_where_no_emote_is_begun(text: str, after: str, shift: bool, control: bool) -> None:
    someone = with_emotes("omg")
    write(someone, text, after)
    assert not key(someone, "Tab", shift, control, after).prevented
    assert draft(someone) == text + after


def test_the_word_before_more_text_is_completed() -> None:
    someone = with_emotes("omg")
    write(someone, "om", " yes")
    assert key(someone, "Tab", after=" yes").prevented
    assert draft(someone) == "omg  yes"
