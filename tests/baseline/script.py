"""What one emitted script names of the browser, by `used.mjs`."""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass
from pathlib import Path

from build.node import find_node
from tests.baseline.compat import PACKAGES

READER = Path(__file__).with_name("used.mjs")


@dataclass(frozen=True)
class Used:
    """See the head of `used.mjs`."""

    globals: list[str]
    paths: list[str]
    members: list[str]
    ours: list[str]
    texts: list[str]
    patterns: list[list[str]]


def used_by(script: Path) -> Used:
    command = [find_node(), str(READER), str(PACKAGES), str(script)]
    done = subprocess.run(command, capture_output=True, timeout=60)
    assert done.returncode == 0, done.stderr.decode()
    return Used(**json.loads(done.stdout))
