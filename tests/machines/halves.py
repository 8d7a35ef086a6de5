"""Two machines take turns: each runs one half of the tests a night, and the other half the next."""

from __future__ import annotations

from tests.nightly.shares import share

NUMBER, OF = share("tonight/2")
HALF = f"{NUMBER}/{OF}"
OTHER_HALF = f"{OF + 1 - NUMBER}/{OF}"
