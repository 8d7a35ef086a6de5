"""How long letters take until what fits them is there."""

from __future__ import annotations

import pytest

from bench import picking as bench
from bench.picking import WORDS, picking

pytestmark = pytest.mark.no_cover


async def test_every_letter_is_timed_and_what_fits_is_there(script: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bench, "FRAMES", 20)
    monkeypatch.setattr(bench, "SLOWER", 1)
    found = await picking(script, 1, 40)
    assert len(found.opens_ms) == 1
    assert len(found.frames_ms) == 20
    assert len(found.offers_ms) == len(found.searches_ms) == sum(map(len, WORDS))
    assert min(found.offers_ms) > 0
