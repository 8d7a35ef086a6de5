"""The letters of local variables as they were learned: `build/locals.txt`, which `build/learn_locals.py` writes.

The minifier gives the first parameter of every function the same letter, the second the next, and so on. That is good
and not the best: what stands between two letters is found again by gzip only where both are as they were before.

A letter for a letter moves nothing, so source maps stay as they are. The file is a preference: a variable takes its
letter where no other that could be meant by it has that, else the minifier's, else any that is free.
"""

from __future__ import annotations

import json
import re
import subprocess
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import Any

from build.compiler.shorten import LETTERS
from build.compiler.sourcemap import flat
from build.minify import MANGLE, TIMEOUT_S, MinifyFailed, Piece, minify
from build.node import find_node

LOCALS_FILE = Path(__file__).with_name("locals.txt")
READER = Path(__file__).with_name("scopes.mjs")
# By file of the sources and name there, the letters of all variables of that name, in the order of their places.
Locals = Mapping[tuple[str, str], str]


@dataclass(frozen=True)
class Variable:
    """`places` are where it is written, `near` the variables that may not be called as it is, `foreign` the names.

    Its own is a letter of a function's variable. At the top are those of the whole script.
    """

    name: str
    places: tuple[int, ...]
    near: tuple[int, ...]
    foreign: frozenset[str]
    is_own: bool
    is_top: bool = False


def read_locals(file: Path = LOCALS_FILE) -> dict[tuple[str, str], str]:
    """A file of the sources a line, and behind it each name with its letters."""
    found: dict[tuple[str, str], str] = {}
    for line in file.read_text("utf-8").splitlines():
        source, *pairs = line.split(" ")
        for name, letters in (pair.split("=") for pair in pairs):
            found[source, name] = letters
    return found


def written_locals(letters: Locals) -> str:
    """In alphabetical order, so that a change shows as one."""
    files: dict[str, list[str]] = defaultdict(list)
    for (source, name), found in sorted(letters.items()):
        files[source].append(f"{name}={found}")
    return "".join(" ".join([source, *pairs]) + "\n" for source, pairs in files.items())


def spelled(script: Piece, wanted: Locals) -> Piece:
    """The same script with these letters for its local variables."""
    if len(wanted) == 0:
        return script
    variables = read_variables(script.code)
    letters = chosen(variables, [wanted_letter(wanted, named) for named in named_as(script, variables)])
    made = Piece(with_letters(script.code, variables, letters), script.source_map, script.is_module)
    # Asked for letters of its own, the minifier does not see which there were, so that both become the same.
    one, other = minify([replace(script, source_map=""), replace(made, source_map="")], MANGLE)
    if one.code != other.code:
        raise MinifyFailed("letters of local variables change what the script does: empty build/locals.txt")
    return made


def read_variables(code: str) -> list[Variable]:
    assert code.isascii(), "places are bytes and columns"
    done = subprocess.run(  # noqa: S603 - our own Node and our own script
        [find_node(), str(READER)], input=code.encode("utf-8"), capture_output=True, timeout=TIMEOUT_S
    )
    if done.returncode != 0:
        raise MinifyFailed(done.stderr.decode("utf-8", "replace"))
    found: list[dict[str, Any]] = json.loads(done.stdout)
    kinds: list[tuple[str, Any]] = [("places", tuple), ("near", tuple), ("foreign", frozenset)]
    return [Variable(**{**one, **{name: kind(one[name]) for name, kind in kinds}}) for one in found]


Named = tuple[tuple[str, str], int] | None


def named_as(script: Piece, variables: Sequence[Variable]) -> list[Named]:
    """What each is called in the file: its key there, and its place among the letters. None for who has no source."""
    found = json.loads(script.source_map)
    segments = {place: rest for place, *rest in flat(script.code, found["mappings"])}
    sources = [re.sub(r"^(?:\.\./)+", "", source) for source in found["sources"]]
    groups: dict[tuple[str, str], list[tuple[list[int], int, int]]] = defaultdict(list)
    for index, one in enumerate(variables):
        known = [segments[place] for place in one.places if place in segments]
        said = next((rest for rest in known if len(rest) > 3), known[0] if len(known) > 0 else None)
        if one.is_own and said is not None:
            name = found["names"][said[3]] if len(said) > 3 else ""
            groups[sources[said[0]], name].append((list(said[1:3]), one.places[0], index))
    result: list[Named] = [None] * len(variables)
    for key, members in groups.items():
        for place, (_, _, index) in enumerate(sorted(members)):
            result[index] = key, place
    return result


def wanted_letter(wanted: Locals, named: Named) -> str:
    """ "" where the file says nothing."""
    if named is None:
        return ""
    letter = wanted.get(named[0], "")[named[1] : named[1] + 1]
    return letter if letter in LETTERS else ""


def chosen(variables: Sequence[Variable], wanted: Sequence[str]) -> list[str]:
    """A letter for each; those that stay have their names. The minifier's, should there be too few for a function."""
    letters = ["" if one.is_own else one.name for one in variables]
    for index in sorted(range(len(variables)), key=lambda index: wanted[index] == ""):
        one = variables[index]
        if one.is_own:
            taken = {letters[near] for near in one.near} | one.foreign
            free = (letter for letter in chain(wanted[index], one.name, LETTERS) if letter not in taken)
            letters[index] = next(free, "")
    return [one.name for one in variables] if "" in letters else letters


def with_letters(code: str, variables: Sequence[Variable], letters: Sequence[str]) -> str:
    text = bytearray(code, "ascii")
    for one, letter in zip(variables, letters, strict=True):
        if one.is_own:
            for place in one.places:
                text[place] = ord(letter)
    return text.decode("ascii")


def said(script: Piece, variables: Sequence[Variable], letters: Sequence[str]) -> dict[tuple[str, str], str]:
    """What is to be written down of these letters."""
    return dict(_said(named_as(script, variables), letters))


def _said(names: Sequence[Named], letters: Sequence[str]) -> Iterator[tuple[tuple[str, str], str]]:
    groups: dict[tuple[str, str], dict[int, str]] = defaultdict(dict)
    for named, letter in zip(names, letters, strict=True):
        if named is not None:
            groups[named[0]][named[1]] = letter
    for key, found in groups.items():
        yield key, "".join([found[place] for place in range(len(found))])
