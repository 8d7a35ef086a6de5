"""Single lies, each of which one rule alone stands against."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

from tests.adversary.seat import Adversary
from tests.fakes.liar import event, tell
from tests.fakes.world import Someone
from widget.crypto.event import event_id
from widget.crypto.session import PeerSession
from widget.room.chain import NO_EVENT
from widget.room.kinds.leave import LEAVE
from widget.room.kinds.text import TEXT, TextBody, write_text
from widget.wire.epoch import Epoch, stated
from widget.wire.event import Event
from widget.wire.frame import TYPE_ANSWER, TYPE_NEWS
from widget.wire.notes import write_fork
from widget.wire.pair import Pulse, Twice, write_grant, write_pulse, write_twice

LATEST_CLOCK = 2**48 - 1

Lie = Callable[[Adversary], Awaitable[None]]


async def _make(eve: Adversary, **changes: Any) -> tuple[bytes, bytes, bytes]:
    """The next epoch for all, but for the changes: E, her signature, the secret."""
    secret = eve.dice.randbytes(32)
    epoch: Epoch = await eve._epoch(secret, **{"roster": eve._everybody(), **changes})
    return *await eve._signed(epoch), secret


async def next_epoch(eve: Adversary, **changes: Any) -> None:
    """To everybody, as who is first in line gives it."""
    body, signature, secret = await _make(eve, **changes)
    for sid in eve._others():
        await eve.eve.stay.peers.send_blob(sid, write_grant(body + signature, secret))


async def row_epoch(eve: Adversary, **changes: Any) -> None:
    """The next number after what nobody knows: no lie that could be proved."""
    assert eve._current is not None
    eve._told_n = max(eve._told_n, eve._current.n) + 1
    await next_epoch(eve, n=eve._told_n, prev=eve.dice.randbytes(32).hex(), **changes)


async def epoch_with(eve: Adversary, other: PeerSession) -> None:
    """For all and one more, whose credential she hands on."""
    eve._group._keyring.membership.vouch(other)
    roster = {**eve._everybody(), other.sid: other.credential_hash}
    await row_epoch(eve, roster={sid: roster[sid] for sid in sorted(roster)})


async def false_pulse(eve: Adversary, other: PeerSession) -> None:
    """A sign of life that its owner did not sign."""
    pulse = write_pulse(Pulse(other.sid, eve.eve.clock.now_ms(), eve.dice.randbytes(64)))
    for sid in eve._others():
        await eve.eve.stay.peers.send_blob(sid, pulse)


async def swapped(eve: Adversary) -> None:
    """With another credential for one of them, who is not told."""
    victim = eve.dice.choice(eve._others())
    await next_epoch(eve, roster={**eve._everybody(), victim: eve.dice.randbytes(32).hex()})


async def stranger(eve: Adversary) -> None:
    """With somebody whom nobody can verify."""
    roster = {**eve._everybody(), eve.dice.randbytes(16).hex(): eve.dice.randbytes(32).hex()}
    await next_epoch(eve, roster={sid: roster[sid] for sid in sorted(roster)})


async def unknown_book(eve: Adversary) -> None:
    """Made with decisions that there are none of."""
    await next_epoch(eve, book=eve.dice.randbytes(32))


async def framed(eve: Adversary) -> None:
    """Two epochs of one number in the name of somebody else, and the proof of that lie."""
    victim, made = eve.dice.choice(eve._others()), list[bytes]()
    for _ in range(2):
        body, signature, secret = await _make(eve, issuer=victim)
        made.append(stated(body, await eve.eve.platform.crypto.digest.sha256(body)) + signature)
        for sid in eve._others():
            await eve.eve.stay.peers.send_blob(sid, write_grant(body + signature, secret))
    for sid in eve._others():
        await eve.eve.stay.peers.send_blob(sid, write_twice(Twice(victim, made[0], made[1])))


async def two_stories(eve: Adversary, honest: list[Someone]) -> None:
    """Under one number one line for these and another for those."""
    some = eve.dice.sample(honest, len(honest))
    for half in (some[: len(some) // 2], some[len(some) // 2 :]):
        await tell(eve.eve, [await event(eve.eve, f"for {half[0].name}", 1)], *half)


async def gone_for_some(eve: Adversary, honest: list[Someone]) -> None:
    """She says goodbye to one of them, after a line that nobody is ever shown, and talks on with the others."""
    lines: list[Event] = []
    for kind, text in ((TEXT, "one"), (TEXT, "two"), (LEAVE, "")):
        before = NO_EVENT if len(lines) == 0 else await event_id(eve.eve.platform.crypto, lines[-1])
        lines.append(await event(eve.eve, text, len(lines) + 1, before, len(lines) + 1, kind))
    await tell(eve.eve, lines[2:], honest[0])
    await tell(eve.eve, lines[:1], *honest[1:])


async def last_clock(eve: Adversary, honest: list[Someone]) -> None:
    """A line after which no clock is left."""
    await tell(eve.eve, [await event(eve.eve, "the last word", 1, clock=LATEST_CLOCK)], *honest)


async def slander(eve: Adversary, victim: Someone) -> None:
    """Two true epochs of somebody, and two true lines, are passed off as lies."""
    sid = victim.stay.me.sid
    known = eve._group._keyring.liars.issued._known
    stories = sorted({statement for name, statement in known.items() if name.startswith(sid)})
    lines = [entry.event.bare() for entry in eve.eve.stay.peers.replica.log.chain(sid).entries]
    proofs = [write_twice(Twice(sid, stories[0], stories[1]))] if len(stories) > 1 else []
    proofs += [write_fork(lines[-2], lines[-1])] if len(lines) > 1 else []
    for other in eve._others():
        for proof in proofs:
            await eve.eve.stay.peers.send_blob(other, proof)


async def other_words(eve: Adversary, honest: list[Someone]) -> None:
    """One line of hers with words that she did not sign to half of them."""
    line = await event(eve.eve, "what she signed", 1)
    await tell(eve.eve, [line], *honest[1:])
    await tell(eve.eve, [replace(line, body=write_text(TextBody("other words")))], honest[0])


async def withhold(eve: Adversary, author: Someone, victim: Someone) -> None:
    """What somebody said, without the words, also when she is asked for them."""
    replica = eve.eve.stay.peers.replica
    replica.handover.may_read = lambda sid, entry: False  # type: ignore[method-assign]
    lines = [entry.event.bare() for entry in replica.log.chain(author.stay.me.sid).entries]
    await tell(eve.eve, lines, victim)


async def flood(eve: Adversary, honest: list[Someone], lines: int, is_asked: bool) -> None:
    """So many lines at once, unasked or as if somebody had asked for them."""
    made: list[Event] = []
    for number in range(lines):
        before = NO_EVENT if number == 0 else await event_id(eve.eve.platform.crypto, made[-1])
        made.append(await event(eve.eve, "flood", number + 1, before, number + 1))
    for at in range(0, lines, 25):
        frame_type = TYPE_ANSWER if is_asked else TYPE_NEWS
        await tell(eve.eve, made[at : at + 25], honest[0], frame_type=frame_type)
