"""A page's own copy of a log whose signatures were checked before, and what is added to it.

No kernel: bench/log/ times it in a browser and weighs it in Node.
"""

from __future__ import annotations

from widget.browser.clock import BrowserClock
from widget.browser.web_crypto import WebDigest
from widget.core.events import Events
from widget.core.state import State
from widget.crypto.session import PeerSession
from widget.room.book import Book
from widget.room.chain import NO_EVENT
from widget.room.entry import Entry
from widget.room.fold import Fold
from widget.room.kinds.text import TEXT, TextBody, write_text
from widget.room.log import Log
from widget.room.messages import Messages
from widget.room.readers import Readers
from widget.room.view import View
from widget.wire.credential import Credential, write_credential
from widget.wire.event import Event

PEOPLE = 5
EACH_MS = 777
START_MS = 1_795_000_000_000
IN_EPOCH = 1_024  # of one author: then another epoch is due
ROOM = "room"
WORDS = ["One", "can", "say", "much", "with", "few", "words:", "https://example.org/words", "shows", "how."]


class Authors:
    """So many people, each with a log of their own."""

    def __init__(self, people: int, first: int = 0) -> None:
        self.sessions: list[PeerSession] = [_session(first + number) for number in range(people)]
        self._last: list[Entry | None] = [None for _ in range(people)]

    def say(self, number: int, who: int, clock: int) -> Entry:
        """The next of that author's log, which is the room's event of that number."""
        author = self.sessions[who]
        last = self._last[who]
        seq = 1 if last is None else last.event.seq + 1
        words = " ".join(WORDS[: number % len(WORDS) + 1])
        event = Event(
            room_id=bytes(16),
            author=author.sid,
            seq=seq,
            prev=NO_EVENT if last is None else last.id,
            kid=f"{seq // IN_EPOCH + 1:032x}",
            clock=clock,
            at_ms=START_MS + number * EACH_MS,
            kind=TEXT,
            body_hash=f"{number:064x}",
            signature=bytes(64),
            body=write_text(TextBody(f"{number} {words}")),
        )
        entry = Entry(event, f"{number + 1:032x}", author, 0, False)
        self._last[who] = entry
        return entry


def long_log(count: int) -> list[Entry]:
    """So many events of PEOPLE, in room order."""
    authors = Authors(PEOPLE)
    return [authors.say(number, number % PEOPLE, number + 1) for number in range(count)]


class Copy:
    """All that a replica does with verified events, and what the screen is told: `hear` is one news of a neighbour.

    `me` is the number of the author who is looking, -1 for nobody.
    """

    def __init__(self, me: int) -> None:
        clock = BrowserClock(_failed)
        events = Events(clock)
        mine = _session(me)
        self._my_sid: str = mine.sid
        self.log: Log = Log(lambda: 0)
        self.state: State = State(clock, events)
        self.fold: Fold = Fold(View(clock, ROOM, False, mine.jkt, Book(WebDigest(), "", False)))
        self._readers: Readers = Readers(clock, self.log, False)
        self._messages: Messages = Messages(
            clock, WebDigest(), self.state, events, mine.sub, mine.name, ROOM, self.log, self.fold
        )

    def open(self, entries: list[Entry], now_ms: int) -> None:
        """What the page has told of in an earlier life: to be read, but no news."""
        self._take(entries, now_ms)
        self._messages.begin([])

    def hear(self, entries: list[Entry], now_ms: int) -> None:
        """As `widget/room/replica.py` goes on once signatures are checked."""
        placed = self._take(entries, now_ms)
        self._messages.heard(placed)
        for entry in placed:
            if entry.author.sid == self._my_sid:
                self.fold.view.mark(entry.id, "delivered")

    def _take(self, entries: list[Entry], now_ms: int) -> list[Entry]:
        placed: list[Entry] = []
        for entry in entries:
            placed.extend(self.log.place(entry))
        self._readers.note(placed)
        self.fold.add(placed, now_ms)
        return placed


def _session(number: int) -> PeerSession:
    sid = f"{number + 1:02x}" * 16
    key = bytes(65)
    shown = write_credential(Credential(bytes(16), sid, key, key, key, 0, 0, 0, bytes(32), bytes(64), bytes(400)))
    return PeerSession(sid, f"user{number}", f"Person {number}", bytes(32), False, key, key, 0, 0, shown, "", b"")


def _failed(_error: Exception) -> None:
    return None
