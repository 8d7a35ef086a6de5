"""A program as a tree of statements, each of which can be written in other forms or left out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

HEAD = """from __future__ import annotations

import dataclasses
import json
import math
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, ClassVar, Generic, Optional, Protocol, TypeVar, Union"""


@dataclass(eq=False)
class Unit:
    """A statement: the `forms` in which it may be written, best first, or the `heads` of its `blocks`.

    `label` is said by the lines that it prints, "" where it compares nothing.
    """

    forms: list[list[str]] = field(default_factory=list)
    heads: list[str] = field(default_factory=list)
    blocks: list[list[Unit]] = field(default_factory=list)
    label: str = ""
    gone: bool = False

    def refuse(self) -> None:
        """Write it in its next form, or leave it out."""
        self.forms = self.forms[1:]
        self.gone = len(self.forms) == 0


@dataclass
class Program:
    """`top` stands in the module, `body` in its main()."""

    name: str
    top: list[Unit]
    body: list[Unit]

    def written(self) -> tuple[str, dict[int, Unit]]:
        """The text, and which unit each of its lines belongs to."""
        lines: list[tuple[str, Unit | None]] = [(line, None) for line in HEAD.split("\n")]
        _write(self.top, "", lines)
        lines += [("", None), ("def main() -> None:", None)]
        _write(self.body, "    ", lines)
        lines.append(("    return", None))
        owners = {number: unit for number, (_, unit) in enumerate(lines, start=1) if unit is not None}
        return "\n".join(line for line, _ in lines) + "\n", owners

    def units(self) -> Iterator[Unit]:
        """All that still stand."""
        waiting = [*self.top, *self.body]
        while len(waiting) > 0:
            unit = waiting.pop()
            if not unit.gone:
                yield unit
                waiting += [inner for block in unit.blocks for inner in block]


def _write(units: list[Unit], indent: str, lines: list[tuple[str, Unit | None]]) -> None:
    for unit in units:
        if unit.gone:
            continue
        if len(unit.blocks) == 0:
            lines += [(indent + line, unit) for line in unit.forms[0]]
        for head, block in zip(unit.heads, unit.blocks, strict=True):
            lines += [(indent + line, unit) for line in head.split("\n")]
            before = len(lines)
            _write(block, f"{indent}    ", lines)
            if len(lines) == before:
                lines.append((f"{indent}    pass", unit))
