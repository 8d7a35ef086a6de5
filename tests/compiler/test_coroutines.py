"""Coroutines handed to spawn: receiver and arguments at once, the body later."""

from __future__ import annotations

import subprocess
from pathlib import Path

from build.compiler.lower.helpers import write_program
from build.node import find_node
from tests.compiler.samples import compile_text

PROGRAM = """from __future__ import annotations

from collections.abc import Coroutine
from typing import Any

from widget.browser import js

log: list[str] = []


class Clock:
    def spawn(self, work: Coroutine[Any, Any, None]) -> None:
        js.start(self._guarded(work))

    async def _guarded(self, work: Coroutine[Any, Any, None]) -> None:
        try:
            await work
        except ValueError as error:
            log.append(f"error {error}")


class Task:
    def __init__(self, name: str) -> None:
        self.name: str = name

    async def run(self, n: int) -> None:
        log.append(f"run {self.name} {n}")
        if n > 1:
            raise ValueError(self.name)


def make(name: str) -> Task:
    log.append(f"make {name}")
    return Task(name)


def begin(clock: Clock) -> None:
    task = Task("a")
    n = 1
    clock.spawn(task.run(n))
    task = Task("b")
    n = 2
    clock.spawn(task.run(n))
    clock.spawn(make("c").run(len(log)))
    for i in range(2):
        clock.spawn(Task(f"loop{i}").run(i))
    log.append("begun")
"""
MAIN = """
import { Clock, begin, log } from "./widget/browser/sample.mjs";
begin(new Clock());
setTimeout(() => console.log(log.join("\\n")), 5);
"""


def test_spawned_work_starts_later_with_the_values_of_now(tmp_path: Path) -> None:
    module = compile_text(PROGRAM)
    write_program({module.path: module.code, "main.mjs": MAIN}, tmp_path)
    done = subprocess.run(
        [find_node(), str(tmp_path / "main.mjs")], capture_output=True, text=True, timeout=20, check=True
    )
    assert done.stdout.split("\n")[:-1] == [
        "make c",
        "begun",
        "run a 1",
        "run b 2",
        "run c 1",
        "run loop0 0",
        "run loop1 1",
        "error b",
    ]
