"""The runtime: which of its files exports which helper."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from build.compiler.exceptions import FILE, exceptions_module

FOLDER = Path(__file__).parent.parent / "runtime"
EXPORTED = re.compile(r"^export (?:async )?(?:function\*?|class|const|let) ([\w$]+)", re.M)


@cache
def runtime() -> Mapping[str, str]:
    """Its files by name."""
    written = {path.name: path.read_text("utf-8") for path in FOLDER.glob("*.mjs")}
    return dict(sorted({**written, FILE: exceptions_module()}.items()))


def write_program(modules: Mapping[str, str], folder: Path, files: Mapping[str, str] | None = None) -> None:
    """Compiled modules by path, and beside them the runtime that they import: these `files` or all as they are."""
    beside = {f"runtime/{name}": text for name, text in (files or runtime()).items()}
    for path, text in {**modules, **beside}.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8", newline="\n")


HELPERS = {name: file.removesuffix(".mjs") for file, text in runtime().items() for name in EXPORTED.findall(text)}
