"""What the two files of a page weigh."""

from __future__ import annotations

from pathlib import Path

from build.compress import usual_gzip_size
from build.integrity import SCRIPT, STYLE

ROOT = Path(__file__).resolve().parent.parent


def sizes() -> dict[str, tuple[int, int]]:
    """(bytes, gzipped bytes) of the two files of a page."""
    texts = {name: (ROOT / "cdn_dist" / "latest" / name).read_bytes() for name in (SCRIPT, STYLE)}
    return {name: (len(text), usual_gzip_size(text)) for name, text in texts.items()}
