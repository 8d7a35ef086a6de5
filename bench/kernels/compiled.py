"""The kernels compiled, beside the hand-written ones, in a folder that Node can run."""

from __future__ import annotations

import shutil
from pathlib import Path

from build.compiler.compile import compile_program
from build.compiler.load import imports_of, module_file
from build.compiler.lower.base import RUNTIME
from build.compiler.parse import parse_all
from build.compiler.source import SourceModule

ROOT = Path(__file__).resolve().parents[2]
FOLDER = Path(__file__).parent
BRIDGE = "widget.browser.js"
PICTURE = "room"  # no kernel: bench/start.py times it in a browser
KERNELS = ("codec", "open_frame", "reducer", "diff", "tokens", "grouping")


def module_of(kernel: str) -> str:
    return f"bench.kernels.{kernel}"


def write_compiled(folder: Path) -> None:
    """All of them as `bench/kernels/<name>.mjs` in `folder`, by hand as `hand/<name>.mjs`, and the runner."""
    for module in compile_program(sources()).values():
        file = folder / module.path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(module.code, encoding="utf-8")
    shutil.copytree(RUNTIME, folder / "runtime", dirs_exist_ok=True)
    (folder / "hand").mkdir(exist_ok=True)
    for path in FOLDER.glob("*.mjs"):
        shutil.copy(path, folder / "hand" / path.name)


def sources() -> dict[str, SourceModule]:
    """The kernels and all of the widget that they import, but the bridge to JavaScript."""
    files: dict[str, Path] = {}
    waiting = [module_of(kernel) for kernel in (*KERNELS, PICTURE)]
    found: dict[str, SourceModule] = {}
    while len(waiting) > 0:
        files = {name: file for name in waiting if name not in found and (file := module_file(ROOT, name)) is not None}
        paths = {name: file.relative_to(ROOT).as_posix() for name, file in files.items()}
        texts = {name: file.read_text("utf-8") for name, file in files.items()}
        trees = parse_all({paths[name]: text for name, text in texts.items()}, ROOT / ".work" / "parse")
        waiting = []
        for name, text in texts.items():
            found[name] = SourceModule(name, paths[name], text, trees[paths[name]])
            for imported in imports_of(found[name]):
                waiting += [imported.module, *(f"{imported.module}.{word}" for word in imported.names)]
        waiting = [name for name in waiting if name.startswith(("widget.", "bench.kernels.")) and name != BRIDGE]
    return found
