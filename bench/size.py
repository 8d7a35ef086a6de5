"""`python -m bench.size`: what a page loads, beside the budgets."""

from __future__ import annotations

import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def sizes() -> dict[str, tuple[int, int]]:
    """(bytes, gzipped bytes) of the two files of a page, from the newest manifest."""
    folder = ROOT / "cdn_dist" / "latest"
    found = {}
    for name in ("chat-widget.iife.min.js", "chat-widget.min.css"):
        found[name] = ((folder / name).stat().st_size, (folder / f"{name}.gz").stat().st_size)
    return found


def main() -> int:
    for name, (plain, packed) in sizes().items():
        print(f"{name:<28} {plain:>9,} bytes {packed:>9,} gzipped")
    manifest = json.loads((ROOT / "cdn_dist" / "manifest.json").read_text("utf-8"))
    print(f"versions: {', '.join(sorted(map(str, manifest.get('versions', []))))}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
