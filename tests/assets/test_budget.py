"""The byte budget fails the build one byte above its limit."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from build.budget import Budgets, OverBudget, size_table
from build.compress import gzip_bytes
from build.integrity import SCRIPT, STYLE

ROOT = Path(__file__).resolve().parents[2]
FILES = {SCRIPT: b"".join(number.to_bytes(2, "big") for number in range(2000)), STYLE: b"p{}" * 9, "other": b"x" * 9999}
EXACT = {name: len(gzip.compress(FILES[name], 9, mtime=0)) for name in (SCRIPT, STYLE)}


def test_files_at_their_limit_by_gzip_are_within_it() -> None:
    Budgets(EXACT).check(FILES)


def test_one_byte_more_is_refused_by_name() -> None:
    size, limit = EXACT[SCRIPT], EXACT[SCRIPT] - 1
    with pytest.raises(OverBudget) as refused:
        Budgets({**EXACT, SCRIPT: limit}).check(FILES)
    assert str(refused.value) == f"{SCRIPT} is {size:,} bytes gzipped, {limit:,} are allowed"


def test_all_that_is_over_is_named_at_once() -> None:
    with pytest.raises(OverBudget) as refused:
        Budgets({SCRIPT: 10, STYLE: 10}).check(FILES)
    assert len(str(refused.value).splitlines()) == 2


def test_the_limits_are_those_of_pyproject_and_below_the_promised_ones() -> None:
    allowed = Budgets.read(ROOT).allowed
    assert set(allowed) == {SCRIPT, STYLE}
    assert allowed[SCRIPT] < 100_000
    assert allowed[STYLE] < 20_000


def test_the_table_shows_bytes_compressed_bytes_and_what_is_used_of_the_budget() -> None:
    lines = [line.split() for line in size_table(FILES, Budgets({SCRIPT: 2 * EXACT[SCRIPT]})).splitlines()]
    used = [f"{EXACT[SCRIPT]:,}", "of", f"{2 * EXACT[SCRIPT]:,}", "(50%)"]
    assert lines == [
        ["file", "bytes", ".gz", "budget", "of", "gzip", "-9"],
        [SCRIPT, "4,000", f"{len(gzip_bytes(FILES[SCRIPT])):,}", *used],
        [STYLE, "27", str(len(gzip_bytes(FILES[STYLE])))],
        ["other", "9,999", str(len(gzip_bytes(FILES["other"])))],
    ]
