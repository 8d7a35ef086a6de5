"""The third column: scenarios under stock Brython, all in one Node process."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping
from pathlib import Path

from build.brython import brython_file
from build.dev import vfs_modules
from build.node import find_node

ROOT = Path(__file__).resolve().parents[2]
RUNNER = Path(__file__).with_name("brython_run.mjs")
TIMEOUT_S = 120


def run_under_brython(scenarios: Mapping[str, str]) -> dict[str, str]:
    """What each source prints, by name. A scenario is a module; its `main()` is called, and awaited if it is async.

    What it does not catch ends its transcript as "uncaught TypeName message". It may import widget modules.
    """
    names = {name: f"parity_{index}" for index, name in enumerate(scenarios)}
    modules = vfs_modules(ROOT)
    modules |= {names[name]: [".py", source, []] for name, source in scenarios.items()}
    question = {"modules": modules, "scenarios": list(names.values())}
    done = subprocess.run(
        [find_node(), str(RUNNER), str(brython_file("brython.js")), str(brython_file("brython_stdlib.js"))],
        input=json.dumps(question).encode(),
        capture_output=True,
        timeout=TIMEOUT_S,
    )
    if done.returncode != 0:
        raise RuntimeError(done.stderr.decode("utf-8", "replace")[:3000])
    reports = json.loads(done.stdout)
    return {name: read(reports.get(hidden)) for name, hidden in names.items()}


def read(transcript: str | None) -> str:
    if transcript is None:
        return "did not finish\n"
    return bytes.fromhex(transcript).decode("utf-8", "surrogatepass")
