"""What a page put on its paths, and what it had to."""

from __future__ import annotations

import time
from dataclasses import dataclass

from tests.network.visitor import Visitor

ALLOWED = 2.0  # times what was needed
BEAT_S = 3.0  # members tell each other so often what they have


@dataclass(frozen=True)
class Packets:
    """Of one page so far; `direct` and `relay` are taken together."""

    handshake: float
    frames: float
    notes: float
    links: float  # that had to be made: see page.html
    heard: float
    in_room_s: float

    def since(self, before: Packets) -> Packets:
        return Packets(*(now - then for now, then in zip(_fields(self), _fields(before), strict=True)))


async def packets(person: Visitor) -> Packets:
    seen = await person.seen()
    out: dict[str, int] = seen["out"]

    def of(*names: str) -> int:
        return sum(count for key, count in out.items() if key.split()[1] in names)

    heard, in_room_s = len(seen["heard"]), time.time() - seen["inSinceMs"] / 1000
    return Packets(of("HELLO", "BIND"), of("FRAME"), of("PAIR"), seen["links"], heard, in_room_s)


def wasted(spent: Packets, said: int, others: int, changes: int, unanswered: int = 0) -> list[str]:
    """Where more than twice as much went out as was needed."""
    notes = (int(spent.in_room_s / BEAT_S + 1) + changes) * others + spent.heard
    frames, handshake = said * others, 2 * spent.links
    out = spent.handshake + spent.frames + spent.notes
    found: list[str] = []
    if spent.handshake > ALLOWED * handshake + unanswered:
        found.append(f"handshake: {spent.handshake:.0f} for {handshake:.0f}")
    if out > ALLOWED * (handshake + frames + notes):
        found.append(f"packets: {out:.0f} for {handshake + frames + notes:.0f}: {spent}")
    return found


def _fields(one: Packets) -> tuple[float, ...]:
    return (one.handshake, one.frames, one.notes, one.links, one.heard, one.in_room_s)
