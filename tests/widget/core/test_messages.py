"""What may be said and said again, and how receipts gather."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from types import SimpleNamespace
from typing import Any

import pytest

from tests.fakes.clock import HandClock
from widget.core.events import Events
from widget.core.limits import CONFIRM_MS, MESSAGE_CHARS, MESSAGE_EMOTES
from widget.core.messages import Messages
from widget.core.receipts import HEADERS_KEPT, Receipts
from widget.core.state import State
from widget.crypto.opened import OpenedFrame
from widget.errors import ChatError
from widget.model import ChatMessage, Participant
from widget.native.crypto import NativeDigest
from widget.wire.body import TextBody, read_text, write_text
from widget.wire.frame import HEADER_BYTES, MAX_BODY_BYTES
from widget.wire.notes import MAX_CONFIRMED, read_confirm

ROOM, ME = "room", "a" * 32
MINE = ChatMessage("m1", ROOM, ME, "Ada", "t", "hi", True, delivery="failed", mine=True)


@dataclass
class Stay:
    """The messages of one stay; what goes out is noted."""

    clock: HandClock = field(default_factory=HandClock)

    def __post_init__(self) -> None:
        self.events = Events(self.clock)
        self.state = State(self.clock, self.events)
        self.out: list[tuple[str, bytes]] = []
        self.heard: list[Any] = []
        self.events.on("message:received", self.heard.append)
        outbox: Any = SimpleNamespace(add=lambda msg_id, body: self.out.append((msg_id, body)))
        me: Any = SimpleNamespace(sub=ME, name="Ada")
        self.messages = Messages(self.clock, NativeDigest(), self.state, self.events, outbox, me, ROOM)

    @property
    def shown(self) -> list[ChatMessage]:
        return self.state.now.messages


@pytest.fixture
def stay() -> Stay:
    return Stay()


async def test_my_line_is_shown_at_once_and_handed_over(stay: Stay) -> None:
    await stay.messages.send("hi", ["e1"], ["j1"])
    (line,) = stay.shown
    assert (line.room_id, line.sender_id, line.sender_name, line.content) == (ROOM, ME, "Ada", "hi")
    assert (line.type, line.delivery, line.mine, line.encrypted) == ("message", "sending", True, True)
    assert (line.emote_ids, line.custom_emoji_ids) == (["e1"], ["j1"])
    assert line.timestamp == stay.clock.iso(stay.clock.now_ms())
    assert len(line.id) == 32
    assert stay.out == [(line.id, write_text(TextBody("hi", ["e1"], ["j1"])))]


IDS = [f"id{number}" for number in range(MESSAGE_EMOTES + 1)]


@pytest.mark.parametrize(("content", "emotes", "emoji", "code"), [
    ("", [], [], "message.empty"),
    (" \n ", [], [], "message.empty"),
    ("x" * (MESSAGE_CHARS + 1), [], [], "message.long"),
    ("\U0001f600" * MESSAGE_CHARS, [], [], "message.long"),
    ("x", IDS, [], "message.emotes"),
    ("x", [], IDS, "message.emotes"),
    ("x", ["no id"], [], "message.emotes"),
    ("x", [], ["i" * 65], "message.emotes"),
    ("\ud83d", [], [], "message.text"),
])
async def test_what_cannot_be_sent_is_not_shown(
    stay: Stay, content: str, emotes: list[str], emoji: list[str], code: str
) -> None:
    with pytest.raises(ChatError) as caught:
        await stay.messages.send(content, emotes, emoji)
    assert caught.value.code == code
    assert (stay.shown, stay.out) == ([], [])


@pytest.mark.parametrize(("content", "emotes", "emoji"), [
    ("x" * MESSAGE_CHARS, [], []),
    ("x", IDS[:-1], IDS[:-1]),
    ("\U0001f600" * ((MAX_BODY_BYTES - 4) // 4), [], []),
])
async def test_what_just_fits_is_sent(stay: Stay, content: str, emotes: list[str], emoji: list[str]) -> None:
    await stay.messages.send(content, emotes, emoji)
    assert read_text(stay.out[0][1]).text == content


async def test_a_failed_line_of_mine_goes_out_once_more_under_its_id(stay: Stay) -> None:
    stay.state.add_message(replace(MINE, id="m0"))
    stay.state.add_message(replace(MINE, emote_ids=["e1"]))
    await stay.messages.retry("m1")
    assert [line.delivery for line in stay.shown] == ["failed", "sending"]
    assert stay.out == [("m1", write_text(TextBody("hi", ["e1"])))]


@pytest.mark.parametrize("changed", [
    {"id": "other"},
    {"mine": False},
    {"room_id": "elsewhere"},
    {"delivery": "sent"},
    {"delivery": "sending"},
])
async def test_nothing_else_can_be_sent_again(stay: Stay, changed: dict[str, Any]) -> None:
    stay.state.add_message(replace(MINE, **changed))
    with pytest.raises(ChatError) as caught:
        await stay.messages.retry("m1")
    assert caught.value.code == "message.retry"
    assert stay.out == []


@pytest.mark.parametrize("mine", [True, False])
def test_a_received_line_is_shown_and_told(stay: Stay, mine: bool) -> None:
    body = write_text(TextBody("hello", ["e1"], ["j1"]))
    sub = ME if mine else "b" * 32
    stay.messages.received(OpenedFrame("s" * 32, sub, "Ben", 1, 1, "m9", 5, body, ["clock"], False))
    (line,) = stay.shown
    assert stay.heard == [line]
    assert line == ChatMessage(
        "m9", ROOM, sub, "Ben", stay.clock.iso(5), "hello", True, ["e1"], ["j1"], "message", "received", mine, ["clock"]
    )


def person(name: str, online: bool = True, me: bool = False) -> Participant:
    return Participant(name.lower(), name, "t", online, is_me=me)


def test_who_comes_and_goes_is_told_once(stay: Stay) -> None:
    stay.messages.begin(["old"])
    everybody = [person("Me", me=True), person("Old"), person("New"), person("Late", online=False)]
    stay.messages.people(everybody)
    stay.messages.people(everybody)
    assert [(line.type, line.sender_id, line.content) for line in stay.shown] == [("join", "new", "New joined.")]
    stay.messages.people([person("Me", me=True), person("New", online=False)])
    assert [(line.type, line.sender_name, line.content) for line in stay.shown[1:]] == [
        ("leave", "Old", "Old left.")
    ]
    stay.messages.people([person("Me", me=True)])
    assert stay.shown[-1].content == "New left."
    assert {line.room_id for line in stay.shown} == {ROOM}


def test_who_was_there_before_and_never_proved_it_leaves_unsaid(stay: Stay) -> None:
    stay.messages.begin(["old"])
    stay.messages.people([])
    assert stay.shown == []


def test_what_was_said_elsewhere_is_forgotten_at_the_beginning(stay: Stay) -> None:
    stay.state.add_message(replace(MINE, room_id="elsewhere"))
    stay.state.add_message(MINE)
    stay.messages.begin([])
    assert stay.shown == [MINE]


def frame(number: int) -> bytes:
    return number.to_bytes(HEADER_BYTES, "big") + b"rest"


def hex_id(number: int) -> str:
    return f"{number:032x}"


class Confirmed:
    """What was confirmed, note by note."""

    def __init__(self) -> None:
        self.notes: list[list[str]] = []

    async def send(self, blob: bytes) -> None:
        self.notes.append(read_confirm(blob))


async def test_receipts_gather_for_a_moment_and_name_each_message_once() -> None:
    clock, confirmed = HandClock(), Confirmed()
    receipts = Receipts(clock, confirmed.send)
    receipts.note(frame(1), hex_id(1))
    await clock.advance(CONFIRM_MS - 1)
    receipts.note(frame(2), hex_id(2))
    receipts.confirm(hex_id(1))
    assert confirmed.notes == []
    await clock.advance(1)
    assert confirmed.notes == [[hex_id(1), hex_id(2)]]
    await clock.advance(10 * CONFIRM_MS)
    assert len(confirmed.notes) == 1


async def test_a_frame_that_comes_again_is_confirmed_again() -> None:
    clock, confirmed = HandClock(), Confirmed()
    receipts = Receipts(clock, confirmed.send)
    assert not receipts.knows(frame(1))
    receipts.note(frame(1), hex_id(1))
    await clock.advance(CONFIRM_MS)
    assert receipts.knows(frame(1))
    await clock.advance(CONFIRM_MS)
    assert confirmed.notes == [[hex_id(1)], [hex_id(1)]]


async def test_a_note_names_as_many_as_it_may() -> None:
    clock, confirmed = HandClock(), Confirmed()
    receipts = Receipts(clock, confirmed.send)
    for number in range(MAX_CONFIRMED + 1):
        receipts.confirm(hex_id(number))
    await clock.advance(CONFIRM_MS)
    assert confirmed.notes == [[hex_id(number) for number in range(MAX_CONFIRMED)]]


async def test_only_the_newest_frames_are_known() -> None:
    receipts = Receipts(HandClock(), Confirmed().send)
    for number in range(HEADERS_KEPT):
        receipts.note(frame(number), hex_id(number))
    assert receipts.knows(frame(0))
    receipts.note(frame(HEADERS_KEPT), hex_id(0))
    assert [receipts.knows(frame(number)) for number in (0, 1, HEADERS_KEPT)] == [False, True, True]

