"""Makes the files of a version from compiled modules: joined, arranged, minified, with a map back to the Python."""

from __future__ import annotations

import json
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from build.arrange import Arrangement, compressed, small
from build.bundle import CJS as CJS
from build.bundle import ESM as ESM
from build.bundle import MODULES, PACKAGE_CJS, PACKAGE_ESM, bundle
from build.bundle import READABLE as READABLE
from build.bundle import READABLE_STYLE as READABLE_STYLE
from build.bundle import Program as Program
from build.integrity import SCRIPT
from build.locals import Locals, spelled
from build.minify import minify
from build.top_names import briefly_named


@dataclass(frozen=True)
class Linked:
    """Files of the CDN by name; `package` are the two modules of the npm package, which hold the stylesheet."""

    files: dict[str, bytes]
    package: dict[str, bytes]


def link(
    program: Program, arrangement: Arrangement = MappingProxyType({}), letters: Locals = MappingProxyType({})
) -> Linked:
    bundles = bundle(program)
    banner = f"/*! {program.banner} */\n"
    with ThreadPoolExecutor(1) as pool:
        modules = pool.submit(minify, bundles.modules)
        script = spelled(briefly_named(small(compressed(bundles.script), arrangement)), letters)
    made = {name: _ended(banner + piece.code) for piece, (name, _, _) in zip(modules.result(), MODULES, strict=True)}
    files = {
        READABLE: (banner + bundles.readable).encode(),
        SCRIPT: _ended(banner + script.code) + f"//# sourceMappingURL={SCRIPT}.map\n".encode(),
        f"{SCRIPT}.map": _clean_map(json.loads(script.source_map), program),
        ESM: made[ESM],
        CJS: made[CJS],
    }
    return Linked(files, {name: made[name] for name in (PACKAGE_ESM, PACKAGE_CJS)})


def _ended(text: str) -> bytes:
    return (text if text.endswith("\n") else f"{text}\n").encode("utf-8")


def _clean_map(found: dict[str, Any], program: Program) -> bytes:
    """Sources by project path with their text, nothing of the scratch folder; the banner is a line above all."""
    sources = [_project_path(source) for source in found["sources"]]
    contents = [program.texts.get(path, text) for path, text in zip(sources, found["sourcesContent"], strict=True)]
    kept = {"version": 3, "file": SCRIPT, "sources": sources, "sourcesContent": contents}
    kept |= {"names": found["names"], "mappings": f";{found['mappings']}"}
    return (json.dumps(kept, ensure_ascii=True, separators=(",", ":")) + "\n").encode()


def _project_path(source: str) -> str:
    return re.sub(r"^(?:\.\./)+", "", source)
