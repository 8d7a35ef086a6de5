"""Python modules in the form that Brython looks imports up in: its virtual file system."""

from __future__ import annotations

import json
import re
from pathlib import Path

LEFT_OUT = ("native",)
IMPORTED = re.compile(r"^[ \t]*from[ \t]+([\w.]+)[ \t]+import\b|^[ \t]*import[ \t]+([\w.]+)", re.M)
# What stands in for a module of Brython's own library.
LIBRARY = {"dataclasses": Path(__file__).with_name("stdlib") / "dataclasses.py"}


def vfs_script(root: Path) -> str:
    """All modules of widget/ in one script, and those of our library in the place of Brython's.

    Several hundred requests for files that do not exist are what Brython's own search by path would cost. Each module
    has the time when it was saved, by which Brython finds the others compiled in its IndexedDB.
    """
    saved: dict[int, dict[str, object]] = {}
    for name, path in (_module_files(root) | LIBRARY).items():
        saved.setdefault(int(path.stat().st_mtime * 1000), {})[name] = _module(path)
    parts = [json.dumps({**modules, "$timestamp": at}) for at, modules in saved.items()]
    lines = [f"delete __BRYTHON__.VFS.{name}" for name in LIBRARY]
    return "".join(f"{line}\n" for line in [*lines, *(f"__BRYTHON__.update_VFS({part})" for part in parts)])


def vfs_modules(root: Path) -> dict[str, object]:
    """The modules of widget/ by name: [".py", text, imports, 1 for a package]."""
    return {name: _module(path) for name, path in _module_files(root).items()}


def _module(path: Path) -> list[object]:
    text = path.read_text("utf-8")
    module: list[object] = [".py", text, sorted({first or second for first, second in IMPORTED.findall(text)})]
    return [*module, 1] if path.stem == "__init__" else module


def _module_files(root: Path) -> dict[str, Path]:
    files = [path.relative_to(root) for path in sorted((root / "widget").rglob("*.py"))]
    names = {".".join(path.with_suffix("").parts).removesuffix(".__init__"): path for path in files}
    return {name: root / path for name, path in names.items() if path.parts[1] not in LEFT_OUT}
