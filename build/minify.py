"""Minifies linked scripts with the pinned swc, which names and inlines more finely than the linker does."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from build.node import find_node

ROOT = Path(__file__).resolve().parent.parent
TIMEOUT_S = 60
# Nothing `unsafe_`: these assume what a page may have changed. `evaluate` lowers "ΑΣ" by other rules than browsers.
OPTIONS: dict[str, Any] = {
    "ecma": 2020,
    "toplevel": True,
    "compress": {"ecma": 2020, "passes": 4, "evaluate": False},
    "mangle": {"topLevel": True},
    "format": {"asciiOnly": True, "comments": False},
}
# In two steps, between which statements may change their places: first all but the letters, each variable in a
# statement of its own, then the rest.
COMPRESS: dict[str, Any] = {**OPTIONS, "compress": {**OPTIONS["compress"], "join_vars": False}, "mangle": False}
MANGLE: dict[str, Any] = {**OPTIONS, "compress": {"defaults": False, "join_vars": True}}
MINIFY = (
    "const { minify } = require('@swc/core');"
    "const { options, pieces } = JSON.parse(require('fs').readFileSync(0, 'utf8'));"
    "const small = ({ code, map, module }) =>"
    " minify(code, { ...options, module, sourceMap: map === '' ? false : { content: map } });"
    "Promise.all(pieces.map(small))"
    ".then((made) => process.stdout.write(JSON.stringify(made.map(({ code, map }) => [code, map ?? '']))))"
)


class MinifyFailed(Exception):
    """swc's own words."""


@dataclass(frozen=True)
class Piece:
    """A script, or an ES module; `source_map` leads from `code` to where it came from, "" where nobody will ask."""

    code: str
    source_map: str = ""
    is_module: bool = False


def minify(pieces: Sequence[Piece], options: Mapping[str, Any] = OPTIONS) -> list[Piece]:
    """The same in fewer bytes, all in one run of Node."""
    asked = [{"code": piece.code, "map": piece.source_map, "module": piece.is_module} for piece in pieces]
    done = subprocess.run(  # noqa: S603 - our own Node and our own script
        [find_node(), "-e", MINIFY],
        cwd=ROOT,
        input=json.dumps({"options": options, "pieces": asked}).encode("utf-8"),
        capture_output=True,
        timeout=TIMEOUT_S,
    )
    if done.returncode != 0:
        words = done.stderr.decode("utf-8", "replace")
        raise MinifyFailed("swc is missing: `make tools` installs it" if "Cannot find module" in words else words)
    made = zip(pieces, json.loads(done.stdout), strict=True)
    return [Piece(code, source_map, piece.is_module) for piece, (code, source_map) in made]
