"""What is said once: an event in the log of its author. No signatures: only the author's own code makes one."""

from __future__ import annotations

from typing import NamedTuple

LARGEST_STEP_MS = 20_000  # of a clock above the room's age; smaller than in the product, so that a run reaches it
LAST_CLOCK = 1 << 48
CAP = 300  # events of one session in one epoch; smaller as well

TEXT, REMOVE, DEMOTE, LEAVE = 0, 1, 2, 3

WITHHELD = -9  # the body that is not there: only the header was handed over


class Decision(NamedTuple):
    """The body of a removal, or of an end of power: of whom, and the last event that counts of each of the sessions."""

    person: int
    cuts: tuple[tuple[int, int], ...]


Body = int | Decision


class Event(NamedTuple):
    author: int
    seq: int
    prev: int
    clock: int
    kid: int
    kind: int
    body: Body
    id: int

    @property
    def decision(self) -> Decision:
        assert isinstance(self.body, Decision)
        return self.body


def write(author: int, before: Event | None, clock: int, kid: int, kind: int, body: Body) -> Event:
    """The next event of a log. Its id is made of numbers alone, so every run and every process gives it the same."""
    seq, prev = (before.seq + 1, before.id) if before is not None else (1, 0)
    said = (author, seq, prev, clock, kid, kind, body)
    return Event(*said, hash(said))
