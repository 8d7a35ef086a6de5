"""What several people said gives the same lines in whatever order it comes."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from widget.crypto.session import PeerSession
from widget.errors import CwError
from widget.ports import Deferred
from widget.room.book import Book
from widget.room.entry import Entry
from widget.room.fold import Fold
from widget.room.kinds.leave import LEAVE
from widget.room.kinds.room_name import ROOM_NAME, room_name
from widget.room.kinds.text import TEXT, TextBody, write_text
from widget.room.chain import Forked, contradicts
from widget.room.log import Log
from widget.room.view import View
from widget.wire.event import Event

PEOPLE = 3


class Still:
    """A clock that stands."""

    def now_ms(self) -> int:
        return 0

    def steady_ms(self) -> int:
        return 0

    def iso(self, ms: int) -> str:
        return f"at {ms}"

    def after(self, delay_ms: int, action: Callable[[], None]) -> Callable[[], None]:
        return action

    def spawn(self, work: Coroutine[Any, Any, None]) -> None:
        raise ValueError("nothing is started here")

    def deferred(self) -> Deferred:
        raise ValueError("nothing is awaited here")


class NoDigest:
    """Nothing has to be hashed."""

    def random(self, length: int) -> bytes:
        return bytes(length)

    async def sha256(self, data: bytes) -> bytes:
        return data[:32]

    async def sha256_all(self, parts: list[bytes]) -> list[bytes]:
        return [await self.sha256(part) for part in parts]

    async def hmac_sha256(self, key: bytes, data: bytes) -> bytes:
        return data[:32]

    async def hkdf_sha256(self, key: bytes, salt: bytes, info: bytes, length: int) -> bytes:
        return key[:length]


def said(number: int, kind: int, body: bytes | None, story: int = 0) -> Entry:
    """Everybody speaks in turn; another `story` is another event of the same number."""
    who = number % PEOPLE
    sid = f"{who + 7:x}" * 32
    prev = f"{max(number - PEOPLE + 1, 0):032x}"
    event = Event(bytes(16), sid, number // PEOPLE + 1, prev, "ee" * 16, number // 2 + number % PEOPLE * 9 + 1, number, kind, "")
    event.body = body
    person = PeerSession(sid, f"sub{who}", f"Person {who}", f"sub{who}".encode(), who == 0, b"", b"", 0, 0, b"", "", b"")
    return Entry(event, f"{number + 1 + story * 65536:032x}", person, number * 1000, number % 7 == 0)


def text(number: int, again: str = "") -> Entry:
    return said(number, TEXT, write_text(TextBody(f"line {number}", ["e"] if number % 5 == 0 else [], [], again)))


def take(log: Log, fold: Fold, entry: Entry, now_ms: int) -> None:
    try:
        placed = log.place(entry)
        if len(placed) > 0:
            fold.add(placed, now_ms)
    except Forked as fork:
        known = fork.known
        seq = contradicts(entry, known)
        fold.remove(log.cut(entry.event.author, seq))
        print("forked", entry.event.author[0], fork.reason)
    except CwError as error:
        print("refused", error.reason)


def main() -> None:
    entries = [text(number) for number in range(24)]
    entries[6] = said(6, ROOM_NAME, "Owls".encode())
    entries[8] = said(8, TEXT, b"no text")
    entries[10] = said(10, TEXT, None)
    entries[13] = text(13, entries[4].id)
    entries[15] = said(15, 77, b"later")
    entries[20] = said(20, LEAVE, b"")
    for step in [1, 5, 7, 11]:
        log, fold = Log(lambda: 0), Fold(View(Still(), "room", True, b"sub1", Book(NoDigest(), "sub0", False)))
        for turn in range(24):
            number = turn * step % 24
            take(log, fold, entries[number], 20_000 if number == 3 else number * 1000)
        view = fold.view
        print(step, log.clock, log.count(), room_name(view), sorted(fold.refused.items()))
        print([f"{line.content} {line.sender_name} {line.timestamp} {line.mine} {line.emote_ids}" for line in view.lines])
        print([(line.content, line.flags) for line in view.lines if len(line.flags) > 0])
        print([(head.author[0], head.seq, head.id) for digit in "789a" for head in log.heads(digit)])
        print(view.mark(entries[1].id, "sent"), view.mark(entries[1].id, "sent"), [line.delivery for line in view.lines][:4])
        take(log, fold, said(9, TEXT, write_text(TextBody("another story")), 1), 0)
        take(log, fold, said(12, TEXT, write_text(TextBody("too late"))), 0)
        print([line.content for line in view.lines], log.count(), log.heads("7"))
