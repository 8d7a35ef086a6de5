"""The sides: each makes one minified module of a program, which exports `kernel`, or says why it cannot."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bench.kernels.compiled import FOLDER, ROOT
from bench.peers.changes import PSCRIPT, TRANSCRYPT
from build.brython import brython_file
from build.compiler.compile import compile_program
from build.compiler.load import load_texts
from build.compiler.lower.helpers import runtime
from build.compiler.thin import thin_runtime
from build.esbuild import EsbuildFailed, run_esbuild

PEERS = ROOT / ".work" / "peers"
TIMEOUT_S = 60
OPTIONS = ["--bundle", "--minify", "--format=esm", "--target=es2020", "--legal-comments=none", "--charset=ascii"]
# Translated as a text, not as a module: what it does not use of its helpers is left out.
PSCRIPT_RUN = "import sys, pscript; sys.stdout.write(pscript.py2js(sys.stdin.read()))"


class Refused(Exception):
    """A compiler's own words, or those of the linker about what it wrote."""


@dataclass(frozen=True)
class Side:
    """`make` gets the text of a program, its name and an empty folder, and gives the module."""

    name: str
    make: Callable[[str, str, Path], str]
    files: tuple[Path, ...] = ()  # of Brython, which runs the program itself


def by_hand(_text: str, name: str, folder: Path) -> str:
    code = (FOLDER / f"{name}.mjs").read_text("utf-8")
    return _linked({f"{name}.mjs": code}, f"./{name}.mjs", "new Kernel()", folder)


def ours(text: str, name: str, folder: Path) -> str:
    modules = compile_program(load_texts({f"bench.{name}": text}), ("Kernel",))
    files = {module.path: module.small for module in modules.values()}
    files |= {f"runtime/{name}": text for name, text in thin_runtime(runtime(), modules.values()).items()}
    return _linked(files, f"./bench/{name}.mjs", "new Kernel()", folder)


def transcrypt(text: str, name: str, folder: Path) -> str:
    """With its usual settings: operators of JavaScript."""
    (folder / f"{name}.py").write_text(text, "utf-8")
    _peer(["-m", "transcrypt", "-b", "-n", "-od", "out", f"{name}.py"], "", folder)
    return _linked({}, f"./out/{name}.js", "Kernel()", folder)


def pscript(text: str, name: str, folder: Path) -> str:
    code = _peer(["-c", PSCRIPT_RUN], text, folder)
    return _linked({f"{name}.mjs": f"{code}\nexport {{ Kernel }}\n"}, f"./{name}.mjs", "new Kernel()", folder)


def as_it_is(text: str, _name: str, _folder: Path) -> str:
    return text


def _linked(files: dict[str, str], module: str, made: str, folder: Path) -> str:
    entry = f"import {{ Kernel }} from '{module}'\nexport const kernel = {made}\n"
    for path, text in {**files, "entry.mjs": entry}.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8", newline="\n")
    try:
        return run_esbuild(["entry.mjs", *OPTIONS], folder)
    except EsbuildFailed as error:
        raise Refused(f"its JavaScript: {_line_of(str(error), 'ERROR]')}") from error


def _peer(arguments: list[str], given: str, folder: Path) -> str:
    """What it wrote. Raises Refused with its own words."""
    if not PEERS.is_dir():
        raise FileNotFoundError("the other compilers are not installed: run `make .work/steps/peers`")
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(PEERS), "PYTHONDONTWRITEBYTECODE": "1"},
        input=given,
        capture_output=True,
        text=True,
        timeout=TIMEOUT_S,
        check=False,
    )
    if done.returncode != 0:
        raise Refused(_line_of(done.stdout + done.stderr, "Error"))
    return done.stdout


def _line_of(words: str, mark: str) -> str:
    """From the last line that has the mark on, in one line: what is before is where it happened."""
    lines = [line.strip() for line in words.splitlines() if line.strip() != ""]
    found = max((number for number, line in enumerate(lines) if mark in line), default=0)
    return " ".join(lines[found : found + 2])


HAND = Side("by hand", by_hand)
SIDES = (
    HAND,
    Side("ours", ours),
    Side(TRANSCRYPT, transcrypt),
    Side(PSCRIPT, pscript),
    Side("Brython", as_it_is, (brython_file("brython.js"), brython_file("brython_stdlib.js"))),
)
