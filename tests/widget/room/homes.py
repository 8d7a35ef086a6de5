"""Replicas of people whose keys and group are real; what they send each other is carried by hand."""

from __future__ import annotations

from dataclasses import replace

from tests.fakes.clock import HandClock
from tests.fakes.groups import seats_for
from tests.fakes.net import Net
from tests.fakes.people import Seat
from tests.widget.room.screen import screen, texts
from widget.crypto.event import body_hash, event_id, sign_event
from widget.crypto.limits import REKEY_INTERVAL_MS
from widget.crypto.opened import OpenedFrame
from widget.crypto.session import PeerSession
from widget.room.chain import NO_EVENT
from widget.room.entry import Entry
from widget.room.kinds.text import TEXT, TextBody, write_text
from widget.room.log import Log
from widget.room.readers import Readers
from widget.room.replica import Replica
from widget.wire.event import Event
from widget.wire.frame import TYPE_ANSWER, TYPE_NEWS
from widget.wire.notes import Fetch, Fork, read_note


class Home:
    """What one member's replica asked of the room, and what it told."""

    def __init__(self, net: Net, clock: HandClock, seat: Seat, before: Replica | None = None) -> None:
        log = Log(lambda: 0) if before is None else before.log
        readers = Readers(clock, log, False) if before is None else before.readers
        self.net = net
        self.seat = seat
        self.notes: list[tuple[str, bytes]] = []
        self.packets: list[tuple[str, bytes]] = []
        self.asked: list[tuple[str, str]] = []
        self.heard: list[Entry] = []
        self.gone: list[PeerSession] = []
        self.liars: list[PeerSession] = []
        self.decisions_made = 0
        fold = screen(seat.session.me.jkt)
        self.replica = Replica(
            clock, seat.person.crypto, seat.session, seat.group, self, log, readers, fold, fold.view.book
        )
        self._last: Event | None = None

    @property
    def sid(self) -> str:
        return self.seat.sid

    @property
    def texts(self) -> list[str]:
        return texts(self.replica.fold)

    def drops(self) -> dict[int, int]:
        return self.seat.group.drops

    async def sign(self, event: Event) -> Event:
        return await sign_event(self.seat.person.crypto, self.seat.session, event)

    async def event(self, text: str, kind: int = TEXT, **changes: object) -> Event:
        """The next that this member signs, whether its own replica knows of it or not."""
        crypto, last = self.seat.person.crypto, self._last
        body = write_text(TextBody(text)) if kind == TEXT else text.encode()
        event = Event(
            room_id=self.seat.session.room_id,
            author=self.sid,
            seq=1 if last is None else last.seq + 1,
            prev=NO_EVENT if last is None else await event_id(crypto, last),
            kid=self.seat.group.kid,
            clock=1 if last is None else last.clock + 1,
            at_ms=self.net.now_ms,
            kind=kind,
            body_hash=await body_hash(crypto, body),
            body=body,
        )
        self._last = await self.sign(replace(event, **changes))  # type: ignore[arg-type]
        return self._last

    async def events(self, count: int) -> list[Event]:
        return [await self.event(f"line {number}") for number in range(count)]

    async def take(self, via: Home, *events: Event, frame_type: int = TYPE_NEWS) -> list[int]:
        """The reasons for which something was refused, in order of their numbers."""
        before = dict(self.drops())
        await self.replica.take(OpenedFrame(via.sid, frame_type, list(events)))
        return sorted([reason for reason, count in self.drops().items() for _ in range(count - before.get(reason, 0))])

    async def take_answer(self, via: Home, *events: Event) -> list[int]:
        return await self.take(via, *events, frame_type=TYPE_ANSWER)

    def forks(self) -> list[tuple[str, Fork]]:
        """The proofs that were sent, and to whom."""
        told = [(sid, read_note(blob)) for sid, blob in self.notes]
        return [(sid, note) for sid, note in told if isinstance(note, Fork)]

    def fetches(self) -> list[tuple[str, Fetch]]:
        """What was asked for, and of whom."""
        told = [(sid, read_note(blob)) for sid, blob in self.notes]
        return [(sid, note) for sid, note in told if isinstance(note, Fetch)]

    async def open(self, packet: bytes, via: Home) -> OpenedFrame | None:
        return await self.seat.group.open(packet, via.sid, self.net.now_ms)

    # What a replica asks of the room.

    def reached(self) -> list[str]:
        return [sid for sid in self.seat.group.roster if sid != self.sid]

    def send_note(self, sid: str, blob: bytes) -> None:
        self.notes.append((sid, blob))

    def send(self, sid: str, packet: bytes) -> bool:
        self.packets.append((sid, packet))
        return True

    def ask_who(self, via_sid: str, sid: str) -> None:
        self.asked.append((via_sid, sid))

    def said(self, entries: list[Entry]) -> None:
        self.heard.extend(entries)

    def left(self, author: PeerSession) -> None:
        self.gone.append(author)

    def held(self) -> None:
        return

    async def decided(self) -> None:
        self.decisions_made += 1

    def forked(self, author: PeerSession) -> None:
        self.liars.append(author)


async def homes_of(clock: HandClock, count: int, outside: int = 0) -> list[Home]:
    """So many members of a room; the last ones are `outside`, whom nobody has met."""
    seats = await seats_for(count + outside)
    net = Net()
    for seat in seats[:count]:
        await net.join(seat)
    await net.pass_time(2 * REKEY_INTERVAL_MS)
    assert net.agreed() or outside > 0
    homes = [Home(net, clock, seat) for seat in seats]
    for home in homes[:count]:
        group = home.seat.group
        members = [member for member in (group.member(sid) for sid in group.roster) if member is not None]
        home.replica.adopted(group.kid, members)
    return homes
