"""The kernels compiled, beside the hand-written ones, in a folder that Node can run."""

from __future__ import annotations

import shutil
from pathlib import Path

from build.compiler.compile import compile_program
from build.compiler.load import guess_closure
from build.compiler.lower.helpers import write_program
from build.compiler.parse import parse_all
from build.compiler.source import SourceModule

ROOT = Path(__file__).resolve().parents[2]
FOLDER = Path(__file__).parent
BRIDGE = "widget.browser.js"
# No kernels: bench/start.py, bench/log/ and bench/group/ time them in a browser.
PAGES = ("room", "long_room", "kept_room", "key_room", "busy_room")
# Programs that compilers are compared by, not of the widget: their goal is wider.
ALGORITHMS = ("nbody", "fannkuch", "spectral_norm", "queens", "word_count")
KERNELS = ("codec", "open_frame", "reducer", "diff", "tokens", "grouping", *ALGORITHMS)


def module_of(kernel: str) -> str:
    return f"bench.kernels.{kernel}"


def write_compiled(folder: Path) -> None:
    """All of them as `bench/kernels/<name>.mjs` in `folder`, by hand as `hand/<name>.mjs`, and the runner."""
    write_program(codes(), folder)
    (folder / "hand").mkdir(exist_ok=True)
    for path in FOLDER.glob("*.mjs"):
        shutil.copy(path, folder / "hand" / path.name)


def codes() -> dict[str, str]:
    """The JavaScript, by the path of its module."""
    return {module.path: module.code for module in compile_program(sources()).values()}


def sources() -> dict[str, SourceModule]:
    """The kernels and all of the widget that they import, but the bridge to JavaScript."""
    texts = guess_closure(ROOT, [module_of(kernel) for kernel in (*KERNELS, *PAGES)], ("widget", "bench"))
    del texts[BRIDGE]
    paths = {name: f"{name.replace('.', '/')}.py" for name in texts}
    trees = parse_all({paths[name]: text for name, text in texts.items()}, ROOT / ".work" / "parse-kernels")
    return {name: SourceModule(name, paths[name], text, trees[paths[name]]) for name, text in texts.items()}
