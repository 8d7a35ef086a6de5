
from tests.fakes.core import person, room
from tests.fakes.screen import Person, act, by_class, event, labelled, name_of, walk, words
from widget.errors import RefusedError
from widget.model import ChatState, Participant, Role
from widget.ui.view import Node, attributes

BEN, CID, DANA = person("Ben", role="host"), person("Cid", role="moderator"), person("Dana")
EVE = person("Eve", is_online=False, standing="waiting")
FEMI = person("Femi", is_online=False, link="lost", standing="removed")


def as_a(role: Role, *others: Participant, is_open: bool = True) -> Person:
    """Ada in a room with others, in front of the list of people."""
    someone = Person(ChatState(authenticated=True, status="connected", room=room("r1", "Owls", 3)))
    someone.chat.become(participants=[person("Ada", role=role), *others])
    if is_open:
        someone.app.client.people.on_toggle(event("click"))
    return someone


def row(someone: Person, name: str) -> Node:
    (found,) = [each for each in by_class(someone.screen, "cw-person") if each.mark == name.lower()]
    return found


def ways(someone: Person, name: str) -> list[str]:
    """What the buttons and boxes of somebody's row are called."""
    screen = row(someone, name)
    return [name_of(screen, node) for node in walk(screen) if node.tag in ("button", "input")]


def rows(someone: Person) -> list[str]:
    return [words(each) for each in by_class(someone.screen, "cw-person")]


def layers(someone: Person) -> list[Node]:
    return by_class(someone.screen, "cw-layer")


def offered(someone: Person) -> list[str]:
    """What the buttons and boxes of the topmost layer are called."""
    return [name_of(top, node) for top in layers(someone)[-1:] for node in walk(top) if node.tag in ("button", "input")]


def calls(someone: Person) -> list[tuple[object, ...]]:
    return [call for call in someone.chat.calls if call[0] not in ("restore", "listed_rooms")]


def asking_dana() -> Person:
    someone = as_a("host", DANA)
    someone.click("More for Dana")
    someone.click("Remove")
    return someone


# Who has power over whom


def powers(someone: Person, *names: str) -> list[list[str]]:
    """What I may decide about each of them."""
    found = []
    for name in names:
        someone.click(f"More for {name}")
        found.append(offered(someone)[1:])
        someone.escape()
    return found


def test_a_member_decides_about_nobody() -> None:
    someone = as_a("member", BEN, CID, DANA, EVE, FEMI)
    assert [ways(someone, name) for name in ("Ada", "Eve", "Femi")] == [[]] * 3
    assert powers(someone, "Ben", "Cid", "Dana") == [[]] * 3


def test_a_host_decides_about_all_but_hosts() -> None:
    someone = as_a("host", BEN, CID, DANA)
    assert ways(someone, "Ada") == []
    assert powers(someone, "Ben", "Cid", "Dana") == [
        [], ["End moderator role", "Remove"], ["Make moderator", "Remove"]
    ]  # fmt: skip


def test_a_moderator_decides_about_members_only() -> None:
    someone = as_a("moderator", BEN, CID, DANA)
    assert ways(someone, "Ada") == []
    assert powers(someone, "Ben", "Cid", "Dana") == [[], [], ["Remove"]]


def test_who_waits_to_come_in_decides_about_nobody() -> None:
    someone = as_a("member", DANA, EVE)
    someone.chat.become(participants=[person("Ada", role="moderator", standing="waiting"), DANA, EVE])
    assert [ways(someone, name) for name in ("Dana", "Eve")] == [[], []]


def test_hosts_and_moderators_are_named() -> None:
    someone = as_a("moderator", BEN, DANA)
    assert [line.split(" Connected")[0] for line in rows(someone)] == ["A Ada you moderator", "B Ben host", "D Dana"]


# The actions of a row


def test_more_opens_and_closes_the_menu() -> None:
    someone = as_a("host", DANA)
    assert attributes(labelled(someone.screen, "More for Dana"))["aria-expanded"] == "false"
    someone.click("More for Dana")
    (opener,) = [node for node in walk(row(someone, "Dana")) if node.tag == "button"]
    assert attributes(opener)["aria-expanded"] == "true"
    assert offered(someone) == ["Compare numbers", "Make moderator", "Remove"]
    (menu,) = layers(someone)
    assert (attributes(menu)["role"], attributes(menu)["aria-label"]) == ("menu", "More for Dana")
    someone.escape()
    assert layers(someone) == []
    assert attributes(labelled(someone.screen, "More for Dana"))["aria-expanded"] == "false"


def test_a_host_makes_moderators() -> None:
    someone = as_a("host", DANA)
    someone.click("More for Dana")
    someone.click("Make moderator")
    assert calls(someone) == [("set_moderator", "dana", True)]
    assert layers(someone) == []


def test_a_host_ends_the_role_of_moderators() -> None:
    someone = as_a("host", CID)
    someone.click("More for Cid")
    someone.click("End moderator role")
    assert calls(someone) == [("set_moderator", "cid", False)]


def test_a_moderator_makes_none() -> None:
    someone = as_a("moderator", DANA)
    someone.click("More for Dana")
    assert offered(someone) == ["Compare numbers", "Remove"]


def test_another_room_begins_with_its_conversation() -> None:
    someone = as_a("host", DANA)
    someone.chat.become(room=room("r2", "Larks", 2))
    someone.clock.settle()
    assert rows(someone) == []


def test_the_question_closes_when_it_is_mine_no_more() -> None:
    someone = as_a("moderator", DANA)
    someone.click("More for Dana")
    someone.click("Remove")
    someone.chat.become(participants=[person("Ada"), DANA])
    someone.chat.become(participants=[person("Ada", role="moderator"), DANA])
    assert layers(someone) == []


def test_the_actions_close_when_i_am_not_in_any_more() -> None:
    someone = as_a("member", DANA)
    someone.click("More for Dana")
    someone.chat.become(participants=[person("Ada", standing="waiting"), DANA])
    someone.chat.become(participants=[person("Ada"), DANA])
    assert layers(someone) == []


def test_the_actions_close_when_somebody_else_removes_the_person() -> None:
    someone = as_a("host", DANA)
    someone.click("More for Dana")
    someone.chat.become(participants=[person("Ada", role="host"), person("Dana", standing="removed")])
    assert ways(someone, "Dana") == ["Let back in"]
    assert layers(someone) == []
    someone.escape()
    assert by_class(someone.screen, "cw-person") == []


def test_the_actions_stay_while_others_come_and_go() -> None:
    someone = as_a("host", DANA)
    someone.click("More for Dana")
    someone.chat.become(participants=[person("Ada", role="host"), CID, DANA])
    assert offered(someone) == ["Compare numbers", "Make moderator", "Remove"]


# Removing somebody


def test_remove_asks_first() -> None:
    someone = asking_dana()
    assert calls(someone) == []
    (question,) = layers(someone)
    assert (attributes(question)["role"], attributes(question)["aria-label"]) == ("dialog", "Remove \u2068Dana\u2069?")
    assert attributes(question)["aria-modal"] == "true"
    assert words(question).startswith("Remove Dana?")
    assert offered(someone) == ["Also hide what they said", "Keep them out (ban)", "Remove", "Cancel"]
    someone.click("Remove")
    assert calls(someone) == [("remove_member", "dana", True, False)]
    assert layers(someone) == []


def test_what_they_said_can_be_hidden_and_they_can_be_let_back() -> None:
    someone = asking_dana()
    someone.type("Also hide what they said", "on")
    someone.type("Keep them out (ban)", "on")
    boxes = [labelled(someone.screen, name) for name in ("Also hide what they said", "Keep them out (ban)")]
    assert [attributes(box)["type"] for box in boxes] == ["checkbox", "checkbox"]
    assert ["checked" in attributes(box) for box in boxes] == [True, False]
    someone.click("Remove")
    assert calls(someone) == [("remove_member", "dana", False, True)]


def test_a_question_begins_anew() -> None:
    someone = asking_dana()
    someone.type("Also hide what they said", "on")
    someone.type("Keep them out (ban)", "on")
    someone.escape()
    someone.click("More for Dana")
    someone.click("Remove")
    someone.click("Remove")
    assert calls(someone) == [("remove_member", "dana", True, False)]


def test_cancel_removes_nobody() -> None:
    someone = asking_dana()
    someone.click("Cancel")
    assert calls(someone) == []
    assert layers(someone) == []


def test_escape_closes_what_is_topmost() -> None:
    someone = asking_dana()
    someone.escape()
    assert layers(someone) == []
    assert rows(someone) != []
    someone.escape()
    assert rows(someone) == []
    assert calls(someone) == []


def test_a_press_beside_it_closes_what_is_open() -> None:
    someone = asking_dana()
    act(by_class(someone.screen, "cw-backdrop")[0], event("click"))
    assert layers(someone) == []
    someone.click("More for Dana")
    act(layers(someone)[0], event("outside"))
    assert layers(someone) == []
    assert calls(someone) == []


def test_what_is_below_cannot_be_reached() -> None:
    someone = as_a("host", DANA)
    (screen,) = by_class(someone.screen, "cw-screen")
    assert "inert" not in attributes(screen)
    someone.click("More for Dana")
    (screen,) = by_class(someone.screen, "cw-screen")
    assert (attributes(screen)["inert"], attributes(screen)["aria-hidden"]) == ("", "true")


def test_what_opens_takes_the_focus() -> None:
    """The DOM gives it to what appears with `autofocus`: so each is an element of its own."""
    someone = as_a("host", DANA)
    someone.click("More for Dana")
    (menu,) = layers(someone)
    assert [(each.kind, each.id) for each in someone.app.stage.effects()] == [("focus", "cw-item-0")]
    someone.click("Remove")
    (question,) = layers(someone)
    assert "autofocus" in attributes(menu)
    assert "autofocus" in attributes(question)
    assert menu.mark != question.mark


def test_arrows_go_round_the_menu() -> None:
    someone = as_a("host", DANA)
    someone.click("More for Dana")
    someone.app.stage.effects()
    pressed = [someone.press("Compare numbers", key) for key in ("ArrowDown", "ArrowUp", "End", "Home", "a")]
    assert [each.prevented for each in pressed] == [True] * 4 + [False]
    assert [each.id[-1] for each in someone.app.stage.effects()] == ["1", "2", "2", "0"]


def test_a_refusal_is_told() -> None:
    someone = asking_dana()
    someone.chat.fails["remove_member"] = RefusedError("room.power", "Only the host can do that.")
    someone.click("Remove")
    assert "Only the host can do that." in someone.sees()


# Who asks to come in


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
    assert words(by_class(someone.screen, "cw-badge")[0]) == "Connecting"
    assert words(by_class(someone.screen, "cw-banner")[0]).startswith("You are offline.")


def test_who_was_not_let_in_is_told_aloud() -> None:
    someone = kept_waiting()
    someone.chat.become(status="error", error="Nobody let you in. Try again later.")
    assert words(by_class(someone.screen, "cw-banner")[0]).startswith("Nobody let you in.")
    assert words(by_class(someone.screen, "cw-badge")[0]) == "Not connected"


def test_how_others_are_reached_is_not_said_of_who_waits() -> None:
    waits = person("Eve", link="relayed", standing="waiting")
    someone = as_a("member", DANA, waits, is_open=False)
    assert words(by_class(someone.screen, "cw-badge")[0]) == "Connected directly"


# The list itself


def test_each_row_says_which_of_how_many_it_is() -> None:
    someone = as_a("member", *[person(f"P{number:03}") for number in range(300)])
    (people,) = by_class(someone.screen, "cw-people")
    assert {name: attributes(people).get(name) for name in ("role", "aria-label", "tabindex")} == {
        "role": "list", "aria-label": "People", "tabindex": "0",
    }  # fmt: skip
    found = by_class(people, "cw-person")
    assert len(found) < 40
    assert {attributes(each)["role"] for each in found} == {"listitem"}
    assert [attributes(each)["aria-posinset"] for each in found[:3]] == ["1", "2", "3"]
    assert {attributes(each)["aria-setsize"] for each in found} == {"301"}


def test_the_list_opens_at_its_top() -> None:
    someone = as_a("member", *[person(f"P{number:03}") for number in range(300)])
    moved = event("scroll")
    moved.above_px, moved.below_px, moved.view_px = 8_000, 6_000, 500
    act(by_class(someone.screen, "cw-people")[0], moved)
    assert "P000" not in someone.sees()
    for _ in range(2):
        someone.app.client.people.on_toggle(event("click"))
    assert "P000" in someone.sees()

