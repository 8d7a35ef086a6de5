from dataclasses import replace

import pytest

from tests.fakes.core import person, room, said
from tests.fakes.screen import VIEW_PX, Person, act, by_class, by_tag, event, walk, words
from widget.errors import ChatError
from widget.model import ChatMessage, ChatState, Participant
from widget.ui.announcer import GATHER_MS
from widget.ui.message_list import GUESS_PX
from widget.ui.view import attributes


def talk(count: int, start: int = 0) -> list[ChatMessage]:
    return [
        said(number, "Ben" if number % 2 == 0 else "Chidi", f"message {number}.")
        for number in range(start, start + count)
    ]


def in_room(messages: list[ChatMessage]) -> Person:
    someone = Person(ChatState(
        authenticated=True, status="connected", room=room("r1", "Owls", 2), participants=[person("Ada"), person("Ben")],
    ))  # fmt: skip
    someone.chat.become(messages=messages)
    return someone


def shown(someone: Person) -> list[str]:
    return [words(node) for node in by_class(someone.screen, "cw-bubble")]


def log(someone: Person) -> dict[str, str]:
    return attributes(by_class(someone.screen, "cw-log")[0])


def height_px(someone: Person) -> float:
    """Of the whole conversation: what is drawn as guessed, and what is not."""
    spaces = [int(attributes(node)["px100"]) / 100 for node in walk(someone.screen) if "px100" in attributes(node)]
    return sum(spaces) + GUESS_PX * len(by_class(someone.screen, "cw-line"))


def test_of_ten_thousand_messages_those_in_sight_are_drawn() -> None:
    someone = in_room(talk(10_000))
    assert len(shown(someone)) < 40
    assert shown(someone)[-1] == "message 9999."
    assert height_px(someone) == 10_000 * GUESS_PX


@pytest.mark.parametrize(("above", "first", "last"), [(0, 0, 13), (20_000, 454, 468), (439_400, 9986, 9999)])
def test_wherever_one_scrolls_what_is_there_is_drawn(above: int, first: int, last: int) -> None:
    someone = in_room(talk(10_000))
    someone.scroll(above=above, below=440_000 - above - VIEW_PX)
    assert {f"message {number}." for number in range(first, last + 1)} <= set(shown(someone))
    assert len(shown(someone)) < 40
    assert height_px(someone) == 10_000 * GUESS_PX


def test_measured_heights_count_and_who_lacks_rows_is_drawn_again() -> None:
    someone = in_room(talk(1000))
    drawn = by_class(someone.screen, "cw-line")
    sized = event("rows")
    sized.view_px = 600
    sized.sizes_px = {row.mark: 20.0 for row in drawn}
    act(by_class(someone.screen, "cw-log")[0], sized)
    assert sized.again
    assert len(by_class(someone.screen, "cw-line")) > len(drawn)
    again = event("rows")
    again.view_px = 600
    again.sizes_px = {row.mark: 20.0 for row in by_class(someone.screen, "cw-line")}
    for _ in range(5):
        act(by_class(someone.screen, "cw-log")[0], again)
        again.sizes_px = {row.mark: 20.0 for row in by_class(someone.screen, "cw-line")}
    again.again = False
    act(by_class(someone.screen, "cw-log")[0], again)
    assert not again.again


def test_a_row_that_is_higher_than_guessed_is_not_drawn_again() -> None:
    """What is drawn around the view is enough for that: a second drawing of each message would cost as much."""
    someone = in_room(talk(1000))
    sized = event("rows")
    sized.view_px = VIEW_PX
    sized.sizes_px = {by_class(someone.screen, "cw-line")[-1].mark: 2 * GUESS_PX}
    act(by_class(someone.screen, "cw-log")[0], sized)
    assert not sized.again


def test_a_short_way_draws_nothing_new() -> None:
    someone = in_room(talk(1000))
    someone.scroll(above=20_000, below=23_400)
    drawings = someone.drawings
    someone.scroll(above=20_060, below=23_340)
    assert someone.drawings == drawings


def test_what_comes_in_above_keeps_the_readers_rows() -> None:
    someone = in_room(talk(300, 200))
    someone.scroll(above=5_000, below=7_600)
    before = shown(someone)
    someone.chat.become(messages=talk(500))
    assert shown(someone) == before


def test_new_messages_are_counted_for_those_who_read_older_ones() -> None:
    someone = in_room(talk(200))
    someone.scroll(above=1000, below=2000)
    first = shown(someone)[0]
    someone.chat.become(messages=talk(203))
    assert "3 new messages" in someone.sees()
    assert shown(someone)[0] == first
    someone.click("3 new messages")
    assert "message 202." in shown(someone)
    assert log(someone)["data-rows"].split(" ") == ["end2", f"{200:032x}"]
    assert [(each.kind, each.id) for each in someone.app.stage.effects()] == [("focus", "cw-log")]
    someone.scroll(above=8300, below=0)
    assert "3 new messages" not in someone.sees()
    assert [words(line) for line in by_class(someone.screen, "cw-unread")] == ["New messages"]


def test_at_the_end_nothing_is_counted() -> None:
    someone = in_room(talk(20))
    someone.chat.become(messages=talk(25))
    assert "new message" not in someone.sees().lower()


def test_what_came_while_the_page_was_hidden_stands_under_a_line() -> None:
    someone = in_room(talk(20))
    someone.page.hidden = True
    someone.chat.become(messages=talk(25))
    row = next(row for row in by_class(someone.screen, "cw-line") if row.mark == f"{20:032x}")
    assert words(row).startswith("New messages")
    someone.page.hidden = False
    someone.chat.become(messages=[*talk(25), said(900, "Ada", "mine")])
    assert by_class(someone.screen, "cw-unread") == []


def test_my_own_message_brings_me_to_the_end() -> None:
    someone = in_room(talk(200))
    jumps = log(someone)["data-rows"].split(" ")[0]
    someone.scroll(above=1000, below=2000)
    someone.chat.become(messages=[*talk(200), said(900, "Ada", "mine")])
    assert log(someone)["data-rows"].split(" ")[0] != jumps
    assert by_class(someone.screen, "cw-down") == []


def test_a_screen_reader_hears_new_messages_gathered() -> None:
    someone = in_room(talk(200))
    assert (log(someone)["role"], log(someone)["aria-live"], log(someone)["tabindex"]) == ("log", "off", "0")
    spoken = [node for node in by_class(someone.screen, "cw-hidden") if attributes(node).get("role") == "status"]
    assert words(spoken[0]) == ""
    someone.clock.advance(GATHER_MS)
    someone.chat.become(messages=talk(205))
    someone.clock.advance(GATHER_MS)
    spoken = [node for node in by_class(someone.screen, "cw-hidden") if attributes(node).get("role") == "status"]
    lines = ["5 new messages", "Ben: message 202.", "Chidi: message 203.", "Ben: message 204."]
    assert [words(line) for line in by_tag(spoken[0], "p")] == lines


def test_what_i_write_is_not_read_to_me() -> None:
    someone = in_room(talk(3))
    someone.chat.become(messages=[*talk(3), said(900, "Ada", "mine")])
    someone.clock.advance(GATHER_MS)
    assert "Ada: mine" not in someone.sees()


def test_every_message_has_its_time_and_its_author_for_who_does_not_see() -> None:
    someone = in_room([said(1, "Ben", "a"), said(2, "Ben", "b")])
    names = [attributes(node)["aria-label"] for node in by_tag(someone.screen, "article")]
    assert len(names) == 2
    assert all(name.startswith("Ben, ") for name in names)


def test_a_message_is_copied_from_its_menu() -> None:
    someone = in_room(talk(2))
    opener = by_class(someone.screen, "cw-message-more")[-1]
    act(opener, event("click"))
    assert [(each.kind, each.id) for each in someone.app.stage.effects()] == [("focus", "cw-item-0")]
    someone.click("Copy text")
    assert someone.page.copied == ["message 1."]
    assert by_class(someone.screen, "cw-layer") == []


def test_arrows_lead_from_message_to_message_and_tab_stops_once() -> None:
    someone = in_room([said(1, "Ben", "a"), said(2, "Ben", "b"), said(3, "Ben", "c")])
    openers = by_class(someone.screen, "cw-message-more")
    assert [attributes(opener)["tabindex"] for opener in openers] == ["-1", "-1", "0"]
    act(openers[2], event("keydown", key="ArrowUp"))
    act(openers[0], event("keydown", key="ArrowDown"))
    act(openers[0], event("keydown", key="ArrowUp"))
    assert [each.id for each in someone.app.stage.effects()] == [f"cw-more-{2:032x}"] * 2


def test_a_long_message_is_folded_until_one_wants_all_of_it() -> None:
    someone = in_room([said(1, "Ben", "long " * 400)])
    assert len(by_class(someone.screen, "cw-folded")) == 1
    someone.click("Show all")
    assert by_class(someone.screen, "cw-folded") == []


def test_an_author_is_named_once_in_a_row() -> None:
    messages = [
        said(1, "Ben", "a"),
        said(2, "Ben", "b"),
        said(3, "Chidi", "c"),
        said(4, "Ben", "d", "09:50"),
        said(5, "Ben", "e", "09:56"),
    ]
    assert len(by_class(in_room(messages).screen, "cw-first")) == 4


def test_days_part_the_conversation() -> None:
    someone = in_room(
        [said(1, "Ben", "a", "2026-11-22T23:50:00.000Z"), said(2, "Ben", "b", "2026-11-23T00:01:00.000Z")]
    )
    assert [words(node) for node in by_class(someone.screen, "cw-day")] == ["Yesterday", "Today"]
    assert len(by_class(someone.screen, "cw-first")) == 2


def test_an_unchanged_message_keeps_its_node() -> None:
    someone = in_room(talk(50))
    before = by_class(someone.screen, "cw-message")
    someone.chat.become(messages=[*someone.chat.state.messages, said(99, "Ben", "new")])
    after = by_class(someone.screen, "cw-message")
    kept = [any(left is right for right in after) for left in before]
    assert kept[1:-1] == [True] * (len(kept) - 2)  # the first is out of sight; Tab stops at the new one


def test_a_delivered_message_is_drawn_again() -> None:
    someone = in_room([said(1, "Ada", "a", delivery="sending")])
    someone.chat.become(messages=[said(1, "Ada", "a", delivery="sent")])
    assert "Sent" in someone.sees()


def test_an_empty_room_says_what_to_do() -> None:
    someone = in_room([])
    assert "Say hello" in someone.sees()
    someone.chat.become(participants=[person("Ada")])
    assert "Only you are here Send the invite" in someone.sees()


@pytest.mark.parametrize("people", [[], [person("Ben", is_online=False, link="lost")], [person("Ben")]])
def test_an_empty_room_that_is_not_reached_does_not_say_who_is_in_it(people: list[Participant]) -> None:
    someone = in_room([])
    someone.chat.become(status="connecting", error="The service is away.", participants=[person("Ada"), *people])
    assert words(by_class(someone.screen, "cw-hush")[0]) == "Connecting"


def test_a_failed_message_is_sent_again_in_its_place() -> None:
    someone = in_room([said(1, "Ada", "hello", delivery="failed"), said(2, "Ben", "hi")])
    someone.click("Send again")
    assert someone.chat.calls[-1] == ("retry", f"{1:032x}")
    assert [words(node) for node in by_class(someone.screen, "cw-bubble")] == ["hello Sending", "hi"]
    assert "Not sent" not in someone.sees()


def test_a_message_that_cannot_be_sent_again_says_why() -> None:
    someone = in_room([said(1, "Ada", "hello", delivery="failed")])
    someone.chat.fails["retry"] = ChatError("message.retry", "Write it anew.")
    someone.click("Send again")
    assert "Write it anew." in someone.sees()


def test_another_one_of_a_name_is_told_apart_too() -> None:
    """The names are the same as before, the people are not."""
    someone = in_room([replace(said(1, "Ben", "hello"), sender_id="7be1c0")])
    first = [person("Ada"), person("Ben"), replace(person("Ben"), user_id="04aa19")]
    someone.chat.become(participants=first)
    assert "7be1" not in someone.sees()
    someone.chat.become(participants=[*first[:2], replace(person("Ben"), user_id="7be1c0")])
    assert "7be1" in someone.sees()
