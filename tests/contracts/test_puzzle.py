"""The contract of `Search`, against hashlib and against the page's own SHA-256 on CPython."""

from __future__ import annotations

import hashlib
import os

import pytest

import widget.crypto.puzzle
import widget.native.puzzle
from auth.puzzles import is_solved
from tests.contracts import puzzle
from tests.contracts.report import Report
from widget.ports import Search

SEARCHES = [widget.crypto.puzzle.search, widget.native.puzzle.search]


@pytest.mark.parametrize("search", SEARCHES, ids=["own", "native"])
def test_a_search_keeps_the_contract(search: Search) -> None:
    report = Report()
    puzzle.contract(search, report)
    assert (report.broken, len(report.sentences)) == ([], 27)


def test_our_own_hash_is_sha_256() -> None:
    for _ in range(40):
        message = os.urandom(40)
        words = [int.from_bytes(message[at : at + 4], "big") for at in range(0, 40, 4)]
        words += [0x80000000, 0, 0, 0, 0, 320]
        hashed = hashlib.sha256(message).digest()
        assert widget.crypto.puzzle.first_word(words) == int.from_bytes(hashed[:4], "big")


def test_the_service_takes_what_a_search_finds() -> None:
    given = os.urandom(32)
    for search in SEARCHES:
        assert is_solved(given, search(given, 0, 10_000, 6), 6)
