"""The reducer: what others said is placed in the log and folded, in room order, into the lines that people see."""

from __future__ import annotations

from bench.kernels.open_frame import StillDigest
from bench.kernels.still_clock import StillClock
from widget.crypto.session import PeerSession
from widget.errors import CwError
from widget.model import ChatMessage
from widget.room.book import Book
from widget.room.entry import Entry
from widget.room.fold import Fold
from widget.room.kinds.text import TEXT, TextBody, write_text
from widget.room.log import Log
from widget.room.view import View
from widget.wire.event import Event

ROOM_OF = 400
PEOPLE = 5
EACH_MS = 100
START_MS = 1_795_000_000_000
SWAPPED = 40  # once in so many events, two of one author come in the wrong order: one waits, both land above others


class Kernel:
    """One time is one event; after 400 the room is new."""

    def __init__(self) -> None:
        self._entries: list[Entry] = [_entry(number) for number in range(ROOM_OF)]
        for number in range(SWAPPED // 4, ROOM_OF, SWAPPED):
            early = self._entries[number]
            self._entries[number] = self._entries[number + PEOPLE]
            self._entries[number + PEOPLE] = early

    def run(self, times: int) -> str:
        heard = 0
        lengths = 0
        shown: list[ChatMessage] = []
        log, fold = _room()
        for number in range(times):
            place = number % ROOM_OF
            if place == 0:
                log, fold = _room()
            try:
                placed = log.place(self._entries[place])
            except CwError:
                placed = []
            if len(placed) > 0:
                fold.add(placed, place * EACH_MS)
                shown = list(fold.view.lines)
                heard += len(placed)
                lengths += len(shown)
        last = shown[-1]
        return f"{heard} {lengths} {log.clock} {last.id} {last.sender_name} {last.timestamp} {last.content}"


def _room() -> tuple[Log, Fold]:
    return Log(lambda: 0), Fold(View(StillClock(), "room", False, b"user0", Book(StillDigest(), "", False)))


def _entry(number: int) -> Entry:
    who = number % PEOPLE
    body = write_text(TextBody(f"Message {number}, which is neither short nor long.", [], []))
    sid = f"{who}" * 32
    event = Event(
        room_id=bytes(16),
        author=sid,
        seq=number // PEOPLE + 1,
        prev=_name(number - PEOPLE),
        kid="00112233445566778899aabbccddeeff",
        clock=number + 1,
        at_ms=START_MS + number * 777,
        kind=TEXT,
        body_hash="",
        body=body,
    )
    author = PeerSession(sid, f"user{who}", f"Person {who}", b"", False, b"", b"", 0, 0, b"", "", b"")
    return Entry(event, _name(number), author, number * EACH_MS, False)


def _name(number: int) -> str:
    return f"{max(number + 1, 0):032x}"
