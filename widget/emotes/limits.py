"""The sizes and periods of emotes; times in milliseconds."""

from __future__ import annotations

SHELF: int = 32  # sets that a device keeps
KEPT_WAIT_MS: int = 500  # so long a device may look for what it keeps
FRESH_MS: int = 300000  # a set is asked for again after this, and at random up to as long again
ASKS: int = 12  # at once, then one each ASK_EACH_MS: whoever changes the sets of a room sends nobody asking
ASK_EACH_MS: int = 30000
TIRED_MS: int = 3600000  # at last, of a service that does not answer
