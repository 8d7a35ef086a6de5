"""Cloudflare's own program, pinned by tests/cloudflare/package-lock.json: it serves the folder here and uploads it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from build.node import find_node

OLDEST_NODE = 22
SCRIPT = ".work/cloudflare/node_modules/wrangler/bin/wrangler.js"
# What of the caller's surroundings it may see: the way out of a closed network, and where programs are.
KEPT = (
    "PATH", "HTTPS_PROXY", "HTTP_PROXY", "NO_PROXY", "https_proxy", "http_proxy", "no_proxy", "NODE_EXTRA_CA_CERTS",
    "SSL_CERT_FILE",
)  # fmt: skip


class WranglerMissing(Exception):
    """It is not installed."""


def wrangler_command(root: Path) -> list[str]:
    script = root / SCRIPT
    if not script.is_file():
        raise WranglerMissing("wrangler is missing: run .ci/cloudflare")
    return [find_node(OLDEST_NODE), str(script)]


def wrangler_surroundings(given: Mapping[str, str], home: Path) -> dict[str, str]:
    """Environment variables for a quiet run that asks nobody: no metrics, no account of the user's, no look for news.

    `home` is an empty folder of this run's own.
    """
    _pretend_up_to_date(home / "update-check")
    return {
        **{name: given[name] for name in KEPT if name in given},
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home),
        "TMPDIR": str(home),
        "CI": "1",
        "NO_COLOR": "1",
        "WRANGLER_SEND_METRICS": "false",
        "WRANGLER_SEND_ERROR_REPORTS": "false",
        "WRANGLER_HIDE_BANNER": "true",
        "CLOUDFLARE_CF_FETCH_ENABLED": "false",
        "CLOUDFLARE_LOAD_DEV_VARS_FROM_DOT_ENV": "false",
    }


def _pretend_up_to_date(folder: Path) -> None:
    """wrangler has no switch for its look for a newer version, but remembers in this file that it looked."""
    folder.mkdir(parents=True)
    seen = {"lastUpdate": 4_102_444_800_000, "latest": None}  # in ms: the year 2100
    (folder / "wrangler-latest.json").write_text(json.dumps(seen), "utf-8")
