"""Joins compiled modules with esbuild, tree-shaken, not yet minified.

The two scratch folders that esbuild sees, one for the code that people read and one with short names: in each
`widget/chat/chat.mjs` with `chat.mjs.map` beside it for each compiled module, `runtime/*.mjs` for the helpers of the
compiler, and one small entry for each format (`build/entries.py`).
"""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from build.compiler.compile import JsModule
from build.compiler.thin import thin_runtime
from build.entries import Entries
from build.esbuild import run_esbuild
from build.integrity import SCRIPT, STYLE, integrity
from build.minify import Piece

TARGET = "es2020"
READABLE = "chat-widget.iife.js"
READABLE_STYLE = "chat-widget.css"
ESM = "chat-widget.esm.js"
CJS = "chat-widget.cjs.js"
PACKAGE_ESM = "index.mjs"
PACKAGE_CJS = "index.js"
ELEMENT = "custom-element.mjs"
MODULES = (  # file, entry, format
    (ESM, "esm.mjs", "esm"),
    (CJS, "cjs.mjs", "cjs"),
    (PACKAGE_ESM, "package.mjs", "esm"),
    (PACKAGE_CJS, "package.mjs", "cjs"),
)
GLOBAL = re.compile(r"\bglobalThis\.(\w+)")
NAME = re.compile(r"(?<![\w$.])[A-Za-z_]\w*")
WORDS = re.compile(r'"(?:[^"\\\n]|\\.)*"|/\*.*?\*/', re.S)
COMMON = ["--bundle", f"--target={TARGET}", "--legal-comments=none", "--log-level=warning", "--charset=ascii"]


@dataclass(frozen=True)
class Program:
    """What is linked: modules by name, the texts their maps point to by path, and what the world may see.

    `home` is the module that the formats tell where they lie; where there is none they only hold the names. `element`
    is hand-written, `list_pin` the integrity of the list of languages.
    """

    modules: Mapping[str, JsModule]
    runtime: Mapping[str, str]
    texts: Mapping[str, str]
    entry: str
    exports: tuple[str, ...]
    version: str
    banner: str
    home: str = ""
    element: str = ""
    style: str = ""
    readable_style: str = ""
    list_pin: str = ""


@dataclass(frozen=True)
class Bundles:
    """The script that people read, the one with short names and its map, and the `MODULES` in their order."""

    readable: str
    script: Piece
    modules: list[Piece]


def bundle(program: Program) -> Bundles:
    with tempfile.TemporaryDirectory(prefix="strixun-link-") as name:
        plain, small = Path(name) / "plain", Path(name) / "small"
        compiled = program.modules.items()
        readable = {name: (module.code, module.source_map) for name, module in compiled}
        _lay_out(program, plain, readable, READABLE_STYLE, program.readable_style)
        short = {name: (module.small, module.small_map) for name, module in compiled}
        thin = thin_runtime(program.runtime, program.modules.values())
        _lay_out(replace(program, runtime=thin), small, short, STYLE, program.style)
        bare = _bare_globals(code for code, _ in short.values())
        wanted = [
            (plain, "global.mjs", READABLE, ["--format=iife"]),
            (small, "global.mjs", SCRIPT, ["--format=iife", "--sourcemap=external", *bare]),
            *((small, entry, name, [f"--format={form}", *bare]) for name, entry, form in MODULES),
        ]
        with ThreadPoolExecutor(2) as pool:
            texts = list(pool.map(lambda one: _bundle(*one), wanted))
        joined = (small / "out" / f"{SCRIPT}.map").read_text("utf-8")
    modules = [Piece(text, is_module=form == "esm") for text, (_, _, form) in zip(texts[2:], MODULES, strict=True)]
    return Bundles(texts[0], Piece(texts[1], joined), modules)


def _bare_globals(texts: Iterable[str]) -> list[str]:
    """`document` for `globalThis.document`, unless a module that asks for it may have something else of that name."""
    asked = [(set(GLOBAL.findall(text)), set(NAME.findall(WORDS.sub("", text)))) for text in texts]
    names = set[str]().union(*(found for found, _ in asked)) - set[str]().union(*(a & b for a, b in asked))
    return [f"--define:globalThis.{name}={name}" for name in sorted(names)]


def module_path(module: JsModule) -> str:
    """Where a compiled module lies in the scratch folder: widget/chat/chat.mjs."""
    return Path(module.path).with_suffix(".mjs").as_posix()


def _lay_out(
    program: Program, folder: Path, texts: Mapping[str, tuple[str, dict[str, Any]]], beside: str, style: str
) -> None:
    """`beside` is the name of the stylesheet that will lie beside the script of this folder, `style` its text."""
    for name, module in program.modules.items():
        code, source_map = texts[name]
        file = folder / module_path(module)
        _write(file, f"{code}\n//# sourceMappingURL={file.name}.map\n")
        # The Python would lie beside it.
        found = {**source_map, "sources": [file.with_suffix(".py").name], "sourceRoot": ""}
        _write(file.with_name(file.name + ".map"), json.dumps(found))
    for name, text in program.runtime.items():
        _write(folder / "runtime" / name, text)
    entry = module_path(program.modules[program.entry])
    home = "" if program.home == "" else module_path(program.modules[program.home])
    entries = Entries(
        program.exports, entry, program.version, home, program.style, beside, integrity(style.encode("utf-8")),
        program.list_pin,
    ).files()
    for name, text in [*entries.items(), (ELEMENT, program.element)]:
        _write(folder / name, text)
    # Only these do something when they are loaded; all other modules go where nothing of them is used.
    effects = [*(f"./{name}" for name in entries), f"./{entry}"]
    _write(folder / "package.json", json.dumps({"type": "module", "sideEffects": effects}))


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8", newline="\n")


def _bundle(folder: Path, entry: str, out: str, options: list[str]) -> str:
    run_esbuild([entry, f"--outfile=out/{out}", *COMMON, *options], folder)
    return (folder / "out" / out).read_text("utf-8")
