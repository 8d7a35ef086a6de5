"""JSON with one vector a line: a change shows as the lines that changed. Long runs are written short."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

OWN = Path(__file__).parent / "own"
RUN = re.compile(r"([0-9a-f]{2})\1{39,}|(.)\2{79,}")  # of a byte in hex, or of a letter
SHORT = re.compile(r"\{([^{}]{1,2})\*(\d+)\}")


def write_lines(head: dict[str, Any], lists: dict[str, list[dict[str, Any]]]) -> str:
    parts = [f"  {_text(key)}: {_text(value)}" for key, value in head.items()]
    for name, items in lists.items():
        rows = ",\n".join(f"    {_text(item)}" for item in items)
        parts.append(f"  {_text(name)}: [\n{rows}\n  ]")
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=True)


def shortened(text: str) -> str:
    """ "{00*16379}" for 16,379 zeros in hex, "{x*4000}" for 4,000 letters."""
    assert SHORT.search(text) is None
    return RUN.sub(lambda run: f"{{{run[1] or run[2]}*{len(run[0]) // len(run[1] or run[2])}}}", text)


def own(name: str) -> str:
    """The file of the vectors of that object, as it is meant."""
    return lengthened((OWN / f"{name}.json").read_text("utf-8"))


def lengthened(text: str) -> str:
    return SHORT.sub(lambda run: run[1] * int(run[2]), text)
