"""What a page loads: bytes by module and by helper of the runtime, beside the budgets and the last release."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from build.budget import Budgets, size_table
from build.integrity import SCRIPT, STYLE, facts
from build.versions import Version, read_releases
from build.weights import table, weigh

HEAD = "  gzipped     bytes  by"


def size_report(root: Path, files: Mapping[str, bytes]) -> str:
    modules, helpers = weigh(files[SCRIPT], files[f"{SCRIPT}.map"])
    parts = [f"{HEAD} module\n{table(modules)}", f"{HEAD} runtime helper\n{table(helpers)}"]
    loaded = {name: fact for name, fact in facts(files).items() if name in (SCRIPT, STYLE)}
    return "\n\n".join([*parts, size_table(loaded, Budgets.read(root)), last_release(root)])


def last_release(root: Path) -> str:
    """The sizes of the newest released version, as the folder that is served has it."""
    released = [Version.parse(text) for text in read_releases(root / "releases.json")]
    if len(released) == 0:
        return "No version is released yet."
    newest = max(released)
    manifest = root / "cdn_dist" / newest.folder / "manifest.json"
    if not manifest.is_file():
        return f"The last release is {newest}; it does not lie in cdn_dist/."
    found = json.loads(manifest.read_bytes())["files"]
    rows = [f"{name}  {found[name]['bytes']:,} bytes, {found[name]['gzipBytes']:,} gzipped" for name in (SCRIPT, STYLE)]
    return "\n".join([f"The last release, {newest}:", *rows])
