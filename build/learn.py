"""Tries arrangements of a script's declarations until gzip makes less of them: `python -m build arrange`."""

from __future__ import annotations

import math
import random
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from build.arrange import arranged, small
from build.compress import usual_gzip_size
from build.minify import MANGLE, Piece, minify
from build.statements import Statement, bases_first, movable, read_statements

TRIES = 40_000
LONGEST_RUN = 12
# Bytes too many that one try in three is forgiven, at the begin of each round: a little helps out of dead ends.
WARMTHS = (1.5, 1.0, 0.5, 0.1)
# Finds nearly what 9 finds in half the time.
LEVEL = 7
# With a variable in each statement, as they are moved.
LETTERS: dict[str, Any] = {**MANGLE, "compress": False}


@dataclass(frozen=True)
class Parts:
    """The minified declarations that may be moved, their texts and what the linker called them, and the text after."""

    movable: list[Statement]
    texts: dict[str, bytes]
    names: dict[str, str]
    rest: bytes

    def size(self, order: Sequence[Statement]) -> int:
        packer = zlib.compressobj(LEVEL, zlib.DEFLATED, -15, 9)
        text = b"\n".join([self.texts[statement.name] for statement in order])
        # As the minifier joins neighbours.
        text = text.replace(b";\nvar ", b",").replace(b"\n", b"")
        return len(packer.compress(text + self.rest)) + len(packer.flush())


def learned(script: Piece, names: Sequence[str], tries: int, tell: Callable[[str], object]) -> list[str]:
    """The best arrangement found from this one on, always the same for as many tries.

    Each round begins with what the minifier makes of the last one, since its letters follow the order.
    """
    chance = random.Random(tries)  # noqa: S311 - nothing secret
    best, size = list(names), measured(script, names)
    tell(f"{size:,} bytes before\n")
    current = best
    for warmth in WARMTHS:
        parts = split(arranged(script, current))
        current = [parts.names[one.name] for one in cooled(parts, tries // len(WARMTHS), warmth, chance)]
        found = measured(script, current)
        tell(f"{found:,} bytes\n")
        if found < size:
            best, size = current, found
    return best


def measured(script: Piece, names: Sequence[str]) -> int:
    """What `gzip -9` makes of the compressed script in this arrangement."""
    return usual_gzip_size(small(script, names).code.encode("utf-8"))


def split(script: Piece) -> Parts:
    """Of an arranged script. Its letters change no statement, so that these have the names of the linker."""
    (short,) = minify([script], LETTERS)
    statements = read_statements(short.code)
    names = [one.name for one in read_statements(script.code)]
    free = movable(statements)
    texts = [short.code[one.start : one.end].encode("utf-8") for one in statements]
    found = list(zip(statements, texts, names, strict=True))
    return Parts(
        list(free.values()),
        {one.name: text for one, text, _ in found if one.name in free},
        {one.name: name for one, _, name in found},
        b"".join(text for one, text, _ in found if one.name not in free),
    )


def cooled(parts: Parts, tries: int, warmth: float, chance: random.Random) -> list[Statement]:
    """Moves runs of declarations to other places. What makes more bytes is forgiven less and less."""
    order = parts.movable
    size = parts.size(order)
    best = (size, order)
    for left in range(tries, 0, -1):
        tried = bases_first(moved(order, chance))
        more = parts.size(tried) - size
        if more <= 0 or chance.random() < math.exp(-more / (warmth * left / tries)):
            order, size = tried, size + more
        best = best if best[0] <= size else (size, order)
    return best[1]


def moved(order: Sequence[Statement], chance: random.Random) -> list[Statement]:
    count = min(chance.choice((1, chance.randint(1, LONGEST_RUN))), len(order))
    start = chance.randint(0, len(order) - count)
    rest = [*order[:start], *order[start + count :]]
    place = chance.randint(0, len(rest))
    return [*rest[:place], *order[start : start + count], *rest[place:]]
