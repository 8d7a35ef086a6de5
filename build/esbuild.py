"""Runs the pinned esbuild of node_modules."""

from __future__ import annotations

import functools
import subprocess
from pathlib import Path

from build.node import find_node

ROOT = Path(__file__).resolve().parent.parent
TIMEOUT_S = 180


class EsbuildFailed(Exception):
    """esbuild's own words."""


@functools.cache
def esbuild_command() -> tuple[str, ...]:
    """The binary itself where npm laid it (50 ms faster), else through its Node script."""
    binaries = sorted(ROOT.glob("node_modules/@esbuild/*/bin/esbuild"))
    if len(binaries) == 1:
        return (str(binaries[0]),)
    script = ROOT / "node_modules/esbuild/bin/esbuild"
    if not script.is_file():
        raise EsbuildFailed("esbuild is missing: `make tools` installs it")
    return (find_node(), str(script))


def run_esbuild(arguments: list[str], folder: Path | None = None, stdin: str = "") -> str:
    """Its standard output. Raises EsbuildFailed for errors and for warnings too: broken CSS is only a warning."""
    done = subprocess.run(  # noqa: S603 - the pinned binary with our own arguments
        [*esbuild_command(), *arguments],
        cwd=folder,
        input=stdin.encode("utf-8"),
        capture_output=True,
        timeout=TIMEOUT_S,
    )
    if done.returncode != 0 or done.stderr.strip() != b"":
        raise EsbuildFailed(done.stderr.decode("utf-8", "replace").strip())
    return done.stdout.decode("utf-8")
