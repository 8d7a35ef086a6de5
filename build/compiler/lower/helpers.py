"""Helpers of the runtime: which file exports which."""

from __future__ import annotations

import re
from pathlib import Path

RUNTIME = Path(__file__).parent.parent / "runtime"
EXPORTED = re.compile(r"^export (?:async )?(?:function\*?|class|const|let) ([\w$]+)", re.M)


def helper_files() -> dict[str, str]:
    """Which runtime file exports which helper."""
    found: dict[str, str] = {}
    for path in sorted(RUNTIME.glob("*.mjs")):
        for name in EXPORTED.findall(path.read_text(encoding="utf-8")):
            found[name] = path.stem
    return found


HELPERS = helper_files()
