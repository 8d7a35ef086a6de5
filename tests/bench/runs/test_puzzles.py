"""A small run of the row about puzzles works."""

from __future__ import annotations

import pytest

from bench import puzzles as bench
from bench.puzzles import puzzles
from tests.contracts.compiled import compiled_contracts, lay_out
from tests.fakes.once import once

pytestmark = pytest.mark.no_cover


@pytest.fixture(scope="module")
def script(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    scratch = tmp_path_factory.mktemp("contracts")
    lay_out(scratch)
    return once(tmp_path_factory, "contracts", lambda: compiled_contracts(scratch))


async def test_each_puzzle_is_solved_and_timed(script: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bench, "PUZZLES", 2)
    found = await puzzles(script, 1, (14, 16))
    assert {bits: len(times) for bits, times in found.took_ms.items() if times != []} == {14: 2, 16: 2}
    assert min(found.took_ms[14] + found.took_ms[16]) > 0
