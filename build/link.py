"""Joins compiled modules into one script with esbuild, tree-shaken and minified, with a map back to the Python.

The scratch folder that esbuild sees: `widget/core/chat.mjs` with `chat.mjs.map` beside it for each compiled module,
`runtime/*.mjs` for the helpers of the compiler, and one small entry for each format.
"""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from build.compiler.compile import JsModule
from build.esbuild import run_esbuild
from build.integrity import SCRIPT

TARGET = "es2020"
GLOBAL = "StrixunChat"
READABLE = "chat-widget.iife.js"
ESM = "chat-widget.esm.js"
CJS = "chat-widget.cjs.js"
COMMON = ["--bundle", f"--target={TARGET}", "--legal-comments=none", "--log-level=warning", "--charset=ascii"]
# Attributes with one leading underscore are private to our Python; no one outside can know their names.
PRIVATE = "^_[a-z]"
PRIVATE_IN_TEXT = re.compile(r"""["'`](_[a-z]\w*)["'`]""")


@dataclass(frozen=True)
class Linked:
    """Files by name, and for each source path the bytes it takes in the minified script."""

    files: dict[str, bytes]
    bytes_by_source: dict[str, int]


@dataclass(frozen=True)
class Program:
    """What is linked: modules by name, the texts their maps point to by path, and what the world may see.

    `shortened` are attribute names that are ours alone, besides those with a leading underscore.
    """

    modules: Mapping[str, JsModule]
    runtime: Mapping[str, str]
    texts: Mapping[str, str]
    entry: str
    exports: tuple[str, ...]
    version: str
    banner: str
    shortened: tuple[str, ...] = ()


def link(program: Program) -> Linked:
    with tempfile.TemporaryDirectory(prefix="strixun-link-") as name:
        folder = Path(name)
        _lay_out(program, folder)
        readable = _bundle(folder, program, "global.mjs", READABLE, ["--format=iife"])
        reserved = sorted(set(PRIVATE_IN_TEXT.findall(readable.decode("utf-8"))))
        ours = "|".join([PRIVATE, *(f"^{name}$" for name in program.shortened)])
        small = ["--minify", f"--mangle-props={ours}"]
        if len(reserved) > 0:
            small.append("--reserve-props=^(" + "|".join(reserved) + ")$")
        mapped = ["--format=iife", "--sourcemap=external", "--metafile=meta.json"]
        minified = _bundle(folder, program, "global.mjs", SCRIPT, [*small, *mapped])
        files = {
            READABLE: readable,
            SCRIPT: minified + f"//# sourceMappingURL={SCRIPT}.map\n".encode(),
            f"{SCRIPT}.map": _clean_map((folder / "out" / f"{SCRIPT}.map").read_bytes(), program),
            ESM: _bundle(folder, program, "module.mjs", ESM, [*small, "--format=esm"]),
            CJS: _bundle(folder, program, "module.mjs", CJS, [*small, "--format=cjs"]),
        }
        return Linked(files, _sizes(json.loads((folder / "meta.json").read_bytes())))


def module_path(module: JsModule) -> str:
    """Where a compiled module lies in the scratch folder: widget/core/chat.mjs."""
    return Path(module.path).with_suffix(".mjs").as_posix()


def _lay_out(program: Program, folder: Path) -> None:
    for module in program.modules.values():
        file = folder / module_path(module)
        _write(file, f"{module.code}\n//# sourceMappingURL={file.name}.map\n")
        # The Python would lie beside it.
        found = {**module.source_map, "sources": [file.with_suffix(".py").name], "sourceRoot": ""}
        _write(file.with_name(file.name + ".map"), json.dumps(found))
    for name, text in program.runtime.items():
        _write(folder / "runtime" / name, text)
    entry = module_path(program.modules[program.entry])
    names = ", ".join(program.exports)
    version = json.dumps(program.version)
    _write(
        folder / "global.mjs",
        f'import {{ {names} }} from "./{entry}"\nglobalThis.{GLOBAL} = {{ {names}, version: {version} }}\n',
    )
    _write(folder / "module.mjs", f'export {{ {names} }} from "./{entry}"\nexport const version = {version}\n')
    # Only these do something when they are loaded; all other modules go where nothing of them is used.
    effects = ["./global.mjs", "./module.mjs", f"./{entry}"]
    _write(folder / "package.json", json.dumps({"type": "module", "sideEffects": effects}))


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8", newline="\n")


def _bundle(folder: Path, program: Program, entry: str, out: str, options: list[str]) -> bytes:
    # The banner is added by esbuild so that the map counts its line.
    banner = f"--banner:js=/*! {program.banner} */"
    run_esbuild([entry, f"--outfile=out/{out}", *COMMON, banner, *options], folder)
    return (folder / "out" / out).read_bytes()


def _clean_map(data: bytes, program: Program) -> bytes:
    """Sources by project path with their text, nothing of the scratch folder."""
    found: dict[str, Any] = json.loads(data)
    sources = [_project_path(source) for source in found["sources"]]
    contents = [program.texts.get(path, text) for path, text in zip(sources, found["sourcesContent"], strict=True)]
    kept = {"version": 3, "file": SCRIPT, "sources": sources, "sourcesContent": contents}
    kept |= {"names": found["names"], "mappings": found["mappings"]}
    return (json.dumps(kept, ensure_ascii=True, separators=(",", ":")) + "\n").encode()


def _project_path(source: str) -> str:
    return re.sub(r"^(?:\.\./)+", "", source)


def _sizes(meta: dict[str, Any]) -> dict[str, int]:
    outputs = [output for name, output in meta["outputs"].items() if name.endswith(".js")]
    inputs = outputs[0]["inputs"]
    return {name: int(part["bytesInOutput"]) for name, part in sorted(inputs.items())}
