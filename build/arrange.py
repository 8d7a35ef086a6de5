"""Puts the declarations of a script side by side as gzip likes them.

gzip looks back 32 KB and the script has four times that, so which declaration stands beside which is worth two percent.
The best order is not to be calculated; `build/learn.py` has tried and written down what it found. What is moved does
nothing where it stands, and all that is evaluated comes after it in its old order. So whatever is evaluated finds more
declared than before and never less: the program cannot tell, unless it reads a constant before its module has been
evaluated, which modules refuse. This comes between the minifier's two steps, because it inlines a constant only below
where it is declared.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from build.compiler.sourcemap import Segment, flat, lined
from build.minify import COMPRESS, MANGLE, Piece, minify
from build.statements import Statement, bases_first, movable, read_statements

ARRANGEMENT = Path(__file__).with_name("arrangement.txt")


def read_arrangement(file: Path = ARRANGEMENT) -> list[str]:
    """Names of declarations, one a line, as the linker spells them."""
    return file.read_text("utf-8").split()


def compressed(script: Piece) -> Piece:
    """What is to be arranged: all that the minifier does where places matter to it has been done."""
    return minify([script], COMPRESS)[0]


def small(script: Piece, names: Sequence[str]) -> Piece:
    """The compressed script, arranged and with short names."""
    return minify([arranged(script, names)], MANGLE)[0]


def arranged(script: Piece, names: Sequence[str]) -> Piece:
    """The same statements, each on a line of its own, those of these names in the order of the names."""
    assert script.code.isascii(), "places are bytes and columns"
    statements = read_statements(script.code)
    order = [(one.start, one.end) for one in in_order(statements, names)]
    spans = [(0, statements[0].start), *order, (statements[-1].end, len(script.code))]
    # A semicolon too many is dropped by the minifier; the last statement lacks the one it needs.
    code = ";\n".join(script.code[start:end] for start, end in spans)
    found = json.loads(script.source_map)
    found["mappings"] = lined(code, _followed(flat(script.code, found["mappings"]), spans))
    return Piece(code, json.dumps(found), script.is_module)


def _followed(segments: Sequence[Segment], spans: Iterable[tuple[int, int]]) -> Iterator[Segment]:
    """The segments of the old text where the new one has them, which is made of these spans."""
    begin = 0
    for start, end in spans:
        first, last = bisect_left(segments, (start,)), bisect_left(segments, (end,))
        yield from ((begin + place - start, *rest) for place, *rest in segments[first:last])
        begin += end - start + len(";\n")


def in_order(statements: Sequence[Statement], names: Sequence[str]) -> list[Statement]:
    """What has no place of its own stays behind what stood before it."""
    places = {name: place for place, name in enumerate(names)}
    free = movable(statements)
    last, near = -1, dict[str, int]()
    for name in free:
        last = near[name] = places.get(name, last)
    moved = bases_first(sorted(free.values(), key=lambda statement: near[statement.name]))
    return [*moved, *(statement for statement in statements if statement.name not in free)]
