"""What a page keeps of a conversation that goes on and on: the heap in Node, of the compiled log, fold and messages."""

from __future__ import annotations

import json
import subprocess
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from bench.kernels.compiled import write_compiled
from build.node import find_node

EVENTS = 50_000
EACH = 1_000
EARLY = slice(6, 16)  # the heaps from 6,000 to 15,000 events: all that is kept is full, and was cut once
LATE = slice(-10, None)
TIMEOUT_S = 300


@dataclass
class Heaps:
    """Bytes after every EACH events, above those before the first."""

    reader: list[int] = field(default_factory=list)
    author: list[int] = field(default_factory=list)


def heaps(events: int = EVENTS, each: int = EACH) -> Heaps:
    """Of who hears so many events, and of who says them."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_compiled(folder)
        return Heaps(_run(folder, events, each, False), _run(folder, events, each, True))


def _run(folder: Path, events: int, each: int, is_mine: bool) -> list[int]:
    script = folder / "hand" / "memory.mjs"
    arguments = [str(events), str(each), str(int(is_mine))]
    command = [find_node(), "--expose-gc", str(script), *arguments]
    done = subprocess.run(command, check=True, capture_output=True, timeout=TIMEOUT_S)
    first, *rest = json.loads(done.stdout)
    return [heap - first for heap in rest]


def growth(side: list[int]) -> float:
    """The most of the last 10,000 events by the most around 10,000: kept things are cut only from time to time."""
    return max(side[LATE]) / max(side[EARLY])


def memory_lines(found: Heaps) -> list[str]:
    """The part of the report."""
    rows = [
        f"| {name} | {max(side[EARLY]) / 2**20:.1f} | {max(side[LATE]) / 2**20:.1f} | {growth(side):.2f} |"
        for name, side in (("who hears them", found.reader), ("who says them", found.author))
    ]
    return [
        f"{EVENTS:,} events of one author, heap in Node, MiB, the most of 10,000 events:",
        "",
        "| | around 10,000 | at the end | ratio |",
        "|---|---|---|---|",
        *rows,
    ]
