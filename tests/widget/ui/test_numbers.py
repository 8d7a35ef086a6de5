"""Comparing numbers in the list of people, and what tells people and rooms apart there."""

from dataclasses import replace

from tests.fakes.core import person
from tests.fakes.screen import Person, act, by_class, event, labelled, texts, walk, words
from tests.widget.ui.people import (
    BEN,
    CID,
    DANA,
    EVE,
    FEMI,
    as_a,
    calls,
    layers,
    offered,
    row,
    rows,
    ways,
)
from widget.errors import RefusedError
from widget.ui.qr import qr_path
from widget.ui.view import Node, attributes


def comparing_dana() -> Person:
    someone = as_a("member", BEN, DANA)
    someone.click("More for Dana")
    someone.click("Compare numbers")
    return someone


def digits(someone: Person) -> list[Node]:
    return by_class(someone.screen, "cw-digits")


def test_a_device_that_was_not_met_is_marked_on_my_row_too() -> None:
    someone = as_a("member", person("Ben", acquaintance="new"), person("Cid", acquaintance="compared"), DANA)
    someone.chat.become(participants=[person("Ada", acquaintance="new"), *someone.chat.state.participants[1:]])
    tags = [[words(tag) for tag in by_class(row(someone, name), "cw-tag")] for name in ("Ada", "Ben", "Cid", "Dana")]
    assert tags == [["you", "new device"], ["new device"], ["compared"], []]
    assert [words(tag) for tag in by_class(someone.screen, "cw-tag-new")] == ["new device", "new device"]


def with_a_new_device() -> Person:
    someone = as_a("member", BEN)
    someone.chat.become(participants=[person("Ada", acquaintance="new"), *someone.chat.state.participants[1:]])
    return someone


def test_i_say_whether_another_device_is_mine() -> None:
    someone = with_a_new_device()
    assert ways(someone, "Ada") == ["More for Ada"]
    someone.click("More for Ada")
    assert offered(someone) == ["It is mine", "Cancel"]
    assert "Is the other device yours?" in words(layers(someone)[0])
    someone.click("It is mine")
    assert calls(someone) == [("compare", "ada", True)]
    assert layers(someone) == []


def test_a_device_that_i_am_not_sure_of_stays_new() -> None:
    someone = with_a_new_device()
    someone.click("More for Ada")
    someone.click("Cancel")
    assert calls(someone) == []
    assert ways(someone, "Ada") == ["More for Ada"]


def test_numbers_are_compared_with_everybody_else_in_the_room() -> None:
    someone = as_a("member", BEN, CID, person("Dana", is_online=False, link="lost"), EVE, FEMI)
    found = [ways(someone, name) for name in ("Ada", "Ben", "Cid", "Dana", "Eve", "Femi")]
    assert found == [[], ["More for Ben"], ["More for Cid"], ["More for Dana"], [], []]
    someone.click("More for Ben")
    assert offered(someone) == ["Compare numbers"]


def test_comparing_shows_the_number_and_what_to_do_with_it() -> None:
    someone = comparing_dana()
    assert calls(someone) == [("safety_number", "dana")]
    (dialog,) = layers(someone)
    assert (attributes(dialog)["role"], attributes(dialog)["aria-label"]) == ("dialog", "Compare numbers")
    assert offered(someone) == ["They are the same", "They differ", "Cancel"]
    (number,) = digits(someone)
    assert words(number) == someone.chat.numbers
    assert "Read these to Dana by another way, such as a call." in words(dialog)


def test_the_number_can_be_scanned_as_the_api_gives_it_without_spaces() -> None:
    someone = comparing_dana()
    (code,) = by_class(someone.screen, "cw-qr")
    _, path = walk(code)
    assert attributes(path)["d"] == qr_path(someone.chat.numbers.replace(" ", ""))[0]
    assert attributes(code)["aria-label"] == "QR code"


def test_the_number_is_read_aloud_digit_by_digit_and_never_from_right_to_left() -> None:
    (number,) = digits(comparing_dana())
    assert attributes(number)["aria-label"].startswith("0 0 4 1 7 , 3 9 2 8 5 , ")
    assert attributes(number)["dir"] == "ltr"


def test_numbers_that_are_the_same_mark_the_person() -> None:
    someone = comparing_dana()
    someone.click("They are the same")
    assert calls(someone)[-1] == ("compare", "dana", True)
    assert layers(someone) == []
    assert "Somebody may sit between you" not in someone.sees()


def test_numbers_that_differ_are_told_and_warned_about() -> None:
    someone = comparing_dana()
    someone.click("They differ")
    assert calls(someone)[-1] == ("compare", "dana", False)
    assert layers(someone) == []
    assert "Somebody may sit between you: tell Dana no secrets here." in someone.sees()


def test_a_device_that_came_in_between_is_not_compared() -> None:
    someone = comparing_dana()
    someone.chat.numbers = "1" + someone.chat.numbers[1:]
    someone.click("They are the same")
    assert "compare" not in [call[0] for call in calls(someone)]
    assert "The numbers have changed. Compare them again." in someone.sees()
    assert words(digits(someone)[0]) == someone.chat.numbers
    someone.click("They are the same")
    assert calls(someone)[-1] == ("compare", "dana", True)


def test_a_number_that_is_not_to_be_had_is_told() -> None:
    someone = as_a("member", DANA)
    someone.chat.fails["safety_number"] = RefusedError("room.person", "There is nobody of that userId.")
    someone.click("More for Dana")
    someone.click("Compare numbers")
    assert "There is nobody of that userId." in someone.sees()
    assert layers(someone) == []


def test_a_number_that_comes_late_is_not_shown_to_who_has_gone_on() -> None:
    someone = as_a("member", BEN, DANA)
    someone.click("More for Dana")
    act(labelled(someone.screen, "Compare numbers"), event("click"))
    act(labelled(someone.screen, "More for Ben"), event("click"))
    someone.clock.settle()
    assert digits(someone) == []
    assert offered(someone) == ["Compare numbers"]


def test_escape_and_cancel_put_the_number_away() -> None:
    someone = comparing_dana()
    someone.escape()
    assert layers(someone) == []
    someone.click("More for Dana")
    someone.click("Compare numbers")
    someone.click("Cancel")
    assert layers(someone) == []


def test_the_number_stays_while_my_power_goes() -> None:
    someone = as_a("host", DANA)
    someone.click("More for Dana")
    someone.click("Compare numbers")
    someone.chat.become(participants=[person("Ada"), DANA])
    assert len(digits(someone)) == 1


def test_people_of_one_name_are_told_apart() -> None:
    other = replace(person("DANA", link="through"), user_id="7be1c0")
    someone = as_a("member", BEN, replace(DANA, user_id="04aa19"), other)
    notes = [words(note) for note in by_class(someone.screen, "cw-note")]
    assert sorted(notes) == ["04aa", "7be1"]
    assert "D DANA 7be1 Reached through others" in rows(someone)


def test_the_room_code_stands_below_the_list() -> None:
    someone = as_a("member", DANA)
    someone.chat.code = "61730 98264 15073 84926"
    (code,) = by_class(someone.screen, "cw-code")
    assert "".join(texts(code)) == "Room code 61730 98264 15073 84926"
    assert [attributes(node).get("dir") for node in walk(code)] == [None, "ltr"]
    assert attributes(code)["title"] == "Equal on two screens: the same members, the same key."
    someone.chat.code = ""
    assert by_class(someone.screen, "cw-code") == []
