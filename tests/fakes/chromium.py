"""How tests start Chromium: as root, and without the calls that it makes for itself."""

from __future__ import annotations

QUIET = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
