"""What one member of a full room puts on its paths while nobody says anything: counted, not timed."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from unittest.mock import patch

from tests.fakes.world import World
from widget.crypto.pair_channel import PairChannel
from widget.wire import notes, pair

MEMBERS = 16
MINUTES = 10
SETTLE_MS = 30_000  # everybody has met everybody, and all have compared their logs
MINUTE_MS = 60_000
NAMES = {
    pair.GRANT: "GRANT",
    pair.STATE: "STATE",
    pair.WANT: "WANT",
    pair.CREDENTIAL: "CREDENTIAL",
    pair.WHO: "WHO",
    notes.BEAT: "BEAT",
    notes.HEADS: "HEADS",
    notes.FETCH: "FETCH",
    notes.LACK: "LACK",
    notes.FORK: "FORK",
    notes.DIRECT: "DIRECT",
    notes.PROBE: "PROBE",
}


@dataclass
class Rest:
    """Bytes of one member in one minute, on average: on its data channels (of these by kind), and to the service."""

    channels: float = 0.0
    service: float = 0.0
    kinds: dict[str, float] = field(default_factory=dict)
    packets: float = 0.0

    @property
    def kib(self) -> float:
        return self.channels / 1024


def rest_of_room(members: int = MEMBERS, minutes: int = MINUTES) -> Rest:
    """Real chats over connections in memory, on a clock that is moved by hand."""
    return asyncio.run(_rest(members, minutes))


async def _rest(members: int, minutes: int) -> Rest:
    world = World()
    try:
        await world.room(*[f"Person {number}" for number in range(members)])
        await world.clock.advance(SETTLE_MS)
        for channel in world.net.channels:
            channel.seen.clear()
        world.signaling.seen.clear()
        with _counted() as sealed:
            await world.clock.advance(minutes * MINUTE_MS)
        return _figures(world, sealed, members * minutes)
    finally:
        await world.close()


def _figures(world: World, sealed: Counter[str], shares: int) -> Rest:
    packets = [packet for channel in world.net.channels for packet in channel.seen]
    return Rest(
        channels=sum(len(packet) for packet in packets) / shares,
        service=sum(len(said) for said in world.signaling.seen) / shares,
        kinds={kind: count / shares for kind, count in sealed.most_common()},
        packets=len(packets) / shares,
    )


@contextmanager
def _counted() -> Iterator[Counter[str]]:
    """Bytes of packets by the kind of what is sealed in them: on a path nobody can tell any more."""
    found: Counter[str] = Counter()
    seal = PairChannel.seal

    async def counted(channel: PairChannel, blob: bytes) -> bytes:
        packet = await seal(channel, blob)
        found[NAMES[blob[0]]] += len(packet)
        return packet

    with patch.object(PairChannel, "seal", counted):
        yield found


def rest_lines(rest: Rest) -> list[str]:
    """The part of the report."""
    kinds = ", ".join(f"{name} {count / 1024:.2f}" for name, count in rest.kinds.items())
    return [
        f"At rest, one of {MEMBERS} members in a minute, KiB: {rest.kib:.2f} in {rest.packets:.0f} packets on its "
        f"channels ({kinds}), {rest.service / 1024:.2f} to the service.",
    ]
