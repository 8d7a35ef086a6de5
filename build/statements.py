"""The top-level statements of a script, as the parser of the pinned swc reads them."""

from __future__ import annotations

import json
import subprocess
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypeVar

from build.minify import TIMEOUT_S, MinifyFailed
from build.node import find_node

READER = Path(__file__).with_suffix(".mjs")


class Declared(Protocol):
    """What has a name, and perhaps that of a class it extends."""

    @property
    def name(self) -> str: ...

    @property
    def base(self) -> str: ...


D = TypeVar("D", bound=Declared)


@dataclass(frozen=True)
class Statement:
    """`start` and `end` count bytes. `name` is what it declares, "" where that is not one name; then
    `others` are those that it declares.

    Inert is what neither does nor asks for anything where it stands: a function, a literal, a class without static
    members or computed names. `base` is the name that such a class extends, `members` where its methods are, if
    there are some and their order means nothing.
    """

    name: str
    start: int
    end: int
    base: str
    is_class: bool
    is_inert: bool
    members: tuple[tuple[int, int], ...] = ()
    others: tuple[str, ...] = ()


def read_statements(code: str) -> list[Statement]:
    """Those inside the one function that a script of esbuild's consists of; of a module its own."""
    done = subprocess.run(  # noqa: S603 - our own Node and our own script
        [find_node(), str(READER)], input=code.encode("utf-8"), capture_output=True, timeout=TIMEOUT_S
    )
    if done.returncode != 0:
        raise MinifyFailed(done.stderr.decode("utf-8", "replace"))
    found = json.loads(done.stdout)
    return [
        Statement(**{**one, "members": tuple(map(tuple, one["members"])), "others": tuple(one["others"])})
        for one in found
    ]


def movable(statements: Sequence[Statement]) -> dict[str, Statement]:
    """By name those that mean the same anywhere before what is evaluated, if a class comes after the one it extends.

    What is declared twice is what it was last. What extends something that has to be evaluated waits for it.
    """
    declared = Counter(name for one in statements for name in (one.name, *one.others) if name != "")
    found = {one.name: one for one in statements if one.is_inert and declared[one.name] == 1}
    count = -1
    while count != len(found):
        count = len(found)
        uncertain = declared.keys() - {name for name, one in found.items() if one.is_class}
        found = {name: one for name, one in found.items() if one.base not in uncertain}
    return found


def bases_first(statements: Sequence[D]) -> list[D]:
    """In this order, but each class after the one that it extends."""
    named = {statement.name: statement for statement in statements}
    placed: dict[str, D] = {}

    def place(statement: D) -> None:
        if statement.base in named and statement.base not in placed:
            place(named[statement.base])
        placed.setdefault(statement.name, statement)

    for statement in statements:
        place(statement)
    return list(placed.values())
