from tests.fakes.core import person, room, said
from tests.fakes.screen import Person, by_class, words
from widget.errors import ChatError
from widget.model import ChatMessage, ChatState
from widget.ui.message_list import PAGE
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


def test_of_ten_thousand_messages_the_last_are_drawn() -> None:
    someone = in_room(talk(10_000))
    assert len(shown(someone)) == PAGE
    assert shown(someone)[-1] == "message 9999."


def test_scrolling_up_draws_earlier_ones() -> None:
    someone = in_room(talk(500))
    someone.scroll(above=100, below=3000)
    assert len(shown(someone)) == 2 * PAGE
    someone.click("Show earlier messages")
    assert len(shown(someone)) == 3 * PAGE


def test_back_at_the_end_the_window_is_small_again() -> None:
    someone = in_room(talk(500))
    someone.scroll(above=100, below=3000)
    someone.scroll(above=9000, below=0)
    assert len(shown(someone)) == PAGE


def test_new_messages_are_counted_for_those_who_read_older_ones() -> None:
    someone = in_room(talk(200))
    someone.scroll(above=1000, below=2000)
    first = shown(someone)[0]
    someone.chat.become(messages=talk(203))
    assert "3 new messages" in someone.sees()
    assert shown(someone)[0] == first
    someone.click("3 new messages")
    assert "new message" not in someone.sees()
    assert shown(someone)[-1] == "message 202."


def test_at_the_end_nothing_is_counted() -> None:
    someone = in_room(talk(20))
    someone.chat.become(messages=talk(25))
    assert "new message" not in someone.sees()


def test_my_own_message_brings_me_to_the_end() -> None:
    someone = in_room(talk(200))
    jumps = attributes(by_class(someone.screen, "cw-log")[0])["data-jump"]
    someone.scroll(above=1000, below=2000)
    someone.chat.become(messages=[*talk(200), said(900, "Ada", "mine")])
    assert attributes(by_class(someone.screen, "cw-log")[0])["data-jump"] != jumps
    assert by_class(someone.screen, "cw-down") == []


def test_a_screen_reader_hears_new_messages_unless_one_reads_older_ones() -> None:
    someone = in_room(talk(200))
    log = by_class(someone.screen, "cw-log")[0]
    assert (attributes(log)["role"], attributes(log)["aria-live"], attributes(log)["tabindex"]) == (
        "log",
        "polite",
        "0",
    )
    someone.scroll(above=1000, below=2000)
    assert attributes(by_class(someone.screen, "cw-log")[0])["aria-live"] == "off"


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
    assert all(left is right for left, right in zip(before, after[:50], strict=True))


def test_a_delivered_message_is_drawn_again() -> None:
    someone = in_room([said(1, "Ada", "a", delivery="sending")])
    someone.chat.become(messages=[said(1, "Ada", "a", delivery="sent")])
    assert "Sent" in someone.sees()


def test_an_empty_room_says_what_to_do() -> None:
    someone = in_room([])
    assert "Say hello" in someone.sees()
    someone.chat.become(participants=[person("Ada")])
    assert "You are the first one here" in someone.sees()


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
