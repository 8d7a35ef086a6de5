"""The files of the pinned Brython release, found inside its installed package."""

from __future__ import annotations

from importlib.metadata import version
from importlib.resources import files
from pathlib import Path


def brython_version() -> str:
    return version("brython")


def brython_file(name: str) -> Path:
    """`name` is one of "brython.js" and "brython_stdlib.js"."""
    path = Path(str(files("brython"))) / "data" / name
    if not path.is_file():
        raise FileNotFoundError(f"the brython package has no data/{name}")
    return path
