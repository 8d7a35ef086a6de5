"""Runs programs on CPython and compiled, many in one Node process, and says where they differ.

`python -m tests.parity.fuzz 7 200` writes 200 programs from seed 7 and prints the shortest form of what differs.
"""

from __future__ import annotations

import ast
import asyncio
import contextlib
import inspect
import io
import json
import subprocess
import sys
import tempfile
import time
import types
import warnings
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, seed, settings

from build.compiler.compile import JsModule, compile_program
from build.compiler.errors import CompileErrors
from build.compiler.lower.helpers import runtime, write_program
from build.compiler.source import SourceModule
from build.compiler.thin import thin_runtime
from build.node import find_node
from tests.parity.compiled import RUNNER
from tests.parity.programs.program import programs

EXACT = 2**53
LONGEST = 3000
STEPS = 60_000
SHORTEN_S = 60.0
BATCH = 500  # a command line holds the names of no more than a thousand
ONE_S = 5.0  # one shortened program: some never end on the compiled side


class Beyond(BaseException):
    """The program leaves what the subset promises: an int of 2**53, or more work than a test should do."""


@dataclass(frozen=True)
class Outcome:
    """What one program did: lines by side; `refused` is what the compiler said, `beyond` that CPython's run was cut.

    `small` are the lines of the form that pages load, with short names.
    """

    text: str
    cpython: tuple[str, ...] = ()
    compiled: tuple[str, ...] = ()
    small: tuple[str, ...] = ()
    refused: str = ""
    beyond: bool = False

    @property
    def differs(self) -> bool:
        return self.refused == "" and not self.beyond and not self.cpython == self.compiled == self.small

    def report(self) -> str:
        name, found = ("compiled", self.compiled) if self.compiled != self.cpython else ("small", self.small)
        rows = zip([*self.cpython, "(end)"], [*found, "(end)"], strict=False)
        number, (left, right) = next((n, pair) for n, pair in enumerate(rows, 1) if pair[0] != pair[1])
        return f"{self.text}\nline {number}\n  CPython:  {left}\n  {name}: {right}"


def written(count: int, start: int) -> list[str]:
    """`count` programs, the same ones for the same `start`."""
    found: list[str] = []

    @seed(start)
    @settings(
        max_examples=count,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(programs())
    def collect(text: str) -> None:
        found.append(text)

    collect()
    return found


class Bounds(ast.NodeTransformer):
    """Puts each result of arithmetic and each call through `_bound`, and each turn of a loop too."""

    def visit_BinOp(self, node: ast.BinOp) -> ast.expr:
        self.generic_visit(node)
        return _bounded(node)

    def visit_Call(self, node: ast.Call) -> ast.expr:
        self.generic_visit(node)
        return _bounded(node)

    def visit_UnaryOp(self, node: ast.UnaryOp) -> ast.expr:
        self.generic_visit(node)
        return node if isinstance(node.op, ast.Not) else _bounded(node)

    def visit_match_case(self, node: ast.match_case) -> ast.match_case:
        """A pattern holds no calls."""
        node.guard = self.visit(node.guard) if node.guard is not None else None
        node.body = [item for statement in node.body for item in _listed(self.visit(statement))]
        return node

    def visit_AugAssign(self, node: ast.AugAssign) -> list[ast.stmt]:
        self.generic_visit(node)
        if any(isinstance(item, ast.Call) for item in ast.walk(node.target)):
            return [node]  # it would act twice
        read = ast.parse(ast.unparse(node.target), mode="eval").body
        return [node, ast.Expr(_bounded(read))]


def _listed(found: ast.stmt | list[ast.stmt]) -> list[ast.stmt]:
    return found if isinstance(found, list) else [found]


def _bounded(node: ast.expr) -> ast.expr:
    return ast.Call(ast.Name("_bound", ast.Load()), [node], [])


def run_on_cpython(text: str) -> tuple[tuple[str, ...], bool]:
    """The lines, and whether the program went beyond the subset."""
    steps = 0
    beyond = False

    def bound(value: object) -> object:
        nonlocal steps, beyond
        steps += 1
        big = type(value) is int and abs(value) >= EXACT
        long = isinstance(value, str | bytes | list) and len(value) > LONGEST
        if big or long or steps > STEPS:
            beyond = True  # a manager of the program may end the error
            raise Beyond
        return value

    module = types.ModuleType("fuzzed")
    module.__dict__["_bound"] = bound
    printed = io.StringIO()
    tree = ast.fix_missing_locations(Bounds().visit(ast.parse(text)))
    sys.modules["fuzzed"] = module
    with contextlib.redirect_stdout(printed), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            exec(compile(tree, "fuzzed", "exec", dont_inherit=True), module.__dict__)
            started = module.main()
            if inspect.iscoroutine(started):
                asyncio.run(started)
        except Beyond:
            pass
        except Exception as error:
            print("uncaught", type(error).__name__, error)
        finally:
            del sys.modules["fuzzed"]
    return (() if beyond else tuple(printed.getvalue().removesuffix("\n").split("\n"))), beyond


def compile_one(text: str) -> JsModule:
    """Its JavaScript in both forms; raises CompileErrors."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        tree = ast.parse(text)
    source = SourceModule("widget.fuzzed", "widget/fuzzed.py", text, tree)
    return compile_program({source.name: source})[source.name]


def outcomes(texts: Iterable[str], folder: Path, patience_s: float = 120.0) -> list[Outcome]:
    """What each program did on both sides. TimeoutExpired when Node takes longer than `patience_s` for all of them."""
    found: list[Outcome] = []
    live: dict[int, JsModule] = {}
    for text in texts:
        try:
            module = compile_one(text)
        except CompileErrors as errors:
            found.append(Outcome(text, refused=errors.render()))
            continue
        lines, beyond = run_on_cpython(text)
        if not beyond:
            live[len(found)] = module
        found.append(Outcome(text, lines, beyond=beyond))
    for index, (plain, small) in in_node(live, folder, patience_s).items():
        found[index] = Outcome(found[index].text, found[index].cpython, plain, small)
    return found


def in_node(
    modules: Mapping[int, JsModule], folder: Path, patience_s: float
) -> dict[int, tuple[tuple[str, ...], tuple[str, ...]]]:
    """The lines of each program, as people read it and as pages load it, all from one process."""
    thin = thin_runtime(runtime(), modules.values())
    write_program({f"widget/p{index}.mjs": module.code for index, module in modules.items()}, folder / "plain")
    write_program({f"widget/p{index}.mjs": module.small for index, module in modules.items()}, folder / "small", thin)
    runner = folder / "run.mjs"
    runner.write_text(RUNNER, "utf-8")
    names = [f"{form}/widget/p{index}" for index in modules for form in ("plain", "small")]
    files = json.dumps([[name, f"./{name}.mjs"] for name in names])
    done = subprocess.run([find_node(), str(runner), files], capture_output=True, timeout=patience_s, check=False)
    assert done.returncode == 0, done.stderr.decode()[-2000:]
    lines = {name: tuple(found) or ("",) for name, found in json.loads(done.stdout).items()}
    return {index: (lines[f"plain/widget/p{index}"], lines[f"small/widget/p{index}"]) for index in modules}


def shortened(text: str, folder: Path) -> Outcome:
    """The same difference in fewer statements: leaves out one after the other as long as it stays, for a minute."""
    best = _one(text, folder)
    index = 0
    deadline_s = time.monotonic() + SHORTEN_S
    while time.monotonic() < deadline_s:
        smaller = _without(best.text, index)
        if smaller is None:
            return best
        tried = _one(smaller, folder)
        if tried.differs:
            best = tried
        else:
            index += 1
    return best


def _one(text: str, folder: Path) -> Outcome:
    with tempfile.TemporaryDirectory(dir=folder) as place:
        try:
            return outcomes([text], Path(place), ONE_S)[0]
        except (AssertionError, subprocess.TimeoutExpired):
            return Outcome(text, beyond=True)


def _without(text: str, index: int) -> str | None:
    """The program without its statement number `index`, counted in the order of the text; None past the last."""
    tree = ast.parse(text)
    names = ("body", "orelse", "finalbody", "handlers")
    found = [getattr(node, name, None) for node in ast.walk(tree) for name in names]
    blocks = [block for block in found if isinstance(block, list)][1:]  # what the module defines stays
    places = [(block, at) for block in blocks for at in range(len(block))]
    if index >= len(places):
        return None
    block, at = places[index]
    del block[at]
    if len(block) == 0:
        block.append(ast.Pass())
    try:
        return ast.unparse(ast.fix_missing_locations(tree)) + "\n"
    except ValueError:
        return text


def main(start: int, count: int) -> int:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        texts = written(count, start)
        found = [seen for at in range(0, count, BATCH) for seen in outcomes(texts[at : at + BATCH], folder)]
        refused = [outcome for outcome in found if outcome.refused != ""]
        bad = [outcome for outcome in found if outcome.differs]
        beyond = sum(outcome.beyond for outcome in found)
        print(f"{len(found)} programs, {len(refused)} refused, {beyond} beyond the subset, {len(bad)} differ")
        for line in sorted({outcome.refused.split("\n")[0] for outcome in refused})[:8]:
            print(line)
        for outcome in bad[:1]:
            print(shortened(outcome.text, folder).report())
        return 1 if len(bad) > 0 else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2])))
