"""A room whose members all sit in this page: each with a group of its own, and between any two a pair channel.

No kernel: bench/group/ times it in a browser, step by step. Time is moved by hand.
"""

from __future__ import annotations

from bench.kernels.post import Packet, Post
from bench.kernels.seats import Seat, Site, open_site
from widget.browser.web_crypto import web_crypto
from widget.crypto.event import body_hash, check_event, event_id, sign_event
from widget.crypto.keys import CountedKey
from widget.crypto.pair_channel import PairChannel
from widget.errors import OrderError
from widget.ports import Crypto
from widget.room.chain import NO_EVENT
from widget.room.kinds.text import TEXT, TextBody, write_text
from widget.wire.event import Event
from widget.wire.frame import TYPE_NEWS

START_MS = 1_795_000_000_000
REST_MS = 6_000  # past every pause between two epochs, with a STATE of everybody
PATIENCE = 50  # times that the issuer may look at the clock until its turn has come


class KeyRoom:
    """`fill`, then in turn: `arrive`, `link`, `issue`, `take`, `join`; `seal`, `open`; `part`, `issue`, `take`; after
    each change `check` and `rest`. The first seat, which is the host's, issues; who arrives has the last."""

    def __init__(self) -> None:
        self._crypto: Crypto = web_crypto()
        self._post: Post = Post()
        self._site: Site | None = None
        self._seats: list[Seat] = []
        self._gone: Seat | None = None
        self._said: dict[str, Event] = {}
        self._frames: list[Packet] = []

    def counted(self) -> list[int]:
        """Bytes of packets since this was last asked: among those who were in, and from and to who arrived; then what
        of each was told to whom chance picks."""
        return self._post.counted()

    async def fill(self, count: int) -> None:
        """So many members at rest. Their links come from nowhere: only what follows is timed."""
        self._post.now_ms = START_MS
        self._site = await open_site(self._crypto, START_MS)
        for _ in range(count):
            await self.arrive()
            for other in self._seats[:-1]:
                await self._know(self._seats[-1], other)
        for seat in self._seats:
            for other in self._seats:
                if other.sid != seat.sid:
                    await self._post.carry(seat, await seat.group.admit(other.session.me, START_MS))
        await self.rest()

    async def arrive(self) -> None:
        """Somebody signs in and has a session; nobody has met it."""
        if self._site is not None:
            seat = await self._site.enter(self._post.now_ms)
            self._seats.append(seat)
            self._post.open_box(seat)
            self._post.newcomer = seat.sid

    async def link(self) -> None:
        """Its handshakes with everybody, both ends of them."""
        self._post.is_counted = True
        seat = self._seats[-1]
        for other in self._seats[:-1]:
            await self._shake(seat, other)

    def part(self) -> None:
        """Who arrived last goes; the others hear of it one after the other, as they `issue` and `take`."""
        self._gone = self._seats.pop()
        self._post.close_box(self._gone.sid)
        self._post.newcomer = ""

    async def issue(self) -> None:
        """The host hears the news and makes an epoch, with a packet for each of the others."""
        self._post.is_counted = True
        host = self._seats[0]
        before = host.group.kid
        await self._hear(host)
        for _ in range(PATIENCE):
            if host.group.kid != before:
                return
            self._post.now_ms = host.group.wake_at_ms(self._post.now_ms)
            await self._post.carry(host, await host.group.tick(self._post.now_ms))
        raise OrderError("bench", "no epoch was made")

    async def take(self) -> None:
        """Everybody else who was in hears the news and takes the epoch."""
        for seat in self._seats[1:]:
            if seat.sid != self._post.newcomer:
                await self._hear(seat)

    def share(self) -> float:
        """How many times the work of `take` all those have who were in: here everybody takes."""
        return 1.0

    async def join(self) -> None:
        """Who arrived takes the epoch."""
        await self._hear(self._seats[-1])

    def check(self) -> None:
        """Raises unless all share one epoch, of exactly those here."""
        names = sorted([seat.sid for seat in self._seats])
        for seat in self._seats:
            group = seat.group
            if group.kid != self._seats[0].group.kid or sorted(group.roster) != names:
                raise OrderError("bench", "the members do not agree")

    async def rest(self) -> None:
        """What is left to say is said, and time passes: nobody has reason for another epoch."""
        self._gone = None
        self._post.is_counted = False
        await self._post.pass_time(REST_MS)
        self.check()

    def readers(self) -> int:
        """How many share the host's epoch."""
        return len(self._seats[0].group.roster)

    async def seal(self, count: int, authors: int) -> None:
        """So many lines, signed and sealed, by the first `authors` in turn, or as many as there are but the last."""
        self._frames = []
        for number in range(count):
            seat = self._seats[number % min(authors, len(self._seats) - 1)]
            packet = await seat.group.seal(TYPE_NEWS, [await self._line(seat, number)])
            self._frames.append(Packet(seat.sid, packet, True))
            self._post.count(seat.sid, "all", len(packet))

    async def open(self) -> int:
        """The last opens them and checks their signatures; how many were good."""
        good = 0
        for packet in self._frames:
            opened = await self._seats[-1].group.open(packet.data, packet.from_sid, self._post.now_ms)
            if opened is not None:
                for event in opened.events:
                    await self._read(event)
                    good += 1
        return good

    async def _read(self, event: Event) -> None:
        """As `widget/room/replica.py` takes an event of somebody it knows: CwError when it is not theirs."""
        author = self._seats[-1].group.member(event.author)
        await event_id(self._crypto, event)
        if author is None:
            raise OrderError("bench", "an author whom nobody met")
        await check_event(self._crypto, event, author)

    async def _hear(self, seat: Seat) -> None:
        """The news: who went, and all that was sent."""
        if self._gone is not None:
            await self._post.carry(seat, await seat.group.drop(self._gone.sid, self._post.now_ms))
        await self._post.fetch(seat)

    async def _know(self, one: Seat, other: Seat) -> None:
        there, back = await self._key(), await self._key()
        one.channels[other.sid] = PairChannel(there, back)
        other.channels[one.sid] = PairChannel(back, there)

    async def _key(self) -> CountedKey:
        random = self._crypto.digest.random
        return CountedKey(self._crypto, await self._crypto.aead.key(random(32)), random(12))

    async def _shake(self, one: Seat, other: Seat) -> None:
        """Their handshake; what each said first waits until it is fetched."""
        now_ms = self._post.now_ms
        first, second = one.handshake(other.sid), other.handshake(one.sid)
        hellos = [first.hello(), second.hello()]
        binds = [*await first.receive(hellos[1], now_ms), *await second.receive(hellos[0], now_ms)]
        await first.receive(binds[1], now_ms)
        await second.receive(binds[0], now_ms)
        self._post.count(one.sid, other.sid, sum([len(packet) for packet in [*hellos, *binds]]))
        for seat, shaken in [(one, first), (other, second)]:
            if shaken.peer is None or shaken.channel is None:
                raise OrderError("bench", "a handshake came to nothing")
            seat.channels[shaken.peer.sid] = shaken.channel
            self._post.put(seat.sid, Packet(shaken.peer.sid, shaken.heard, False))
            await self._post.carry(seat, await seat.group.admit(shaken.peer, now_ms))

    async def _line(self, seat: Seat, number: int) -> Event:
        """The next of that member's log."""
        before = self._said.get(seat.sid)
        body = write_text(TextBody(f"A line that is neither short nor long, and its number is {number}."))
        event = Event(
            room_id=seat.session.room_id,
            author=seat.sid,
            seq=1 if before is None else before.seq + 1,
            prev=NO_EVENT if before is None else await event_id(self._crypto, before),
            kid=seat.group.kid,
            clock=1 if before is None else before.clock + 1,
            at_ms=self._post.now_ms,
            kind=TEXT,
            body_hash=await body_hash(self._crypto, body),
            body=body,
        )
        self._said[seat.sid] = await sign_event(self._crypto, seat.session, event)
        return self._said[seat.sid]
