import pytest

from tests.fakes.core import emote, person, room
from tests.fakes.screen import Person, act, by_class, by_tag, event, labelled, words
from widget.errors import UnreachableError
from widget.model import ChatState, EmoteData
from widget.ui.view import attributes


def in_room(emotes: list[EmoteData] | None = None) -> Person:
    return Person(ChatState(
        authenticated=True, status="connected", room=room("r1", "Owls", 2), participants=[person("Ada"), person("Ben")],
        emotes=emotes or [],
    ))  # fmt: skip


def draft(someone: Person) -> str:
    return attributes(by_tag(someone.screen, "textarea")[0])["value"]


def choose(someone: Person, name: str, shift: bool = False) -> None:
    cell = next(node for node in by_class(someone.screen, "cw-cell") if attributes(node)["aria-label"] == name)
    act(cell, event("click", shift=shift))
    someone.settle()


def sent(someone: Person) -> list[object]:
    return [call[1] for call in someone.chat.calls if call[0] == "send_message"]


def test_enter_sends_and_empties_the_draft() -> None:
    someone = in_room()
    someone.type("Message", " hello ")
    assert someone.press("Message", "Enter").prevented
    assert sent(someone) == ["hello"]
    assert draft(someone) == ""


def test_shift_enter_breaks_the_line() -> None:
    someone = in_room()
    someone.type("Message", "hello")
    assert not someone.press("Message", "Enter", shift=True).prevented
    assert sent(someone) == []


def test_enter_in_an_input_method_picks_a_word() -> None:
    someone = in_room()
    someone.type("Message", "こん")
    assert not someone.press("Message", "Enter", composing=True).prevented
    assert sent(someone) == []


@pytest.mark.parametrize("blank", ["  \n ", "\u2800", "\u200b\u200d\ufe0f", "\u3164 \U000e0061"])
def test_blank_messages_are_not_sent(blank: str) -> None:
    someone = in_room()
    someone.type("Message", blank)
    someone.click("Send")
    assert sent(someone) == []
    assert attributes(labelled(someone.screen, "Send"))["aria-disabled"] == "true"


def test_the_counter_shows_near_the_end() -> None:
    someone = in_room()
    someone.type("Message", "x" * 3600)
    assert "left" not in someone.sees()
    someone.type("Message", "x" * 3990)
    assert "10 left" in someone.sees()


def test_too_long_a_message_stays_in_the_draft() -> None:
    someone = in_room()
    someone.type("Message", "🦉" * 4001)
    someone.press("Message", "Enter")
    assert sent(someone) == []
    assert "1 too many" in someone.sees()


def test_a_refused_message_comes_back() -> None:
    someone = in_room()
    someone.chat.fails["send_message"] = UnreachableError("unreachable", "You are not connected.")
    someone.type("Message", "hello")
    someone.press("Message", "Enter")
    assert draft(someone) == "hello"
    assert "You are not connected." in someone.sees()


def test_offline_one_can_write_but_not_send() -> None:
    someone = in_room()
    someone.chat.become(status="disconnected")
    assert "It is kept." not in someone.sees()  # the header says what is wrong
    someone.type("Message", "hello")
    someone.press("Message", "Enter")
    assert sent(someone) == []
    assert draft(someone) == "hello"
    assert "This cannot be sent now. It is kept." in someone.sees()
    someone.chat.become(status="connected")
    someone.press("Message", "Enter")
    assert sent(someone) == ["hello"]


def test_emotes_are_sent_by_their_ids() -> None:
    someone = in_room([emote("owl"), emote("lark")])
    someone.type("Message", "owl owl\nowl other")
    someone.press("Message", "Enter")
    assert someone.chat.calls[-1] == ("send_message", "owl owl\nowl other", ["id-owl"])


def into(someone: Person, name: str) -> str:
    """The draft that is found there."""
    someone.chat.become(authenticated=True, room=room(name, "Owls", 2))
    someone.clock.settle()
    return draft(someone)


def test_each_room_has_its_own_draft() -> None:
    someone = in_room()
    someone.type("Message", "to the owls")
    assert into(someone, "r2") == ""
    someone.type("Message", "to the larks")
    someone.chat.become(room=None)
    assert into(someone, "r1") == "to the owls"
    assert into(someone, "r2") == "to the larks"


def test_every_change_of_a_draft_is_kept() -> None:
    someone = in_room([emote("owl")])
    someone.type("Message", "hi @B")
    someone.press("Message", "Enter")
    assert someone.chat.drafts == {"r1": "hi @Ben "}
    someone.click("Emoji and emotes")
    choose(someone, "owl")
    assert someone.chat.drafts == {"r1": "hi @Ben owl "}
    someone.press("Message", "Enter")
    assert someone.chat.drafts == {"r1": ""}
    someone.chat.fails["send_message"] = UnreachableError("unreachable", "You are not connected.")
    someone.type("Message", "hello")
    someone.press("Message", "Enter")
    assert someone.chat.drafts == {"r1": "hello"}


def test_what_is_written_before_the_draft_is_found_stands_behind_it() -> None:
    someone = in_room()
    someone.chat.drafts["r2"] = "to the larks, "
    someone.chat.become(room=room("r2", "Larks", 2))
    act(labelled(someone.screen, "Message"), event("input", "and owls"))
    someone.chat.drafts["r2"] = "to the larks, "  # the disk had not heard of it
    someone.clock.settle()
    assert draft(someone) == "to the larks, and owls"
    assert someone.chat.drafts["r2"] == "to the larks, and owls"


def test_a_draft_that_is_found_too_late_stays_where_it_belongs() -> None:
    someone = in_room()
    someone.chat.drafts["r2"] = "to the larks"
    someone.chat.become(room=room("r2", "Larks", 2))
    assert into(someone, "r1") == ""


def test_who_signs_out_leaves_no_draft() -> None:
    someone = in_room()
    someone.type("Message", "to the owls")
    someone.chat.become(authenticated=False, room=None)
    someone.chat.drafts = {}
    assert into(someone, "r1") == ""


def paste(someone: Person, text: str) -> tuple[bool, str]:
    """Whether the browser takes it, and what is said."""
    pasted = event("paste", "before")
    pasted.text = text
    act(labelled(someone.screen, "Message"), pasted)
    someone.clock.settle()
    return not pasted.prevented, words(by_class(someone.screen, "cw-toasts")[0])


def test_text_is_pasted_by_the_browser() -> None:
    someone = in_room()
    someone.type("Message", "before")
    assert paste(someone, "words") == (True, "")
    assert paste(someone, "x" * 20_000) == (True, "")


def test_what_is_much_too_long_stays_on_the_clipboard() -> None:
    someone = in_room()
    someone.type("Message", "before")
    assert paste(someone, "x" * 20_001) == (False, "This is too long for a message.")
    assert draft(someone) == "before"


def test_a_picture_that_is_pasted_is_answered_calmly() -> None:
    someone = in_room()
    someone.type("Message", "before")
    assert paste(someone, "") == (True, "Only text can be sent.")
    assert draft(someone) == "before"


def test_an_emote_goes_in_where_the_caret_is() -> None:
    someone = in_room([emote("owl")])
    typed = event("blur", "hi there")
    typed.before, typed.after = "hi", " there"
    someone.type("Message", "hi there")
    act(labelled(someone.screen, "Message"), typed)
    someone.click("Emoji and emotes")
    choose(someone, "owl")
    assert draft(someone) == "hi owl  there"
    assert [(each.before, each.text, each.after) for each in someone.written] == [("hi", " owl ", " there")]


def test_a_page_may_want_enter_to_break_the_line() -> None:
    someone = in_room()
    someone.app.stage.enter_sends = False
    someone.type("Message", "hello")
    assert not someone.press("Message", "Enter").prevented
    assert sent(someone) == []
    pressed = event("keydown", "hello", "Enter")
    pressed.control = True
    act(labelled(someone.screen, "Message"), pressed)
    someone.clock.settle()
    assert sent(someone) == ["hello"]
    assert attributes(labelled(someone.screen, "Message"))["enterkeyhint"] == "enter"


def test_a_keyboard_on_the_screen_does_not_come_by_itself() -> None:
    someone = in_room()
    assert "autofocus" in attributes(labelled(someone.screen, "Message"))
    someone.page.touch = True
    assert "autofocus" not in attributes(labelled(someone.screen, "Message"))
