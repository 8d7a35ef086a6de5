"""What a page loads: bytes by module and by helper of the runtime, beside the budgets and the last release."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from build.budget import Budgets, columns, size_table
from build.integrity import SCRIPT, STYLE, FileFacts, facts
from build.versions import Version, read_releases
from build.weights import table, weigh

HEAD = "  gzipped     bytes  by"


def size_report(root: Path, files: Mapping[str, bytes]) -> str:
    modules, helpers = weigh(files[SCRIPT], files[f"{SCRIPT}.map"])
    parts = [f"{HEAD} module\n{table(modules)}", f"{HEAD} runtime helper\n{table(helpers)}"]
    loaded = {name: files[name] for name in (SCRIPT, STYLE)}
    return "\n\n".join([*parts, size_table(loaded, Budgets.read(root)), last_release(root, facts(files))])


def last_release(root: Path, now: Mapping[str, FileFacts]) -> str:
    """The sizes of the newest released version, as its manifest has them, and what its `.gz` has more since."""
    released = [Version.parse(text) for text in read_releases(root / "releases.json")]
    if len(released) == 0:
        return "No version is released yet."
    newest = max(released)
    manifest = root / "cdn_dist" / newest.folder / "manifest.json"
    if not manifest.is_file():
        return f"The last release is {newest}; it does not lie in cdn_dist/."
    then: dict[str, dict[str, int]] = json.loads(manifest.read_bytes())["files"]
    rows = [(f"the last release, {newest}", "bytes", ".gz", "since then, .gz")]
    for name, fact in then.items():
        since = f"{now[name].gzip_size_bytes - fact['gzipBytes']:+,}" if name in now else "gone"
        rows.append((name, f"{fact['bytes']:,}", f"{fact['gzipBytes']:,}", since))
    return columns([*rows, *((name, "", "", "new") for name in now if name not in then)])
