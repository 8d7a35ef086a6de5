"""What mypy refuses is no program of the subset: asked only where something differs, since it takes its time."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

from mypy import api

from tests.strangers.compared import Pruned

ERROR = re.compile(r"^[^:]+:(\d+):(?:\d+:)? error: ", re.M)
CACHE = Path(tempfile.gettempdir()) / "strangers-mypy"
# The tests are not annotated, and what they compare may be of two types.
ALLOWED = ("var-annotated", "no-untyped-def", "no-untyped-call", "comparison-overlap", "no-redef")


def leave_out_untyped(found: Pruned) -> bool:
    """Leaves out the statements that mypy refuses; was there one?"""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "stranger.py"
        file.write_text(found.text, "utf-8")
        options = ["--strict", "--no-error-summary", f"--cache-dir={CACHE}", "--config-file="]
        said, _, _ = api.run([*options, *(f"--disable-error-code={code}" for code in ALLOWED), str(file)])
    hit = {found.owners[line] for line in map(int, ERROR.findall(said)) if line in found.owners}
    for unit in hit:
        unit.gone = True
    return len(hit) > 0
