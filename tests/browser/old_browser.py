"""A script that makes the browser of today about as poor as the oldest of the baseline."""

from __future__ import annotations

import json
from pathlib import Path

from tests.baseline.compat import newer_members

SCRIPT = Path(__file__).parent / "hosts" / "old_browser.js"


def old_browser() -> str:
    newer = json.dumps([list(each) for each in newer_members()])
    text = SCRIPT.read_text("utf-8")
    assert "const NEWER = [];" in text
    return text.replace("const NEWER = [];", f"const NEWER = {newer};")
