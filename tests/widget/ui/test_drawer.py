"""The list of people where there is no room for a second column: a drawer, a layer as all others are."""

import pytest

from tests.fakes.core import room
from tests.fakes.screen import Person, act, by_class, event, labelled, reachable, walk
from tests.widget.ui.people import BEN, DANA, as_a, layers, rows
from widget.ui.view import attributes

PEOPLE = "2 people"


def narrow(is_open: bool = True) -> Person:
    someone = as_a("host", DANA, is_open=False)
    someone.app.resized(False)
    if is_open:
        someone.click(PEOPLE)
    return someone


def kinds(someone: Person) -> list[str]:
    return [attributes(each)["class"].split(" ")[1] for each in layers(someone)]


def test_a_narrow_chat_has_a_drawer_and_a_wide_one_a_column() -> None:
    someone = narrow()
    (drawer,) = layers(someone)
    assert {name: attributes(drawer).get(name) for name in ("role", "aria-modal", "aria-label")} == {
        "role": "dialog", "aria-modal": "true", "aria-label": "People",
    }  # fmt: skip
    assert len(rows(someone)) == 2
    assert by_class(by_class(someone.screen, "cw-middle")[0], "cw-panel") == []
    wide = as_a("host", DANA)
    assert layers(wide) == []
    assert len(by_class(by_class(wide.screen, "cw-middle")[0], "cw-panel")) == 1


def test_what_lies_below_the_drawer_cannot_be_reached() -> None:
    someone = narrow()
    found = [each for each in reachable(someone.screen) if "cw-area" in attributes(each).get("class", "")]
    assert found == []
    someone.click("Close")
    assert layers(someone) == []
    someone.type("Message", "hello")


@pytest.mark.parametrize("way", ["Escape", "outside", "backdrop"])
def test_the_drawer_closes_as_each_layer_does(way: str) -> None:
    someone = narrow()
    if way == "Escape":
        someone.escape()
    elif way == "outside":
        act(layers(someone)[0], event("outside"))
    else:
        act(by_class(someone.screen, "cw-under-drawer")[0], event("click"))
    assert rows(someone) == []
    (opener,) = [each for each in walk(someone.screen) if attributes(each).get("aria-label") == PEOPLE]
    assert attributes(opener)["aria-expanded"] == "false"
    someone.click(PEOPLE)
    assert len(rows(someone)) == 2


def test_what_is_opened_from_the_drawer_lies_above_it() -> None:
    someone = narrow()
    someone.click("More for Dana")
    assert kinds(someone) == ["cw-drawer", "cw-menu"]
    someone.click("Compare numbers")
    assert kinds(someone) == ["cw-drawer", "cw-dialog"]
    someone.escape()
    assert kinds(someone) == ["cw-drawer"]
    someone.escape()
    assert kinds(someone) == []


def test_numbers_are_not_shown_to_who_has_closed_the_drawer_meanwhile() -> None:
    someone = narrow()
    someone.click("More for Dana")
    act(labelled(someone.screen, "Compare numbers"), event("click"))
    someone.escape()
    someone.clock.settle()
    assert kinds(someone) == []


def test_a_chat_that_is_turned_keeps_its_list() -> None:
    someone = narrow()
    someone.app.resized(True)
    assert layers(someone) == []
    assert len(rows(someone)) == 2
    someone.app.resized(False)
    assert kinds(someone) == ["cw-drawer"]
    assert len(rows(someone)) == 2


def test_a_closed_list_stays_closed_when_a_chat_is_turned() -> None:
    someone = narrow(is_open=False)
    for is_wide in (True, False):
        someone.app.resized(is_wide)
        assert rows(someone) == []


def test_another_room_begins_without_the_drawer() -> None:
    someone = narrow()
    someone.chat.become(room=room("r2", "Larks", 2), participants=[BEN])
    someone.clock.settle()
    assert layers(someone) == []
