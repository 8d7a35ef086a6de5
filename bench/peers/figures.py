"""A greeting and five programs by each side: is the result CPython's, what the script weighs, how long it works."""

from __future__ import annotations

import functools
import importlib
import tempfile
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from bench.kernels.compiled import ALGORITHMS, FOLDER, module_of
from bench.peers.changes import CHANGES, changed
from bench.peers.running import Answer, Failed, Running, running
from bench.peers.sides import SIDES, Refused, Side
from build.brython import brython_file
from build.compress import usual_gzip_size
from build.esbuild import run_esbuild

PROGRAMS = ("hello", *ALGORITHMS)  # the first for what a script weighs that does next to nothing
TIMES = 100  # as in bench/kernels/measure.mjs
WARM_UP_US = 400_000
ROUND_US = 100_000
ROUNDS = 15


@dataclass
class Figures:
    """Of one program by one side. Without `script` it could do it in no way.

    `refused` is what came of the program as it is, "" where that was right; `said` what was changed then; `us` the
    microseconds of processor time for one time, one for each round.
    """

    program: str
    side: str
    refused: str = ""
    said: list[str] = field(default_factory=list)
    script: bytes = b""
    us: list[float] = field(default_factory=list)

    @property
    def packed_bytes(self) -> int:
        return usual_gzip_size(self.script)


def peer_figures(programs: Iterable[str] = PROGRAMS, rounds: int = ROUNDS) -> list[Figures]:
    return [found for program in programs for found in compare(program, SIDES, rounds)]


def compare(program: str, sides: Sequence[Side], rounds: int) -> list[Figures]:
    """All sides at work at once, each in a process of its own, and measured in turn."""
    found: list[Figures] = []
    racing: list[tuple[Running, Figures]] = []
    with ExitStack() as stack:
        for side in sides:
            figures = Figures(program, side.name)
            found.append(figures)
            one = started(side, figures, stack)
            if one is not None:
                racing.append((one, figures))
        race(racing, rounds)
    return found


def started(side: Side, figures: Figures, stack: ExitStack) -> Running | None:
    """With the program as it is or, where that is not right, with what has to be changed."""
    text = (FOLDER / f"{figures.program}.py").read_text("utf-8")
    try:
        return attempt(side, text, figures, stack)
    except (Refused, Failed) as error:
        figures.refused = str(error)
    changes = CHANGES.get((side.name, figures.program), ())
    figures.said = [change.said for change in changes if change.said != ""]
    if len(changes) == 0:
        return None
    try:
        return attempt(side, changed(text, changes), figures, stack)
    except (Refused, Failed) as error:
        figures.said.append(f"and still: {error}")
        return None


def attempt(side: Side, text: str, figures: Figures, stack: ExitStack) -> Running:
    """Raises Refused, or Failed, which a wrong result is too."""
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
    made = side.make(text, figures.program, folder)
    file = folder / "made.mjs"
    file.write_text(made, "utf-8")
    one = stack.enter_context(running(file, side.files))
    answer = one.ask(TIMES)
    if answer.result != expected(figures.program):
        raise Failed(f"gives `{answer.result}`")
    figures.script = made.encode() if len(side.files) == 0 else with_brython(made, answer)
    return one


@functools.cache
def expected(program: str) -> str:
    """What CPython gives."""
    result: str = importlib.import_module(module_of(program)).Kernel().run(TIMES)
    return result


def with_brython(text: str, answer: Answer) -> bytes:
    """What a page loads: Brython, minified, the part of its library that the program imports, and the program."""
    return f"{minified_brython()}\n__BRYTHON__.update_VFS({answer.library})\n{text}".encode()


@functools.cache
def minified_brython() -> str:
    return run_esbuild([str(brython_file("brython.js")), "--minify", "--target=es2020", "--log-level=error"])


def race(racing: Sequence[tuple[Running, Figures]], rounds: int) -> None:
    """The same share of the processor's time for each, in turn, forwards and backwards."""
    if rounds == 0:
        return
    many = [fitting(one) for one, _ in racing]
    turns = list(zip(racing, many, strict=True))
    for number in range(rounds):
        for (one, figures), times in turns if number % 2 == 0 else reversed(turns):
            figures.us.append(one.ask(times).us / times)


def fitting(one: Running) -> int:
    """Warms up; how many times fill a round."""
    times, worked_us = 1, 0.0
    while True:
        us = one.ask(times).us
        worked_us += us
        if us < ROUND_US / 4:
            times *= 2
        elif worked_us >= WARM_UP_US:
            return max(1, round(times * ROUND_US / us))
