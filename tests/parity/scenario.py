"""The scenarios: small programs that print a transcript, and what CPython prints for each."""

from __future__ import annotations

import asyncio
import contextlib
import inspect
import io
import sys
import types
import typing
from collections.abc import Coroutine
from dataclasses import dataclass
from pathlib import Path

import widget.browser

FOLDER = Path(__file__).with_name("scenarios")
ROOT = Path(__file__).resolve().parents[2]
JS_MODULE = "widget.browser.js"


@dataclass(frozen=True)
class Scenario:
    """One file: scenarios/<feature>/<name>.py."""

    feature: str
    name: str
    path: Path

    @property
    def module(self) -> str:
        """Its dotted name, for the compiler and for an import under Brython."""
        return ".".join(self.path.relative_to(ROOT).with_suffix("").parts)

    @property
    def text(self) -> str:
        return self.path.read_text(encoding="utf-8")

    def __str__(self) -> str:
        return f"{self.feature}/{self.name}"


def scenarios(feature: str | None = None) -> list[Scenario]:
    """All scenarios in a fixed order, or those of one feature. Others import those with a leading underscore."""
    found = sorted(FOLDER.glob("*/*.py"))
    made = [Scenario(path.parent.name, path.stem, path) for path in found if not path.name.startswith("_")]
    return [scenario for scenario in made if feature is None or scenario.feature == feature]


def features() -> list[str]:
    return sorted({scenario.feature for scenario in scenarios()})


def cpython_transcript(scenario: Scenario) -> list[str]:
    """The lines that the scenario prints on CPython; an error that it does not catch is the last of them."""
    module = types.ModuleType(scenario.module)
    printed = io.StringIO()
    beside = {name: types.ModuleType(name) for name in _beside(scenario)}
    with _modules({**beside, module.__name__: module, JS_MODULE: _js_module()}), contextlib.redirect_stdout(printed):
        try:
            for name, path in _beside(scenario).items():
                exec(compile(path.read_text("utf-8"), str(path), "exec", dont_inherit=True), beside[name].__dict__)
            exec(compile(scenario.text, str(scenario.path), "exec", dont_inherit=True), module.__dict__)
            result = module.main()
            if inspect.iscoroutine(result):
                asyncio.run(result)
        except Exception as error:
            print("uncaught", type(error).__name__, error)
    return printed.getvalue().removesuffix("\n").split("\n")


def _beside(scenario: Scenario) -> dict[str, Path]:
    """The package and the underscore modules that scenarios of a feature may import."""
    paths = sorted(scenario.path.parent.glob("_*.py"))
    return {".".join(path.relative_to(ROOT).with_suffix("").parts): path for path in paths}


@contextlib.contextmanager
def _modules(added: dict[str, types.ModuleType]) -> typing.Iterator[None]:
    before = {name: sys.modules.get(name) for name in added}
    sys.modules.update(added)
    package = widget.browser
    known = getattr(package, "js", None)
    package.js = added[JS_MODULE]  # type: ignore[attr-defined]
    try:
        yield
    finally:
        package.js = known  # type: ignore[attr-defined]
        for name, module in before.items():
            if module is None:
                del sys.modules[name]
            else:
                sys.modules[name] = module


def _js_module() -> types.ModuleType:
    """The little of widget/browser/js.py that a scenario may use: the real one needs Brython."""
    module = types.ModuleType(JS_MODULE)
    running: set[asyncio.Task[None]] = set()

    def start(work: Coroutine[typing.Any, typing.Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        running.add(task)
        task.add_done_callback(running.discard)

    module.__dict__.update(start=start, platform=lambda: "cpython", Value=typing.Any)
    return module
