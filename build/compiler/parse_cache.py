"""Answers of the parser by the hash of all that they depend on, so that a second build parses only what changed."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterable
from pathlib import Path

from build.brython import brython_version


class ParseCache:
    """A folder of JSON lines; without a folder it remembers nothing. Nothing in it is ever needed."""

    def __init__(self, folder: Path | None, driver: Path) -> None:
        self._folder = folder
        # The Python too: only what it compiles is ever asked.
        self._salt = f"{brython_version()}\0{sys.version}\0".encode() + driver.read_bytes() + b"\0"

    def key(self, text: str) -> str:
        return hashlib.sha256(self._salt + text.encode("utf-8", "surrogatepass")).hexdigest()

    def read(self, key: str) -> str | None:
        if self._folder is None:
            return None
        try:
            return (self._folder / key).read_text("utf-8")
        except FileNotFoundError:  # never there, or another build has just tidied up
            return None

    def write(self, key: str, answer: str) -> None:
        if self._folder is None:
            return
        self._folder.mkdir(parents=True, exist_ok=True)
        fresh = self._folder / f".{key}.{os.getpid()}"  # another build may write the same answer
        fresh.write_text(answer, "utf-8")
        fresh.replace(self._folder / key)

    def keep_only(self, keys: Iterable[str]) -> None:
        if self._folder is not None and self._folder.is_dir():
            kept = set(keys)
            for file in self._folder.iterdir():
                if file.name not in kept and not file.name.startswith("."):
                    file.unlink(missing_ok=True)
