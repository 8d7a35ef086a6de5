"""How long a test tries: as usual, or through the night."""

from __future__ import annotations

import os

NIGHT = os.environ.get("CHAT_NIGHTLY") == "1"


def many(usual: int, nightly: int) -> int:
    return nightly if NIGHT else usual
