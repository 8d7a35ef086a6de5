"""The byte budget fails the build one byte above its limit."""

from __future__ import annotations

from pathlib import Path

import pytest

from build.budget import Budgets, OverBudget, size_table
from build.integrity import SCRIPT, STYLE, FileFacts

ROOT = Path(__file__).resolve().parents[2]
BUDGETS = Budgets({SCRIPT: 1000, STYLE: 100})


def sizes(script: int, style: int) -> dict[str, FileFacts]:
    other = FileFacts(1, 10**9, 1, "")
    return {SCRIPT: FileFacts(9000, script, 1, ""), STYLE: FileFacts(500, style, 1, ""), "other": other}


def test_files_at_their_limit_are_within_it() -> None:
    BUDGETS.check(sizes(1000, 100))


def test_one_byte_more_is_refused_by_name() -> None:
    with pytest.raises(OverBudget, match=r"^chat-widget\.iife\.min\.js is 1,001 bytes gzipped, 1,000 are allowed$"):
        BUDGETS.check(sizes(1001, 100))


def test_all_that_is_over_is_named_at_once() -> None:
    with pytest.raises(OverBudget) as refused:
        BUDGETS.check(sizes(2000, 200))
    assert len(str(refused.value).splitlines()) == 2


def test_the_limits_are_those_of_pyproject_and_below_the_promised_ones() -> None:
    allowed = Budgets.read(ROOT).allowed
    assert set(allowed) == {SCRIPT, STYLE}
    assert allowed[SCRIPT] < 100_000
    assert allowed[STYLE] < 20_000


def test_the_table_shows_bytes_gzip_and_budget() -> None:
    lines = size_table(sizes(500, 100), BUDGETS).splitlines()
    assert lines[0].split() == ["file", "bytes", "gzip", "budget"]
    assert lines[1].split() == [SCRIPT, "9,000", "500", "1,000", "(50%", "used)"]
    assert lines[3].split() == ["other", "1", "1,000,000,000"]
