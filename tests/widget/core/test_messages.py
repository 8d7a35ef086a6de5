"""What may be said and said again, how far it got, and who came and went."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from tests.fakes.clock import HandClock
from widget.core.events import Events
from widget.core.limits import AWAY_MS, MESSAGE_CHARS, MESSAGE_EMOTES
from widget.core.state import State
from widget.crypto.session import PeerSession
from widget.errors import ChatError, OrderError
from widget.model import ChatMessage, Participant
from widget.native.crypto import NativeDigest
from widget.room.book import Book
from widget.room.entry import Entry
from widget.room.fold import Fold
from widget.room.kinds.leave import LEAVE
from widget.room.kinds.text import TEXT, TextBody, read_text, write_text
from widget.room.limits import FRAME_EVENTS, RESUME_MS, SAID_BURST
from widget.room.log import Log
from widget.room.messages import Messages
from widget.room.own_text import AGAIN_BYTES, Waiting
from widget.room.view import View
from widget.wire.event import MAX_BODY_BYTES, Event

ROOM, ME = "room", "a" * 32
MINE = ChatMessage("1" * 32, ROOM, ME, "Ada", "t", "hi", True, delivery="failed", mine=True)


def session(name: str, sid: str) -> PeerSession:
    sub = name if len(name) > 1 else name * 32
    return PeerSession(sid, sub, name, name.encode(), False, b"", b"", 0, 0, b"", "", b"")


class Room:
    """Speaks for the stay: what is said becomes an event of the log at once, if `says`."""

    def __init__(self, stay: Stay) -> None:
        self.stay = stay
        self.is_open = True
        self.is_closed = False
        self.is_guest = False
        self.says = True
        self.said: list[list[bytes]] = []
        self.here = ["b" * 32, "c" * 32]
        self.have: list[str] = []
        self.is_equal = False

    def is_ready(self) -> bool:
        return self.is_open

    async def say(self, kind: int, bodies: list[bytes]) -> None:
        if not self.says:
            raise OrderError("room.not_ready", "Not now.")
        self.said.append(bodies)
        for body in bodies:
            self.stay.hear(self.stay.me, kind, body)

    def people(self) -> dict[str, str]:
        return {sid: sid for sid in self.here}

    def holders(self, author: str, seq: int) -> list[str]:
        return self.have

    def agrees(self) -> bool:
        return self.is_equal


@dataclass
class Stay:
    """The messages of one stay; what goes out is noted."""

    clock: HandClock = field(default_factory=HandClock)

    def __post_init__(self) -> None:
        self.events = Events(self.clock)
        self.state = State(self.clock, self.events)
        self.heard: list[Any] = []
        self.events.on("message:received", self.heard.append)
        self.errors: list[Any] = []
        self.events.on("error", self.errors.append)
        self.me = session("a", "5" * 32)
        self.log = Log(lambda: 0)
        self.fold = Fold(View(self.clock, ROOM, False, self.me.jkt, Book(NativeDigest(), "", False)))
        self.messages = Messages(
            self.clock, NativeDigest(), self.state, self.events, ME, self.me.name, ROOM, self.log, self.fold
        )
        self.room = Room(self)

    def hear(self, author: PeerSession, kind: int, body: bytes) -> Entry:
        """An event of that session counts from now on."""
        seq = self.log.chain(author.sid).last + 1
        before = self.log.chain(author.sid).last_id
        now_ms = self.clock.now_ms()
        event = Event(b"", author.sid, seq, before, "0" * 32, self.log.clock + 1, now_ms, kind, "", b"", body)
        entry = Entry(event, f"{author.sid[0]}{seq:031x}", author, self.clock.steady_ms(), False)
        self.fold.add(self.log.place(entry), self.clock.steady_ms())
        self.messages.heard([entry])
        return entry

    @property
    def shown(self) -> list[ChatMessage]:
        return self.state.now.messages

    @property
    def deliveries(self) -> list[str]:
        return [line.delivery for line in self.shown]


@pytest.fixture
def stay() -> Stay:
    return Stay()


async def test_my_line_is_shown_at_once_and_said_when_somebody_can_hear_it(stay: Stay) -> None:
    await stay.messages.send("hi", ["e1"], ["j1"])
    (line,) = stay.shown
    assert (line.room_id, line.sender_id, line.sender_name, line.content) == (ROOM, ME, "a", "hi")
    assert (line.type, line.delivery, line.mine, line.encrypted) == ("message", "sending", True, True)
    assert (line.emote_ids, line.custom_emoji_ids) == (["e1"], ["j1"])
    assert line.timestamp == stay.clock.iso(stay.clock.now_ms())
    stay.room.is_open = False
    stay.messages.attach(stay.room, stay.me.sid)
    await stay.clock.settle()
    assert stay.room.said == []
    stay.room.is_open = True
    stay.messages.outbox.flush()
    await stay.clock.settle()
    assert stay.room.said == [[write_text(TextBody("hi", ["e1"], ["j1"]))]]
    assert [(line.content, line.delivery) for line in stay.shown] == [("hi", "sending")]
    assert stay.heard == []


IDS = [f"id{number}" for number in range(MESSAGE_EMOTES + 1)]


@pytest.mark.parametrize(("content", "emotes", "emoji", "code"), [
    ("", [], [], "message.empty"),
    (" \n ", [], [], "message.empty"),
    (" \u200b\u2800\ufe0f", [], [], "message.empty"),
    ("x" * (MESSAGE_CHARS + 1), [], [], "message.long"),
    ("\U0001f600" * MESSAGE_CHARS, [], [], "message.long"),
    ("x", IDS, [], "message.emotes"),
    ("x", [], IDS, "message.emotes"),
    ("x", ["no id"], [], "message.emotes"),
    ("x", [], ["i" * 65], "message.emotes"),
    ("\ud83d", [], [], "message.text"),
])
async def test_what_cannot_be_said_is_not_shown(
    stay: Stay, content: str, emotes: list[str], emoji: list[str], code: str
) -> None:
    stay.messages.attach(stay.room, stay.me.sid)
    with pytest.raises(ChatError) as caught:
        await stay.messages.send(content, emotes, emoji)
    await stay.clock.settle()
    assert caught.value.code == code
    assert (stay.shown, stay.room.said) == ([], [])


@pytest.mark.parametrize(("content", "emotes", "emoji"), [
    ("x" * MESSAGE_CHARS, [], []),
    ("字" * MESSAGE_CHARS, [], []),
    ("x", IDS[:-1], IDS[:-1]),
    ("\U0001f600" * ((MAX_BODY_BYTES - AGAIN_BYTES - 4) // 4), [], []),
])
async def test_what_just_fits_is_said(stay: Stay, content: str, emotes: list[str], emoji: list[str]) -> None:
    stay.messages.attach(stay.room, stay.me.sid)
    await stay.messages.send(content, emotes, emoji)
    await stay.clock.settle()
    assert read_text(stay.room.said[0][0]).text == content


async def test_what_gathered_goes_together_as_far_as_it_fits_and_at_a_pace(stay: Stay) -> None:
    for number in range(SAID_BURST + FRAME_EVENTS):
        await stay.messages.send(f"line {number}", [], [])
    stay.messages.attach(stay.room, stay.me.sid)
    await stay.clock.settle()
    assert {len(bodies) for bodies in stay.room.said} == {FRAME_EVENTS}
    assert sum(len(bodies) for bodies in stay.room.said) <= SAID_BURST + FRAME_EVENTS
    await stay.clock.advance(3_000)
    texts = [read_text(body).text for bodies in stay.room.said for body in bodies]
    assert texts == [f"line {number}" for number in range(SAID_BURST + FRAME_EVENTS)]
    assert [line.content for line in stay.shown] == texts


async def test_large_ones_go_alone(stay: Stay) -> None:
    for _ in range(2):
        await stay.messages.send("字" * MESSAGE_CHARS, [], [])
    stay.messages.attach(stay.room, stay.me.sid)
    await stay.clock.advance(1_000)
    assert [len(bodies) for bodies in stay.room.said] == [1, 1]


async def test_how_far_it_got_is_shown(stay: Stay) -> None:
    stay.messages.attach(stay.room, stay.me.sid)
    await stay.messages.send("hi", [], [])
    await stay.clock.settle()
    for have, shown in ([["b" * 32], "sending"], [["b" * 32, "c" * 32], "delivered"], [[], "delivered"]):
        stay.room.have = list(have)
        stay.messages.look()
        assert stay.deliveries == [shown]


async def test_a_line_that_failed_is_said_once_more(stay: Stay) -> None:
    stay.room.says = False
    stay.messages.attach(stay.room, stay.me.sid)
    await stay.messages.send("one", [], [])
    await stay.clock.settle()
    assert [(line.content, line.delivery) for line in stay.shown] == [("one", "failed")]
    assert [error.code for error in stay.errors] == ["room.not_ready"]
    stay.room.says = True
    await stay.messages.send("two", [], [])
    await stay.clock.settle()
    await stay.messages.retry(next(line.id for line in stay.shown if line.content == "one"))
    await stay.clock.settle()
    assert [read_text(bodies[0]).text for bodies in stay.room.said] == ["two", "one"]
    assert [(line.content, line.delivery) for line in stay.shown] == [("two", "sending"), ("one", "sending")]


async def test_a_line_of_an_earlier_stay_is_said_anew_and_shown_once(stay: Stay) -> None:
    stay.fold.note(0, replace(MINE, emote_ids=["e1"]), [])
    stay.messages.attach(stay.room, stay.me.sid)
    await stay.messages.retry(MINE.id)
    await stay.clock.settle()
    assert stay.room.said == [[write_text(TextBody("hi", ["e1"], [], MINE.id))]]
    assert [(line.id, line.delivery) for line in stay.shown] == [(MINE.id, "sending")]
    stay.room.have = stay.room.here
    stay.messages.look()
    assert stay.deliveries == ["delivered"]


@pytest.mark.parametrize("changed", [
    {"id": "2" * 32},
    {"mine": False},
    {"delivery": "sent"},
    {"delivery": "sending"},
])
async def test_nothing_else_can_be_said_again(stay: Stay, changed: dict[str, Any]) -> None:
    stay.fold.note(0, replace(MINE, **changed), [])
    stay.messages.attach(stay.room, stay.me.sid)
    with pytest.raises(ChatError) as caught:
        await stay.messages.retry(MINE.id)
    await stay.clock.settle()
    assert (caught.value.code, stay.room.said) == ("message.retry", [])


@pytest.mark.parametrize("mine", [True, False])
def test_a_line_of_another_session_is_shown_and_told(stay: Stay, mine: bool) -> None:
    author = session("a" if mine else "b", "6" * 32)
    entry = stay.hear(author, 1, write_text(TextBody("hello", ["e1"], ["j1"])))
    (line,) = stay.shown
    assert stay.heard == [line]
    at = stay.clock.iso(stay.clock.now_ms())
    assert line == ChatMessage(
        entry.id, ROOM, author.sub, author.name, at, "hello", True, ["e1"], ["j1"], "message", "received", mine
    )


async def test_at_the_end_what_nobody_has_failed_and_the_rest_stays_as_it_was(stay: Stay) -> None:
    stay.messages.attach(stay.room, stay.me.sid)
    stay.room.here = []
    await stay.messages.send("to nobody", [], [])
    await stay.clock.settle()
    stay.room.here = ["b" * 32]
    await stay.messages.send("on its way", [], [])
    await stay.clock.settle()
    stay.room.is_open = False
    await stay.messages.send("not yet said", [], [])
    stay.messages.detach(stay.room)
    assert [(line.content, line.delivery) for line in stay.shown] == [
        ("to nobody", "unheard"), ("on its way", "failed"), ("not yet said", "failed"),
    ]  # fmt: skip


async def test_the_next_session_says_what_nobody_has(stay: Stay) -> None:
    stay.messages.attach(stay.room, stay.me.sid)
    await stay.messages.send("on its way", [], [])
    await stay.clock.settle()
    stay.room.is_open = False
    await stay.messages.send("not yet said", [], [])
    old, stay.room, stay.me = stay.room, Room(stay), replace(stay.me, sid="7" * 32)
    stay.messages.attach(stay.room, stay.me.sid)
    await stay.clock.settle()
    old.is_closed = True
    stay.messages.detach(old)
    await stay.clock.settle()
    texts = [read_text(bodies[0]) for bodies in [*old.said, *stay.room.said]]
    assert [(text.text, text.again) for text in texts] == [
        ("on its way", ""), ("not yet said", ""), ("on its way", "5" + "1".zfill(31)),
    ]  # fmt: skip
    assert [(line.content, line.delivery) for line in stay.shown] == [
        ("on its way", "sending"), ("not yet said", "sending"),
    ]  # fmt: skip


def person(name: str, online: bool = True, me: bool = False) -> Participant:
    return Participant(name.lower(), name, "t", online, is_me=me)


def let_in(stay: Stay, *subs: str, by: PeerSession | None = None) -> None:
    stay.messages.comings.let_in([session(sub, "6" * 32) for sub in subs], by)


def test_who_comes_and_goes_is_told_once(stay: Stay) -> None:
    stay.messages.begin(["old"])
    let_in(stay, "old", "new")
    everybody = [person("Me", me=True), person("Old"), person("New"), person("Late", online=False)]
    stay.messages.comings.look(everybody)
    stay.messages.comings.look(everybody)
    assert [(line.type, line.sender_id, line.content) for line in stay.shown] == [("join", "new", "New joined.")]
    stay.hear(session("old", "6" * 32), LEAVE, b"")
    stay.messages.comings.look([person("Me", me=True), person("New", online=False)])
    assert [(line.type, line.sender_name, line.content) for line in stay.shown[1:]] == [
        ("leave", "Old", "Old left.")
    ]
    assert {line.room_id for line in stay.shown} == {ROOM}


def test_who_joins_is_told_when_they_can_read_and_by_whom(stay: Stay) -> None:
    stay.messages.begin([])
    stay.messages.comings.look([person("New")])
    assert stay.shown == []
    old = session("old", "7" * 32)
    let_in(stay, "new", "old", by=old)
    let_in(stay, "new", "old", "own", by=session("own", "8" * 32))
    stay.messages.comings.look([person("New"), person("Old"), person("Own")])
    assert [line.content for line in stay.shown] == [f"New joined, let in by {old.name}.", "Old joined.", "Own joined."]


def test_who_joins_is_told_above_what_they_said_in_the_same_moment(stay: Stay) -> None:
    stay.messages.begin([])
    new, old = session("new", "6" * 32), session("old", "7" * 32)
    stay.hear(old, TEXT, write_text(TextBody("old news")))
    stay.messages.comings.let_in([new], None)
    stay.hear(new, TEXT, write_text(TextBody("hello")))
    stay.messages.comings.look([person("New")])
    stay.hear(new, TEXT, write_text(TextBody("and more")))
    assert [line.content for line in stay.shown] == ["old news", "New joined.", "hello", "and more"]


async def test_who_was_cut_off_has_left_when_it_lasts(stay: Stay) -> None:
    stay.messages.begin([])
    let_in(stay, "new")
    stay.messages.comings.look([person("New")])
    await stay.clock.advance(AWAY_MS - 1)
    stay.messages.comings.look([])
    stay.messages.comings.look([person("New")])
    await stay.clock.advance(AWAY_MS - 1)
    stay.messages.comings.look([])
    assert [line.content for line in stay.shown] == ["New joined."]
    await stay.clock.advance(1)
    stay.messages.comings.look([])
    stay.messages.comings.look([])
    assert [line.content for line in stay.shown] == ["New joined.", "New left."]


def test_who_was_there_before_and_never_proved_it_leaves_unsaid(stay: Stay) -> None:
    stay.messages.begin(["old"])
    stay.messages.comings.look([])
    assert stay.shown == []


@pytest.mark.parametrize(("here", "times"), [(["b" * 32], 1), ([], 0)])
async def test_what_nobody_has_ten_seconds_after_a_reload_is_said_anew(stay: Stay, here: list[str], times: int) -> None:
    entry = stay.hear(session("a", "6" * 32), 1, write_text(TextBody("hi")))
    stay.fold.view.mark(entry.id, "sending")
    stay.messages.resume([], [entry])
    stay.room.here = here
    stay.messages.attach(stay.room, stay.me.sid)
    stay.messages.look()
    await stay.clock.advance(RESUME_MS - 1)
    stay.messages.look()
    assert stay.room.said == []
    for _ in ("at the limit", "after it"):
        await stay.clock.advance(1)
        stay.messages.look()
        stay.messages.look()
        await stay.clock.settle()
        assert stay.room.said == [[write_text(TextBody("hi", [], [], entry.id))]] * times


async def test_a_text_that_others_show_to_have_gone_is_one_less_that_rests(stay: Stay) -> None:
    body = TextBody("ok")
    lines = [stay.messages.line(f"{number:032x}", 0, body, "sending") for number in (1, 2)]
    stay.messages.resume([Waiting(line, 0, write_text(body), "", True) for line in lines], [])
    stay.messages.attach(stay.room, stay.me.sid)
    stay.hear(session("a", "6" * 32), 1, write_text(body))
    assert len(stay.shown) == 2
    stay.room.is_equal = True
    stay.messages.look()
    await stay.clock.settle()
    assert stay.room.said == [[write_text(body)]]
    assert len(stay.shown) == 2


async def test_what_a_session_that_is_over_said_to_nobody_is_still_judged(stay: Stay) -> None:
    stay.room.here = []
    stay.messages.attach(stay.room, stay.me.sid)
    await stay.messages.send("hello?", [], [])
    await stay.clock.settle()
    assert stay.deliveries == ["unheard"]
    stay.room.is_closed = True
    after = Room(stay)
    after.here = after.have = ["b" * 32]
    stay.messages.attach(after, "7" * 32)
    stay.messages.look()
    assert stay.deliveries == ["sent"]
    assert after.said == []
