"""A room's network by hand: real pair channels, a clock that is moved, blobs that can be cut, counted and kept."""

from __future__ import annotations

from tests.fakes.people import Pair, Seat, link
from tests.fakes.realm import NOW_MS
from widget.crypto.event import body_hash, event_id, sign_event
from widget.crypto.group_step import GroupStep, PairBlob
from widget.crypto.opened import OpenedFrame
from widget.crypto.pair_channel import PairChannel
from widget.room.chain import NO_EVENT
from widget.room.kinds.text import TEXT, TextBody, write_text
from widget.wire.event import Event
from widget.wire.frame import TYPE_NEWS
from widget.wire.pair import GRANT

MAX_ROUNDS = 20_000


class Net:
    """Carries out every GroupStep at once. `cut` holds (from, to) sids whose blobs are lost."""

    def __init__(self, now_ms: int = NOW_MS) -> None:
        self.now_ms = now_ms
        self.seats: dict[str, Seat] = {}
        self.cut: set[tuple[str, str]] = set()
        self.grants: list[tuple[str, str, bytes]] = []
        self.epochs: dict[str, list[str]] = {}
        self.kinds: set[int] = set()  # of the blobs that were sent
        self.liars: set[str] = set()  # as somebody has found
        self._channels: dict[tuple[str, str], PairChannel] = {}
        self._said: dict[str, Event] = {}

    async def join(self, seat: Seat, knows: list[Seat] | None = None) -> None:
        """Link the newcomer with everybody (or those in `knows`), then let things happen."""
        others = list(self.seats.values()) if knows is None else knows
        self.seats[seat.sid] = seat
        self.epochs.setdefault(seat.sid, [])
        for other in others:
            await self.connect(seat, other)
        await self.settle()

    async def connect(self, one: Seat, other: Seat) -> Pair:
        pair = await link(one, other, self.now_ms)
        self._channels[(one.sid, other.sid)], self._channels[(other.sid, one.sid)] = pair.channels()
        of_other, of_one = pair.peers()
        step_one = await one.group.admit(of_other, self.now_ms)
        step_other = await other.group.admit(of_one, self.now_ms)
        await self.carry(one, step_one)
        await self.carry(other, step_other)
        return pair

    async def leave(self, seat: Seat) -> None:
        del self.seats[seat.sid]
        for other in list(self.seats.values()):
            await self.carry(other, await other.group.drop(seat.sid, self.now_ms))
        await self.settle()

    async def carry(self, seat: Seat, step: GroupStep) -> None:
        todo = [(seat, step)]
        while len(todo) > 0:
            sender, done = todo.pop(0)
            if done.new_epoch:
                self.epochs[sender.sid].append(sender.group.kid)
            for liar in done.liars:
                self.liars.add(liar.sid)
                sender.group.gone(liar.sid, self.now_ms, True)
                todo.append((sender, await sender.group.drop(liar.sid, self.now_ms)))
            for blob in done.blobs:
                receiver = self.seats.get(blob.to_sid)
                if receiver is not None and (sender.sid, blob.to_sid) in self._channels:
                    answer = await self._hand_over(sender, receiver, blob)
                    if answer is not None:
                        todo.append((receiver, answer))

    async def _hand_over(self, sender: Seat, receiver: Seat, blob: PairBlob) -> GroupStep | None:
        self.kinds.add(blob.blob[0])
        if blob.blob[0] == GRANT:
            self.grants.append((sender.sid, receiver.sid, blob.blob))
        if (sender.sid, receiver.sid) in self.cut:
            return None
        packet = await self._channels[(sender.sid, receiver.sid)].seal(blob.blob)
        opened = await self._channels[(receiver.sid, sender.sid)].open(packet)
        return await receiver.group.receive(sender.sid, opened, self.now_ms)

    async def settle(self) -> None:
        """Do what is due at this very moment."""
        for _ in range(MAX_ROUNDS):
            due = [seat for seat in self.seats.values() if seat.group.wake_at_ms(self.now_ms) <= self.now_ms]
            if len(due) == 0:
                return
            for seat in due:
                await self.carry(seat, await seat.group.tick(self.now_ms))
        raise AssertionError("the group never comes to rest")

    async def pass_time(self, duration_ms: int) -> None:
        """Move the clock from one wake to the next."""
        end_ms = self.now_ms + duration_ms
        for _ in range(MAX_ROUNDS):
            wakes = [seat.group.wake_at_ms(self.now_ms) for seat in self.seats.values()]
            next_ms = min([*wakes, end_ms])
            self.now_ms = min(max(next_ms, self.now_ms), end_ms)
            await self.settle()
            if self.now_ms >= end_ms:
                return
        raise AssertionError("time does not pass")

    async def event(self, seat: Seat, text: str) -> Event:
        """A line of that seat, the next of its log."""
        crypto, before = seat.person.crypto, self._said.get(seat.sid)
        body = write_text(TextBody(text))
        event = Event(
            room_id=seat.session.room_id,
            author=seat.sid,
            seq=1 if before is None else before.seq + 1,
            prev=NO_EVENT if before is None else await event_id(crypto, before),
            kid=seat.group.kid,
            clock=1 if before is None else before.clock + 1,
            at_ms=self.now_ms,
            kind=TEXT,
            body_hash=await body_hash(crypto, body),
            body=body,
        )
        self._said[seat.sid] = await sign_event(crypto, seat.session, event)
        return self._said[seat.sid]

    async def text(self, seat: Seat, text: str) -> bytes:
        """A sealed line of that seat."""
        return await seat.group.seal(TYPE_NEWS, [await self.event(seat, text)])

    async def deliver(self, packet: bytes, sender: Seat, receiver: Seat) -> OpenedFrame | None:
        return await receiver.group.open(packet, sender.sid, self.now_ms)

    def reached_from(self, sid: str) -> set[str]:
        """Everybody whom blobs of that session can reach, through others too."""
        found, todo = {sid}, [sid]
        while len(todo) > 0:
            at = todo.pop()
            nearby = {to for start, to in self._channels if start == at and to in self.seats} - found
            found |= nearby
            todo += nearby
        return found

    def agreed(self) -> bool:
        """Everybody sends under the same epoch, and everybody is in it."""
        kids = {seat.group.kid for seat in self.seats.values()}
        return len(kids) == 1 and all(seat.group.roster == sorted(self.seats) for seat in self.seats.values())
