"""Who asks to come in, who is let back in, and what a newcomer who waits is told."""

from tests.fakes.core import person, room
from tests.fakes.screen import Person, by_class, event, labelled, words
from tests.widget.ui.people import BEN, DANA, EVE, FEMI, as_a, calls, row, rows
from widget.ui.view import attributes


def test_who_asks_to_come_in_stands_first_and_is_let_in() -> None:
    someone = as_a("moderator", BEN, DANA, EVE)
    assert rows(someone)[0] == "E Eve Asks to come in Let in Turn away"
    assert attributes(row(someone, "Eve"))["class"] == "cw-person"
    (group,) = by_class(row(someone, "Eve"), "cw-ways")
    assert (attributes(group)["role"], attributes(group)["aria-label"]) == ("group", "Eve")
    someone.click("Let in")
    assert calls(someone) == [("approve", "eve")]


def test_who_asks_to_come_in_can_be_turned_away() -> None:
    someone = as_a("host", EVE)
    someone.click("Turn away")
    assert calls(someone) == [("remove_member", "eve", False, False)]


def test_members_only_see_that_somebody_waits() -> None:
    someone = as_a("member", BEN, EVE)
    assert rows(someone)[0] == "E Eve Waiting to be let in"
    assert "asks to come in" not in someone.sees()
    assert len(by_class(labelled(someone.screen, "2 people"), "cw-dot")) == 0


def test_the_button_of_the_people_says_that_somebody_asks() -> None:
    someone = as_a("host", DANA, EVE, is_open=False)
    assert len(by_class(labelled(someone.screen, "2 people, 1 person asks to come in"), "cw-dot")) == 1
    more = person("Gus", is_online=False, standing="waiting")
    someone.chat.become(participants=[*someone.chat.state.participants, more])
    assert labelled(someone.screen, "2 people, 2 people ask to come in").tag == "button"
    someone.chat.become(participants=[person("Ada", role="host"), DANA])
    assert len(by_class(labelled(someone.screen, "2 people"), "cw-dot")) == 0


def test_who_waits_is_not_counted_among_those_who_are_here() -> None:
    waits, gone = (person("Eve", standing=standing) for standing in ("waiting", "removed"))
    someone = as_a("host", waits, gone, is_open=False)
    assert labelled(someone.screen, "1 person, 1 person asks to come in").tag == "button"
    assert "Send the invite to the people you want to talk with." in someone.sees()


def noted(someone: Person) -> bool:
    """Whether a note about Eve is shown; it passes then."""
    found = "Eve asks to come in." in someone.sees()
    someone.clock.advance(6000)
    return found


def test_a_note_tells_once_who_asks_to_come_in() -> None:
    someone = as_a("host", EVE)
    assert noted(someone)
    for people in ([DANA, EVE], [DANA], [DANA, EVE]):
        someone.chat.become(participants=[person("Ada", role="host"), *people])
        assert not noted(someone)


def test_each_room_tells_anew_who_asks_to_come_in() -> None:
    someone = as_a("host", EVE)
    assert noted(someone)
    someone.chat.become(room=room("r2", "Larks", 3), participants=[person("Ada", role="host"), EVE])
    someone.clock.settle()
    assert noted(someone)


def test_who_becomes_a_moderator_is_told_who_asks_to_come_in() -> None:
    someone = as_a("member", EVE)
    assert not noted(someone)
    someone.chat.become(participants=[person("Ada", role="moderator"), EVE])
    assert noted(someone)


# Who was removed


def test_who_was_removed_stands_last_and_is_let_back_in() -> None:
    someone = as_a("moderator", DANA, FEMI, person("Gus", is_online=False, link="lost"))
    assert rows(someone)[-1] == "F Femi Removed Let back in"
    assert "cw-away" in attributes(row(someone, "Femi"))["class"]
    someone.click("Let back in")
    assert calls(someone) == [("readmit_member", "femi")]


# A newcomer who waits


def kept_waiting() -> Person:
    someone = as_a("member", is_open=False)
    waiting = person("Ada", standing="waiting")
    someone.chat.become(status="connecting", error="Waiting. The host is not here.", participants=[waiting, BEN])
    return someone


def test_a_newcomer_sees_calmly_that_they_wait() -> None:
    someone = kept_waiting()
    assert by_class(someone.screen, "cw-banner") == []
    assert words(by_class(someone.screen, "cw-badge-waiting")[0]) == "Waiting to be let in"
    assert words(by_class(someone.screen, "cw-hush")[0]) == (
        "Waiting. The host is not here. A host or moderator lets each person in."
    )
    someone.app.client.people.on_toggle(event("click"))
    assert words(row(someone, "Ada")) == "A Ada you Waiting to be let in"


def test_who_comes_back_to_a_room_where_others_wait_does_not_wait_themselves() -> None:
    someone = as_a("member", BEN, EVE, is_open=False)
    someone.chat.become(status="connecting", error="You are offline.")
    assert words(by_class(someone.screen, "cw-banner")[0]).startswith("You are offline.")
    someone.click("Dismiss")
    assert words(by_class(someone.screen, "cw-badge")[0]) == "Connecting"


def test_who_was_not_let_in_is_told_aloud() -> None:
    someone = kept_waiting()
    someone.chat.become(status="error", error="Nobody let you in. Try again later.")
    assert words(by_class(someone.screen, "cw-banner")[0]).startswith("Nobody let you in.")
    someone.click("Dismiss")
    assert words(by_class(someone.screen, "cw-badge")[0]) == "Not connected"


def test_how_others_are_reached_is_not_said_of_who_waits() -> None:
    waits = person("Eve", link="relayed", standing="waiting")
    someone = as_a("member", DANA, waits, is_open=False)
    assert words(by_class(someone.screen, "cw-badge")[0]) == "Connected directly"
