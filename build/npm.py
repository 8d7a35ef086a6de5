"""The npm package: what the linker made, the wrappers of build/package/ in both module formats, and types for each."""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Mapping
from pathlib import Path

from build.esbuild import run_esbuild
from build.integrity import STYLE
from build.versions import Version

FOLDER = Path(__file__).with_name("package")
ESM_ONLY = ("svelte.mjs", "StrixunChat.svelte")  # Svelte has no CommonJS
TEXTS = (FOLDER / "README.md", FOLDER.parent.parent / "LICENSE")
OURS = re.compile(r"""(?<=["']\./)([\w-]+)\.m?js(?=["'])""")


def package_files(version: Version, modules: Mapping[str, bytes], style: bytes, types: bytes) -> dict[str, bytes]:
    """Every file by name. `modules` are index.mjs, index.js and the catalogues, `types` the declarations of both."""
    scripts = sorted(FOLDER.glob("*.mjs"))
    declared = sorted(FOLDER.glob("*.d.ts"))
    texts = {path.name: path.read_text("utf-8") for path in [*scripts, *TEXTS]}
    texts |= {name: (FOLDER / name).read_text("utf-8") for name in ESM_ONLY}
    texts |= _common([path for path in scripts if path.name not in ESM_ONLY])
    for path in declared:
        stem, text = path.name.removesuffix(".d.ts"), path.read_text("utf-8")
        texts[f"{stem}.d.mts"] = OURS.sub(r"\1.mjs", text)
        if f"{stem}.mjs" not in ESM_ONLY:
            texts[path.name] = text
    texts["package.json"] = _manifest(version)
    files = {**modules, STYLE: style, "index.d.ts": types, "index.d.mts": types}
    return dict(sorted({**files, **{name: text.encode("utf-8") for name, text in texts.items()}}.items()))


def _common(scripts: list[Path]) -> dict[str, str]:
    """The same scripts as CommonJS."""
    with tempfile.TemporaryDirectory(prefix="strixun-npm-") as name:
        folder = Path(name)
        for path in scripts:
            (folder / path.name).write_text(OURS.sub(r"\1.js", path.read_text("utf-8")), "utf-8", newline="\n")
        options = ["--format=cjs", "--target=es2020", "--outdir=out", "--log-level=warning", "--charset=utf8"]
        run_esbuild([*(path.name for path in scripts), *options], folder)
        return {path.name: path.read_text("utf-8") for path in sorted((folder / "out").iterdir())}


def _manifest(version: Version) -> str:
    manifest = json.loads((FOLDER / "package.json").read_text("utf-8"))
    return json.dumps({**manifest, "version": str(version)}, indent=2, ensure_ascii=False) + "\n"
