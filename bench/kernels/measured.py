"""Times of the kernels: compiled and by hand in turn in one Node, then under stock Brython in another."""

from __future__ import annotations

import json
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from bench.kernels.compiled import FOLDER, KERNELS, module_of, sources, write_compiled
from build.brython import brython_file
from build.node import find_node
from build.vfs import vfs_modules

ROOT = FOLDER.parents[1]
ROUND_MS = 100
ROUNDS = 15
TIMEOUT_S = 300


@dataclass(frozen=True)
class KernelTimes:
    """Nanoseconds of processor time for one time, each the median of its rounds."""

    compiled: float
    by_hand: float
    brython: float


def kernel_times() -> dict[str, KernelTimes]:
    with tempfile.TemporaryDirectory() as folder:
        report = run_in_node(Path(folder), ROUND_MS, ROUNDS)
    slow = brython_report()
    return {
        kernel: KernelTimes(float(side["compiled"]), float(side["hand"]), float(slow[kernel]["ns"]))
        for kernel, side in report.items()
    }


def run_in_node(folder: Path, round_ms: int, rounds: int) -> dict[str, dict[str, float]]:
    """What measure.mjs reports."""
    write_compiled(folder)
    return _node([str(folder / "hand" / "measure.mjs"), str(round_ms), str(rounds), *KERNELS], "", folder)


def results_of(report: dict[str, dict[str, float]], kernel: str) -> dict[str, str]:
    found: dict[str, str] = report[kernel]["results"]  # type: ignore[assignment]
    return found


def brython_report() -> dict[str, dict[str, float]]:
    """{kernel: {ns, result}}; the result is that of 100 times."""
    modules = vfs_modules(ROOT)
    for name, source in sources().items():
        if name.startswith("bench."):
            modules[name] = [".py", source.text, []]
    for package in ("bench", "bench.kernels"):
        modules[package] = [".py", "", [], 1]
    question = json.dumps({"modules": modules, "kernels": {kernel: module_of(kernel) for kernel in KERNELS}})
    files = [str(brython_file("brython.js")), str(brython_file("brython_stdlib.js"))]
    return _node([str(FOLDER / "brython.mjs"), *files], question, ROOT)


def _node(arguments: list[str], given: str, folder: Path) -> dict[str, dict[str, float]]:
    done = subprocess.run(
        [find_node(), *arguments], input=given.encode(), capture_output=True, timeout=TIMEOUT_S, cwd=folder, check=False
    )
    if done.returncode != 0:
        raise RuntimeError(done.stderr.decode("utf-8", "replace")[:3000])
    found: dict[str, dict[str, float]] = json.loads(done.stdout)
    return found
