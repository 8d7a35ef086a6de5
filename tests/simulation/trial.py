"""One run and its verdict, as tests ask for them."""

from __future__ import annotations

from collections.abc import Iterable

from tests.fakes.effort import NIGHT
from tests.simulation.breach import Breach
from tests.simulation.kinds import Kind
from tests.simulation.rules import Rules
from tests.simulation.run import Run
from tests.simulation.verdict import Verdict

AT_ONCE = 100  # seeds of a kind in one test, so that workers share a night

ALL_RULES = Rules()


def broken(kind: Kind, seed: int, rules: Rules = ALL_RULES, to_the_end: bool = True) -> set[Breach]:
    return Verdict(Run(kind, seed, rules, to_the_end).play()).breaches()


def failures(kind: Kind, seeds: range) -> list[str]:
    """
    One line for each seed that broke something, with what it takes to see it again. By day most runs end when the room
    has been one for 20 s, which saves a fifth; by night they go on for the whole minute.
    """
    found = {seed: broken(kind, seed, to_the_end=NIGHT) for seed in seeds}
    return [f"{kind.name}, seed {seed}: {', '.join(sorted(breaches))}" for seed, breaches in found.items() if breaches]


def trials(kinds: Iterable[Kind], seeds: int) -> list[tuple[Kind, range]]:
    shares = [range(first, min(first + AT_ONCE, seeds)) for first in range(0, seeds, AT_ONCE)]
    return [(kind, share) for kind in kinds for share in shares]


def name(value: Kind | range) -> str:
    return value.name if isinstance(value, Kind) else str(value.start)
