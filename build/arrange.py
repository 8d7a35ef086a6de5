"""Puts the declarations of a script side by side as gzip likes them.

gzip looks back 32 KB and the script has four times that, so which declaration stands beside which is worth two percent,
and which method beside which one more.
The best order is not to be calculated; `build/learn.py` has tried and written down what it found. What is moved does
nothing where it stands, and all that is evaluated comes after it in its old order. So whatever is evaluated finds more
declared than before and never less: the program cannot tell, unless it reads a constant before its module has been
evaluated, which modules refuse. This comes between the minifier's two steps, because it inlines a constant only below
where it is declared.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import TypeVar

from build.compiler.sourcemap import Segment, flat, lined
from build.minify import COMPRESS, MANGLE, Piece, minify
from build.statements import Statement, bases_first, movable, read_statements

T = TypeVar("T")
Span = tuple[int, int]
ARRANGEMENT = Path(__file__).with_name("arrangement.txt")
# Names of declarations in their order, as the linker spells them, and of the methods of each that is a class.
Arrangement = Mapping[str, Sequence[str]]


def read_arrangement(file: Path = ARRANGEMENT) -> Arrangement:
    """A declaration a line, its methods behind it."""
    lines = [line.split() for line in file.read_text("utf-8").split("\n")]
    return {words[0]: words[1:] for words in lines if len(words) > 0}


def written(arrangement: Arrangement) -> str:
    return "".join(" ".join([name, *methods]) + "\n" for name, methods in arrangement.items())


def compressed(script: Piece) -> Piece:
    """What is to be arranged: all that the minifier does where places matter to it has been done."""
    return minify([script], COMPRESS)[0]


def small(script: Piece, arrangement: Arrangement) -> Piece:
    """The compressed script, arranged and with short names."""
    return minify([arranged(script, arrangement)], MANGLE)[0]


def arranged(script: Piece, arrangement: Arrangement) -> Piece:
    """The same statements and methods in this order."""
    assert script.code.isascii(), "places are bytes and columns"
    statements = read_statements(script.code)
    found = json.loads(script.source_map)
    segments = flat(script.code, found["mappings"])
    names = names_at(segments, found["names"])
    parts = [_parts(one, names, arrangement.get(one.name, ())) for one in in_order(statements, list(arrangement))]
    spans = [(0, statements[0].start), *chain.from_iterable(parts), (statements[-1].end, len(script.code))]
    # A semicolon too many is dropped by the minifier; the last statement lacks the one it needs.
    code = ";\n".join(script.code[start:end] for start, end in spans)
    found["mappings"] = lined(code, _followed(segments, spans))
    return Piece(code, json.dumps(found), script.is_module)


def names_at(segments: Iterable[Segment], names: Sequence[str]) -> dict[int, str]:
    """What is called what in the Python, by its place."""
    return {segment[0]: names[segment[4]] for segment in segments if len(segment) > 4}


def in_order(statements: Sequence[Statement], names: Sequence[str]) -> list[Statement]:
    free = movable(statements)
    moved = bases_first([free[name] for name in _placed(list(free), list(free), names)])
    return [*moved, *(statement for statement in statements if statement.name not in free)]


def _parts(statement: Statement, names: Mapping[int, str], wanted: Sequence[str]) -> list[Span]:
    """Its spans: all of it, or begin, methods and end of a class."""
    if len(statement.members) == 0:
        return [(statement.start, statement.end)]
    own = [names.get(start, "") for start, _ in statement.members]
    starts, ends = statement.members[0][0], statement.members[-1][1]
    return [(statement.start, starts), *_placed(statement.members, own, wanted), (ends, statement.end)]


def _placed(items: Sequence[T], names: Sequence[str], wanted: Sequence[str]) -> list[T]:
    """The items in the wanted order of their names. What has no place of its own stays behind what stood before it."""
    places = {name: place for place, name in enumerate(wanted)}
    near, last = [], -1
    for name in names:
        last = places.get(name, last)
        near.append(last)
    return [items[index] for index in sorted(range(len(items)), key=near.__getitem__)]


def _followed(segments: Sequence[Segment], spans: Iterable[Span]) -> Iterator[Segment]:
    """The segments of the old text where the new one has them, which is made of these spans."""
    begin = 0
    for start, end in spans:
        first, last = bisect_left(segments, (start,)), bisect_left(segments, (end,))
        yield from ((begin + place - start, *rest) for place, *rest in segments[first:last])
        begin += end - start + len(";\n")
