"""Whether this machine lets us make networks."""

from __future__ import annotations

import os
import shutil
import subprocess

TRY = ("unshare", "--net", "nft", "add table ip home")


def why_not() -> str:
    """What is missing; "" where nothing is."""
    if os.geteuid() != 0:
        return "they need root"
    missing = [name for name in ("ip", "nft", "nsenter", "setpriv", "ss", "unshare") if shutil.which(name) is None]
    if len(missing) > 0:
        return f"they need {', '.join(missing)}: `make test` installs iproute2 and nftables"
    tried = subprocess.run(TRY, capture_output=True, text=True, check=False)
    return "" if tried.returncode == 0 else f"this machine makes no networks: {tried.stderr.strip()}"
