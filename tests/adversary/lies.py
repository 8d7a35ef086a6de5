"""Single lies, each of which one rule alone stands against."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from tests.adversary.seat import Adversary
from tests.fakes.liar import event, tell
from tests.fakes.world import Someone
from widget.wire.epoch import Epoch, stated
from widget.wire.pair import Twice, write_grant, write_twice

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


async def row_epoch(eve: Adversary) -> None:
    """The next number after what nobody knows: no lie that could be proved."""
    assert eve._current is not None
    eve._told_n = max(eve._told_n, eve._current.n) + 1
    await next_epoch(eve, n=eve._told_n, prev=eve.dice.randbytes(32).hex())


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


async def last_clock(eve: Adversary, honest: list[Someone]) -> None:
    """A line after which no clock is left."""
    await tell(eve.eve, [await event(eve.eve, "the last word", 1, clock=LATEST_CLOCK)], *honest)
