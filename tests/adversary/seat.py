"""A member who sends whatever is well formed, at any time: signed with its own keys, sealed for real links."""

from __future__ import annotations

import random
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace
from typing import Any

from tests.fakes.world import Someone
from widget.crypto.event import body_hash, sign_event
from widget.crypto.live_epoch import LiveEpoch
from widget.crypto.session import PeerSession
from widget.errors import ChatError
from widget.room.chain import NO_EVENT
from widget.room.kinds.decision import DECISION
from widget.room.kinds.leave import LEAVE
from widget.room.kinds.text import TEXT, TextBody, write_text
from widget.wire.change import change_from
from widget.wire.codec import Writer
from widget.wire.decision import ADMIT, BAN, HIDE, INVITE, LIFT, ON, REMOVE, ROLE, Decision, write_decision
from widget.wire.epoch import Epoch, commit_input, epoch_signed, stated, write_epoch
from widget.wire.event import Event
from widget.wire.frame import TYPE_ANSWER, TYPE_NEWS
from widget.wire.notes import Head, write_ask, write_beat, write_book, write_fetch, write_fork, write_heads, write_lack
from widget.wire.packet import TAG_BIND, TAG_FRAME, TAG_HELLO, TAG_PAIR
from widget.wire.pair import (
    Pulse,
    Shown,
    write_changed,
    write_grant,
    write_pulse,
    write_seek,
    write_shown,
    write_state,
    write_want,
    write_who,
    write_whole,
)

Act = Callable[["Adversary"], Awaitable[None]]


class Adversary:
    """`eve` has joined as anybody does, and would like `helped`, who were removed, to be in every epoch."""

    def __init__(self, eve: Someone, seed: int, helped: list[PeerSession]) -> None:
        self.eve = eve
        self.seed = seed
        self.dice = random.Random(seed)
        self.helped = helped
        self.acts = 0
        self._seen: list[bytes] = []
        self._events: list[Event] = []
        self._told_n = 0
        self._room = eve.stay.peers.replica._session.room_id.hex()
        self._sid = ""
        self._is_coming = False
        self._used: set[int | str] = set()  # numbers and epochs before: to use one twice is to be found out
        self._set_on()

    async def act(self) -> None:
        """One thing, whatever it is."""
        if not self._is_here() or self.eve.stay.peers.is_closed or len(self._others()) == 0:
            return
        self.acts += 1
        await self.dice.choice(ACTS)(self)

    def is_out_of(self, someone: Someone) -> bool:
        """That one takes no epoch with this session any more, for it lied, or said goodbye."""
        if self._is_here():
            self._sid = self.eve.stay.me.sid
        return someone.stay.peers.group.is_expelled(self._sid)

    async def come_again(self) -> None:
        """A new session costs nothing."""
        room = self.eve.chat.get_state().room
        assert room is not None
        await self.eve.chat.leave_room()
        await self.eve.chat.join_room(room.room_id)
        self._set_on()

    def begin_again(self) -> None:
        """Comes again meanwhile, if the service lets her; else when she is told to again."""
        if not self._is_coming:
            self._is_coming = True
            self.eve.clock.spawn(self._begin_again())

    async def _begin_again(self) -> None:
        with suppress(ChatError):  # the service keeps her out
            if self._is_here():
                await self.eve.chat.leave_room()
            await self.eve.chat.join_room(self._room)
            self._set_on()
        self._is_coming = False

    def _is_here(self) -> bool:
        return self.eve.chat._rooms.session is not None

    def _set_on(self) -> None:
        """Who helps takes no decision."""
        if len(self.helped) > 0:
            self.eve.stay.peers.book.take = lambda entries, refused: False  # type: ignore[method-assign]

    # What it draws from.

    @property
    def _group(self):  # type: ignore[no-untyped-def]
        return self.eve.stay.peers.group

    @property
    def _current(self) -> LiveEpoch | None:
        current: LiveEpoch | None = self._group._keyring.frames.current
        return current

    def _everybody(self) -> dict[str, str]:
        found = {} if self._current is None else self._current.hashes()
        return {sid: found[sid] for sid in sorted(found)}

    def _others(self) -> list[str]:
        return list(self.eve.stay.peers.neighbours.known)

    def _somebody(self) -> str:
        return self.dice.choice([*self._others(), self.eve.stay.me.sid, self.dice.randbytes(16).hex()])

    def _roster(self) -> dict[str, str]:
        """Some of those it knows, itself nearly always."""
        peers = [*[self._group.member(sid) for sid in self._others()], *self.helped]
        some = [peer for peer in peers if peer is not None and self.dice.random() < 0.8]
        named = {peer.sid: peer.credential_hash for peer in some}
        if self.dice.random() < 0.95:
            named[self.eve.stay.me.sid] = self.eve.stay.me.credential_hash
        if self.dice.random() < 0.1:
            named[self.dice.randbytes(16).hex()] = self.dice.randbytes(32).hex()
        return {sid: named[sid] for sid in sorted(named)}

    async def _tell(self, blob: bytes) -> None:
        for sid in self._others():
            if self.dice.random() < 0.7:
                await self.eve.stay.peers.send_blob(sid, blob)

    def _number(self) -> int:
        n = 0 if self._current is None else self._current.n
        return max(0, self.dice.choice([n - 1, n, n + 1, n + 1, n + 2, n + 4000, n + 5000, 2**32 - 1]))

    # Epochs.

    async def _signed(self, epoch: Epoch) -> tuple[bytes, bytes]:
        """E and her signature, whoever is said to have issued it."""
        body, session = write_epoch(epoch), self.eve.stay.peers.replica._session
        epoch_hash = await self.eve.platform.crypto.digest.sha256(body)
        said = epoch_signed(epoch.room_id, epoch.issuer, stated(body, epoch_hash))
        return body, await self.eve.platform.crypto.signatures.sign(session.signing, said)

    async def _epoch(self, secret: bytes, **changes: Any) -> Epoch:
        """The next one, as it should be but for the changes."""
        fields: dict[str, Any] = {
            "room_id": self.eve.stay.peers.replica._session.room_id,
            "n": 0 if self._current is None else self._current.n + 1,
            "prev": "00" * 32 if self._current is None else self._current.hash.hex(),
            "issuer": self.eve.stay.me.sid,
            "reason": 2,
            "commit": await self.eve.platform.crypto.digest.sha256(commit_input(secret)),
            "book": self.eve.stay.peers.book.hash,
        }
        return Epoch(**{**fields, **changes})

    def _once(self, n: int) -> dict[str, Any]:
        """That number or the next, after the epoch that she holds or one that nobody knows."""
        while n in self._used and n < 2**32 - 1:
            n += 1
        prev = self.dice.randbytes(32).hex() if self._current is None else self._current.hash.hex()
        if prev in self._used:
            prev = self.dice.randbytes(32).hex()
        self._used |= {n, prev}
        return {"n": n, "prev": prev}

    async def strike(self) -> None:
        """One epoch with one thing wrong, made to hurt, to those whom it hurts."""
        secret, everybody = self.dice.randbytes(32), self._everybody()
        victim = self.dice.choice(self._others())
        without = {sid: name for sid, name in everybody.items() if sid != victim}
        wrong: dict[str, Any] = self.dice.choice(
            [
                {}, {"issuer": self.dice.choice(self._others())}, {"roster": without}, {"n": 2**32 - 1 - self.acts},
                {"roster": {**everybody, victim: self.dice.randbytes(32).hex()}}, {"room_id": bytes(16)},
                {"book": self.dice.randbytes(32)}, {"roster": {victim: everybody.get(victim, bytes(32).hex())}},
            ]
        )  # fmt: skip
        next_one = {"roster": everybody, **self._once(0 if self._current is None else self._current.n + 1)}
        body, signature = await self._signed(await self._epoch(secret, **{**next_one, **wrong}))
        told = self.dice.choice([[victim], [sid for sid in self._others() if sid != victim], self._others()])
        is_true = len(wrong) > 0 or self.dice.random() < 0.5
        for sid in told:
            granted = secret if is_true else self.dice.randbytes(32)
            await self.eve.stay.peers.send_blob(sid, write_grant(body + signature, granted))

    async def two_faced(self, how: str) -> None:
        """An epoch to these and another to those: of one number, after one, in a row, or after what nobody knows."""
        sids = self.dice.sample(self._others(), len(self._others()))
        before = self._current
        assert before is not None
        self._told_n = max(self._told_n, before.n)
        prev = before.hash.hex()
        if how in ("row", "blind") and prev in self._used:  # she still holds it: two after one would be proved
            prev = self.dice.randbytes(32).hex()
        for half in (sids[: len(sids) // 2], sids[len(sids) // 2 :]):
            self._told_n += int(how != "number" or half[0] == sids[0])
            secret = self.dice.randbytes(32)
            self._used.add(prev)
            epoch = await self._epoch(secret, n=self._told_n, prev=prev, roster=self._everybody())
            body, signature = await self._signed(epoch)
            for sid in half:
                await self.eve.stay.peers.send_blob(sid, write_grant(body + signature, secret))
            if how == "row":
                prev = (await self.eve.platform.crypto.digest.sha256(body)).hex()
            elif how != "prev":
                prev = self.dice.randbytes(32).hex()

    async def twice(self) -> None:
        if self.dice.random() < 0.05 and len(self._others()) > 1 and self._current is not None:
            await self.two_faced(self.dice.choice(["number", "prev"]))

    async def grant(self) -> None:
        roster = self._roster()
        if len(roster) == 0:
            return
        secret, sid = self.dice.randbytes(32), self.eve.stay.me.sid
        epoch = await self._epoch(
            secret,
            roster=roster,
            **{**self._once(self._number()), **self.dice.choice([{}, {"prev": self.dice.randbytes(32).hex()}])},
            issuer=self.dice.choice([sid, sid, *roster]),
            reason=self.dice.randrange(1, 8),
            book=self.dice.choice([self.eve.stay.peers.book.hash, bytes(32), self.dice.randbytes(32)]),
        )
        body, signature = await self._signed(epoch)
        current = self._current
        if current is None or self.dice.random() < 0.5:
            await self._tell(write_grant(body + signature, secret))
        else:
            change = change_from(current.hashes(), body, roster, signature, secret)
            went = change.went if self.dice.random() < 0.9 else [self.dice.randbytes(16).hex()]
            await self._tell(write_changed(replace(change, went=went)))

    async def state(self) -> None:
        await self._tell(write_state(self._number(), self.dice.randbytes(16).hex(), self.dice.randrange(70)))

    async def ask(self) -> None:
        await self._tell(
            self.dice.choice(
                [
                    write_want(self.dice.randbytes(32).hex()),
                    write_who(self._somebody()),
                    write_seek(self._somebody(), self.dice.choice([0, self.eve.clock.now_ms(), 2**48 - 1])),
                    write_pulse(Pulse(self._somebody(), self.eve.clock.now_ms(), self.dice.randbytes(64))),
                    write_whole(),
                    write_ask(self.dice.choice([self.eve.stay.peers.book.hash.hex(), self.dice.randbytes(32).hex()])),
                    write_fetch(self._somebody(), self.dice.randrange(9), self.dice.randrange(2**32)),
                    write_lack(self._somebody(), 0, self.dice.randrange(2**32)),
                ]
            )
        )

    async def show(self) -> None:
        me = self.eve.stay.me
        peer = self._group.member(self._somebody()) or me
        await self._tell(write_shown(peer.credential, peer.psk_proof))

    # The log.

    async def beat(self) -> None:
        digests = [self.dice.randbytes(8).hex() for _ in range(16)]
        await self._tell(write_beat(self.dice.random() < 0.5, 1, self.dice.randrange(2**32), digests))

    async def heads(self) -> None:
        made = [
            Head(self._somebody(), self.dice.randrange(5), self.dice.randrange(2**32), self.dice.randbytes(16).hex())
            for _ in range(self.dice.randrange(1, 9))
        ]
        await self._tell(write_heads(made))

    async def say(self) -> None:
        """A text of any number, before, clock and time; sometimes handed on again."""
        event = await self._event(TEXT, write_text(TextBody(f"Eve {self.acts}")))
        if self.dice.random() < 0.3 and len(self._events) > 0:
            event = self.dice.choice(self._events)
        self._events.append(event)
        await self._frame([event])

    async def decide(self) -> None:
        subs = [peer.sub for peer in self._group.members()]
        op = self.dice.choice([REMOVE, LIFT, ROLE, ADMIT, INVITE])
        decision = Decision(
            op, self.dice.choice(subs), self.dice.choice([0, ON, BAN + HIDE]), "somebody",
            {sid: self.dice.randrange(3) for sid in self._others()}, [self.dice.randbytes(16).hex()],
            b"\x00\x02" + self.dice.randbytes(14) if op == INVITE else b"",
        )  # fmt: skip
        event = await self._event(DECISION, write_decision(decision))
        if self.dice.random() < 0.5:
            await self._frame([event])
        else:
            me = self.eve.stay.me
            await self._tell(write_book(True, [Shown(me.credential, me.psk_proof)], [event]))

    async def odd_kind(self) -> None:
        await self._frame([await self._event(self.dice.choice([0, 2, 3, DECISION, 200]), self.dice.randbytes(40))])

    async def forge(self) -> None:
        """In another's name, or changed after it was signed."""
        author = self.dice.choice(self._others())
        event = await self._event(TEXT, write_text(TextBody("not mine")))
        await self._frame([replace(event, author=author, head=b"")])

    async def fork(self) -> None:
        if self.dice.random() < 0.02 and len(self._events) > 1:
            await self._tell(write_fork(self._events[-1].bare(), self._events[-2].bare()))

    async def leave(self) -> None:
        if self.dice.random() < 0.02:
            await self._frame([await self._event(LEAVE, b"")])

    async def replay(self) -> None:
        if len(self._seen) > 0:
            await self._send(self.dice.choice(self._seen))

    # Packets.

    async def noise(self) -> None:
        tag = self.dice.choice([TAG_HELLO, TAG_BIND, TAG_FRAME, TAG_PAIR, 0])
        await self._send(Writer().u8(tag).raw(self.dice.randbytes(self.dice.randrange(400))).done())

    async def blob_noise(self) -> None:
        await self._tell(Writer().u8(self.dice.randrange(30)).raw(self.dice.randbytes(self.dice.randrange(90))).done())

    async def hello(self) -> None:
        for sid in self._others():
            await self._to(sid, self.eve.stay.peers.seat.handshake(sid, None).hello())

    async def _send(self, packet: bytes) -> None:
        for sid in self._others():
            await self._to(sid, packet)

    async def _to(self, sid: str, packet: bytes) -> None:
        neighbour = self.eve.stay.peers.neighbours.known.get(sid)
        best = None if neighbour is None else neighbour.pair.best()
        if best is not None:
            best.send(packet)

    async def _frame(self, events: list[Event]) -> None:
        if not self._group.ready():
            return
        packet = await self._group.seal(self.dice.choice([TYPE_NEWS, TYPE_NEWS, TYPE_ANSWER]), events)
        self._seen = [*self._seen[-20:], packet]
        for sid in self._others():
            if self.dice.random() < 0.7:
                self.eve.stay.peers.send(sid, packet)

    async def _event(self, kind: int, body: bytes) -> Event:
        replica, crypto = self.eve.stay.peers.replica, self.eve.platform.crypto
        chain = replica.log.chain(self.eve.stay.me.sid)
        is_next = self.dice.random() < 0.6
        event = Event(
            room_id=replica._session.room_id,
            author=self.eve.stay.me.sid,
            seq=chain.last + 1 if is_next else self.dice.randrange(1, chain.last + 40),
            prev=chain.last_id if is_next else self.dice.choice([NO_EVENT, self.dice.randbytes(16).hex()]),
            kid=self.dice.choice([self._group.kid, self.dice.randbytes(16).hex()]) or NO_EVENT,
            clock=replica.log.clock + self.dice.choice([1, 1, 1, 5, 70_000, 2**40]),
            at_ms=self.eve.clock.now_ms() + self.dice.choice([0, 0, -(10**9), 10**9]),
            kind=kind,
            body_hash=await body_hash(crypto, body),
            body=body,
        )
        return await sign_event(crypto, replica._session, event)


ACTS: list[Act] = [
    Adversary.grant, Adversary.grant, Adversary.grant, Adversary.state, Adversary.ask, Adversary.show, Adversary.beat,
    Adversary.heads, Adversary.say, Adversary.say, Adversary.decide, Adversary.odd_kind, Adversary.forge,
    Adversary.fork, Adversary.twice, Adversary.leave, Adversary.replay, Adversary.noise, Adversary.blob_noise,
    Adversary.hello,
]  # fmt: skip
