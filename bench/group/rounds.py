"""One round: somebody enters, lines are said, and the same one leaves again."""

from __future__ import annotations

from dataclasses import dataclass, field

from bench.group.page import RoomsPage, Sent, Step

LINES = 240  # below the burst that a member takes from one neighbour
FOLLOWED = 4  # members of ts-mls's rooms whose work stands for that of all who were in
AUTHORS = FOLLOWED + 1
OPERATIONS = ("add", "remove", "seal", "open", "join")
LINKED = "join, links apart"


@dataclass(frozen=True)
class Cost:
    """Milliseconds of one core, and bytes of all packets, one copy for each receiver; those `told` go to whom chance
    picks."""

    ms: float
    bytes: float = 0.0
    told: float = 0.0


@dataclass(frozen=True)
class Round:
    """What each operation came to, by its name; of an epoch for who enters and one for who leaves, what all members did
    for it together and the busiest of them alone."""

    costs: dict[str, Cost]
    entered: Cost
    left: Cost
    busiest_ms: float


@dataclass
class Rounds:
    """Of one size, both sides in turn."""

    members: int
    ours: list[Round] = field(default_factory=list)
    mls: list[Round] = field(default_factory=list)

    def of(self, side: str) -> list[Round]:
        return self.ours if side == "ours" else self.mls


class NotAsSaid(Exception):
    """A room did not do what its figures say."""


async def play_round(page: RoomsPage, side: str, members: int) -> Round:
    """In rooms of one less, who are at rest before and after."""
    await page.step(side, "arrive")
    link = await page.step(side, "link")
    made, taken = await _change(page, side)
    join = await page.step(side, "join")
    await _agree(page, side, members)
    seal = await page.step(side, "seal", LINES, AUTHORS)
    opened = await page.step(side, "open")
    _expect(opened, LINES)
    await page.step(side, "part")
    unmade, untaken = await _change(page, side)
    await _agree(page, side, members - 1)
    new, met = made.sent + taken.sent, made.met + taken.met + join.met
    old = _cost(unmade.ms + untaken.ms, unmade.sent + untaken.sent)
    costs = {
        "add": _cost(link.ms / 2 + made.ms + taken.ms, new),
        "join": _cost(link.ms / 2 + join.ms, link.met + met),
        LINKED: _cost(join.ms, met),
        "remove": old,
        "seal": Cost(seal.ms / LINES, seal.sent.bytes / LINES),
        "open": Cost(opened.ms / LINES),
    }
    entered = _cost(made.ms + taken.ms + join.ms, new + met)
    return Round(costs, entered, old, max(made.ms, unmade.ms))


def _cost(ms: float, sent: Sent) -> Cost:
    return Cost(ms, sent.bytes, sent.told)


async def _change(page: RoomsPage, side: str) -> tuple[Step, Step]:
    """The epoch made, and taken by everybody else who was in."""
    made = await page.step(side, "issue")
    taken = await page.step(side, "take")
    share = (await page.step(side, "share")).answers[0]
    return made, Step(taken.ms * share, taken.sent, taken.met, taken.answers)


async def _agree(page: RoomsPage, side: str, members: int) -> None:
    await page.step(side, "check")
    _expect(await page.step(side, "readers"), members)
    await page.step(side, "rest")


def _expect(step: Step, count: int) -> None:
    if any(answer != count for answer in step.answers):
        raise NotAsSaid(f"{step.answers} instead of {count}")
