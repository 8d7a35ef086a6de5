"""A side at work in a Node of its own."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from build.node import find_node

SCRIPT = Path(__file__).with_name("side.mjs")


class Failed(Exception):
    """JavaScript's own words."""


@dataclass(frozen=True)
class Answer:
    """Microseconds of processor time; what the last of the times gave; what Brython loaded of its library."""

    us: float
    result: str
    library: str = ""


@dataclass(frozen=True)
class Running:
    node: subprocess.Popen[str]

    def ask(self, times: int) -> Answer:
        """Raises Failed."""
        assert self.node.stdin is not None
        assert self.node.stdout is not None
        try:
            self.node.stdin.write(f"{times}\n")
            self.node.stdin.flush()
        except BrokenPipeError:
            pass  # it failed while it was loaded, and has said why
        line = self.node.stdout.readline()
        answer = json.loads(line) if line != "" else {"error": "Node ended without a word"}
        if "error" in answer:
            raise Failed(answer["error"].splitlines()[0])
        return Answer(**answer)


@contextmanager
def running(program: Path, files: Sequence[Path] = ()) -> Iterator[Running]:
    """`files` are those of Brython where it is to run the program."""
    command = [find_node(), str(SCRIPT), str(program), *map(str, files)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, text=True) as node:
        try:
            yield Running(node)
        finally:
            node.kill()
