"""The contract of `Search` over hashlib; test_contracts.py of tests/browser/ holds the page's own SHA-256 to it."""

from __future__ import annotations

import os

from auth.puzzles import is_answer
from tests.contracts import puzzle
from tests.contracts.report import Report
from widget.native.puzzle import search


def test_a_search_keeps_the_contract() -> None:
    report = Report()
    puzzle.contract(search, report)
    assert (report.broken, len(report.sentences)) == ([], 31)


def test_the_service_takes_what_a_search_finds() -> None:
    given = os.urandom(32)
    assert is_answer(given, search(given, 0, 10_000, 6), 6)
