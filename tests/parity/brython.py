"""The third column: scenarios under stock Brython, all in one Node process."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping
from pathlib import Path

from build.brython import brython_file
from build.node import find_node
from build.vfs import vfs_modules
from tests.parity.scenario import FOLDER, scenarios

ROOT = Path(__file__).resolve().parents[2]
RUNNER = Path(__file__).with_name("brython_run.mjs")
TIMEOUT_S = 600  # for what hangs; a busy machine may take minutes
# Node has no page: of the bridge the scenarios use only this.
JS_MODULE = """
from browser import aio

async def tick():
    pass

async def later(work):
    await tick()
    await work

def start(work):
    aio.run(later(work))
"""


def scenario_transcripts(also: Mapping[str, str] | None = None) -> dict[str, list[str]]:
    """Lines of all scenarios by module, and of the sources in `also`."""
    sources = {scenario.module: scenario.text for scenario in scenarios()} | dict(also or {})
    found = run_under_brython(sources, beside_scenarios())
    return {name: text.removesuffix("\n").split("\n") for name, text in found.items()}


def beside_scenarios() -> dict[str, str]:
    """What scenarios may import, by module."""
    return {_module(path): path.read_text("utf-8") for path in FOLDER.glob("*/_*.py")}


def _module(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)


def run_under_brython(scenarios: Mapping[str, str], imported: Mapping[str, str] | None = None) -> dict[str, str]:
    """What each source prints, by the name of its module; `imported` are modules that they import.

    A scenario's `main()` is called, and awaited if it is async. What it does not catch ends its transcript as
    "uncaught TypeName message". It may import widget modules too.
    """
    texts = {**(imported or {}), **scenarios}
    packages = {name.rsplit(".", depth)[0] for name in texts for depth in range(1, name.count(".") + 1)}
    modules = vfs_modules(ROOT) | {package: [".py", "", [], 1] for package in packages}
    modules |= {name: [".py", text, []] for name, text in texts.items()}
    modules["widget.browser.js"] = [".py", JS_MODULE, []]
    question = {"modules": modules, "scenarios": list(scenarios)}
    done = subprocess.run(
        [find_node(), str(RUNNER), str(brython_file("brython.js")), str(brython_file("brython_stdlib.js"))],
        input=json.dumps(question).encode(),
        capture_output=True,
        timeout=TIMEOUT_S,
    )
    if done.returncode != 0:
        raise RuntimeError(done.stderr.decode("utf-8", "replace")[:3000])
    reports = json.loads(done.stdout)
    return {name: read(reports.get(name)) for name in scenarios}


def read(transcript: str | None) -> str:
    if transcript is None:
        return "did not finish\n"
    return bytes.fromhex(transcript).decode("utf-8", "surrogatepass")
