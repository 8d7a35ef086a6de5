"""One letter for each of the declarations that a script writes most often.

The minifier has letters for the first that are declared, which are mostly records that are made in two places. The
others, such as what makes an element, are written two hundred times; what they give for their letter is longer by one.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import accumulate

from build.compiler.shorten import LETTERS
from build.compiler.sourcemap import flat, lined
from build.locals import Variable, read_variables
from build.minify import Piece


def briefly_named(script: Piece) -> Piece:
    """The same script, with its names changed at the top of it."""
    variables = read_variables(script.code)
    return renamed(script, variables, brief_names(variables))


def brief_names(variables: Sequence[Variable]) -> dict[int, str]:
    """New names by the place of a variable. A letter stays where it is hidden by a local variable of that name."""
    top = [index for index, one in enumerate(variables) if one.is_top]
    of_one = {variables[index].name: index for index in top if len(variables[index].name) == 1}
    found: dict[int, str] = {}
    for index in sorted(top, key=lambda index: -len(variables[index].places)):
        one = variables[index]
        hidden = {variables[near].name for near in one.near if not variables[near].is_top} | one.foreign
        free = (letter for letter in reversed(LETTERS) if letter in of_one and letter not in hidden)
        letter = next(free, "")
        if len(one.name) > 1 and letter != "" and is_rarer(variables[of_one[letter]], one):
            other = of_one.pop(letter)
            found |= {index: letter, other: one.name}
    return found


def is_rarer(one: Variable, other: Variable) -> bool:
    return len(one.places) < len(other.places)


def renamed(script: Piece, variables: Sequence[Variable], names: Mapping[int, str]) -> Piece:
    """With these names for these variables; the map leads from the new places."""
    cuts = sorted((place, index) for index in names for place in variables[index].places)
    parts: list[str] = []
    last = 0
    for place, index in cuts:
        parts += [script.code[last:place], names[index]]
        last = place + len(variables[index].name)
    code = "".join([*parts, script.code[last:]])
    grown = [0, *accumulate(len(names[index]) - len(variables[index].name) for _, index in cuts)]
    starts = [place for place, _ in cuts]
    found = json.loads(script.source_map)
    # What begins with the name itself has not moved by it.
    segments = flat(script.code, found["mappings"])
    found["mappings"] = lined(code, ((place + grown[bisect_left(starts, place)], *rest) for place, *rest in segments))
    return replace(script, code=code, source_map=json.dumps(found))
