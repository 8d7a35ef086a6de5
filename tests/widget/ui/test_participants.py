"""The list of people: who stands in it, and what one can do about whom."""

from tests.fakes.core import person, room
from tests.fakes.screen import act, by_class, event, labelled, walk
from tests.widget.ui.people import BEN, CID, DANA, EVE, FEMI, as_a, calls, layers, offered, powers, row, rows, ways
from widget.ui.view import attributes


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
