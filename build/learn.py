"""Tries arrangements of a script until gzip makes less of it: `python -m build arrange`."""

from __future__ import annotations

import json
import math
import random
import zlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import permutations
from typing import Any, TypeVar

from build.arrange import Arrangement, arranged, names_at, small
from build.compiler.sourcemap import flat
from build.compress import usual_gzip_size
from build.minify import MANGLE, Piece, minify
from build.statements import Statement, bases_first, movable, read_statements

T = TypeVar("T")
TRIES = 60_000
LONGEST_RUN = {"declarations": 12, "methods": 3}
# Bytes too many that one try in three is forgiven, at the begin of each round: a little helps out of dead ends.
WARMTHS = (1.5, 1.0, 0.5, 0.1)
# Four moves in five bring a declaration beside one of the few that it shares most with: they find twice as much.
GUIDED, MOST_ALIKE = 0.8, 6
# What is shared: runs of so many bytes that no more than so many declarations have.
RUN_BYTES, FEW = 8, 8
# Finds nearly what 9 finds in half the time.
LEVEL = 7
# With a variable in each statement, as they are moved.
LETTERS: dict[str, Any] = {**MANGLE, "compress": False}


@dataclass(frozen=True)
class Declaration:
    """`name` and `base` are the minifier's, `called` is the linker's; methods are what Python calls them and a text."""

    name: str
    base: str
    called: str
    head: bytes
    methods: tuple[tuple[str, bytes], ...] = ()
    tail: bytes = b""

    @cached_property
    def text(self) -> bytes:
        return self.head + b"".join([text for _, text in self.methods]) + self.tail


def learned(script: Piece, known: Arrangement, tries: int, tell: Callable[[str], object]) -> Iterator[Arrangement]:
    """Better and better arrangements from this one on, always the same for as many tries.

    Each round begins with what the minifier makes of the last one, since its letters follow the order.
    """
    chance = random.Random(tries)  # noqa: S311 - nothing secret
    current, size = known, measured(script, known)
    tell(f"{size:,} bytes before\n")
    for warmth in WARMTHS:
        order, rest = split(arranged(script, current))
        order = cooled(order, rest, tries // len(WARMTHS), warmth, chance)
        current = {one.called: [name for name, _ in one.methods if name != ""] for one in order}
        found = measured(script, current)
        tell(f"{found:,} bytes\n")
        if found < size:
            size = found
            yield current


def measured(script: Piece, arrangement: Arrangement) -> int:
    """What `gzip -9` makes of the compressed script in this arrangement."""
    return usual_gzip_size(small(script, arrangement).code.encode("utf-8"))


def split(script: Piece) -> tuple[list[Declaration], bytes]:
    """The minified declarations of an arranged script, and the text after them.

    The minifier's letters change no statement, so that the script itself says what each is called.
    """
    (short,) = minify([script], LETTERS)
    found = json.loads(script.source_map)
    names = names_at(flat(script.code, found["mappings"]), found["names"])
    pairs = list(zip(read_statements(short.code), read_statements(script.code), strict=True))
    free = movable([one for one, _ in pairs])
    data = short.code.encode("ascii")
    rest = [data[one.start : one.end] for one, _ in pairs if one.name not in free]
    return [_declaration(one, long, data, names) for one, long in pairs if one.name in free], b"".join(rest)


def _declaration(one: Statement, long: Statement, data: bytes, names: dict[int, str]) -> Declaration:
    if len(one.members) == 0:
        return Declaration(one.name, one.base, long.name, data[one.start : one.end])
    called = [names.get(start, "") for start, _ in long.members]
    texts = [data[start:end] for start, end in one.members]
    head, tail = data[one.start : one.members[0][0]], data[one.members[-1][1] : one.end]
    return Declaration(one.name, one.base, long.name, head, tuple(zip(called, texts, strict=True)), tail)


def packed(order: Sequence[Declaration], rest: bytes) -> int:
    """About what gzip makes of these, joined as the minifier joins neighbours."""
    packer = zlib.compressobj(LEVEL, zlib.DEFLATED, -15, 9)
    text = b"\n".join([one.text for one in order]).replace(b";\nvar ", b",").replace(b"\n", b"")
    return len(packer.compress(text + rest)) + len(packer.flush())


def cooled(
    order: list[Declaration], rest: bytes, tries: int, warmth: float, chance: random.Random
) -> list[Declaration]:
    """Moves this and that. What makes more bytes is forgiven less and less."""
    size = packed(order, rest)
    best = (size, order)
    alike = likes(order)
    for left in range(tries, 0, -1):
        tried = beside_its_like(order, alike, chance) if chance.random() < GUIDED else with_move(order, chance)
        more = packed(tried, rest) - size
        if more <= 0 or chance.random() < math.exp(-more / (warmth * left / tries)):
            order, size = tried, size + more
        best = best if best[0] <= size else (size, order)
    return best[1]


def likes(order: Sequence[Declaration]) -> dict[str, list[str]]:
    """By name those that share most with a declaration, for their length."""
    holders: dict[bytes, list[int]] = defaultdict(list)
    for place, one in enumerate(order):
        for run in {one.text[start : start + RUN_BYTES] for start in range(len(one.text) - RUN_BYTES + 1)}:
            holders[run].append(place)
    shared: Counter[tuple[int, int]] = Counter()
    for places in holders.values():
        if 1 < len(places) <= FEW:
            shared.update({pair: math.lcm(*range(1, FEW)) // (len(places) - 1) for pair in permutations(places, 2)})
    found: dict[str, list[tuple[float, str]]] = defaultdict(list)
    for (place, other), count in shared.items():
        weight = count / math.sqrt(len(order[other].text))
        found[order[place].called].append((-weight, order[other].called))
    return {name: [other for _, other in sorted(pairs)[:MOST_ALIKE]] for name, pairs in found.items()}


def beside_its_like(
    order: list[Declaration], alike: Mapping[str, Sequence[str]], chance: random.Random
) -> list[Declaration]:
    """One declaration, or a few from it on, goes before or behind one that is like it."""
    start = chance.randrange(len(order))
    like = alike.get(order[start].called)
    if like is None:
        return with_move(order, chance)
    end = start + chance.choice((1, 1, 2, chance.randint(1, LONGEST_RUN["declarations"])))
    rest = [*order[:start], *order[end:]]
    wanted = chance.choice(like)
    place = next((place for place, one in enumerate(rest) if one.called == wanted), start)
    place += chance.randint(0, 1)
    return bases_first([*rest[:place], *order[start:end], *rest[place:]])


def with_move(order: list[Declaration], chance: random.Random) -> list[Declaration]:
    """Some declarations at another place, or some methods of a class."""
    weights = [len(one.methods) for one in order]
    if not any(weights) or chance.random() < 0.5:
        return bases_first(moved(order, LONGEST_RUN["declarations"], chance))
    (index,) = chance.choices(range(len(order)), weights)
    methods = tuple(moved(order[index].methods, LONGEST_RUN["methods"], chance))
    return [*order[:index], replace(order[index], methods=methods), *order[index + 1 :]]


def moved(items: Sequence[T], longest: int, chance: random.Random) -> list[T]:
    """A run of them, of one as often as of more, goes elsewhere."""
    count = min(chance.choice((1, chance.randint(1, longest))), len(items))
    start = chance.randint(0, len(items) - count)
    rest = [*items[:start], *items[start + count :]]
    place = chance.randint(0, len(rest))
    return [*rest[:place], *items[start : start + count], *rest[place:]]
