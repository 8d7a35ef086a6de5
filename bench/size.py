"""What the two files of a page weigh."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def sizes() -> dict[str, tuple[int, int]]:
    """(bytes, gzipped bytes) of the two files of a page."""
    folder = ROOT / "cdn_dist" / "latest"
    found = {}
    for name in ("chat-widget.iife.min.js", "chat-widget.min.css"):
        found[name] = ((folder / name).stat().st_size, (folder / f"{name}.gz").stat().st_size)
    return found
