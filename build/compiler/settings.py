"""What a program says of itself: the table `[tool.strixun.compiler]` of its pyproject.toml."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Settings:
    """`package` is what `--check` checks, but what begins with a path of `left_out`."""

    package: str = ""
    left_out: tuple[str, ...] = ()


def read_settings(root: Path) -> Settings:
    """Those of the folder; what it does not say is as above."""
    file = root / "pyproject.toml"
    text = file.read_text("utf-8") if file.is_file() else ""
    table: dict[str, Any] = tomllib.loads(text).get("tool", {}).get("strixun", {}).get("compiler", {})
    return Settings(table.get("package", ""), tuple(table.get("left_out", ())))
