"""What every `Search` does: the answers that hashlib gives, no sooner and no later."""

from __future__ import annotations

from tests.contracts.report import Report
from widget.ports import Search

# SHA-256 of one byte 00, 01, 02; then bits and the first answer.
CASES: list[tuple[str, list[tuple[int, int]]]] = [
    ("6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d", [(0, 0), (1, 0), (8, 0)]),
    ("4bf5122f344554c53bde2ebb8cd2b7e3d1600ad631c385a5d7cce23c7785459a", [(1, 1), (4, 18), (7, 67)]),
    ("dbc1b4c900ffe48d575b5da5c638040125f65db0fe3e24494b76ea986457d986", [(1, 5), (4, 12), (8, 170)]),
]


def contract(search: Search, report: Report) -> None:
    for puzzle, answers in CASES:
        for bits, answer in answers:
            _case(search, report, bytes.fromhex(puzzle), bits, answer)
    ones = bytes.fromhex("ff" * 32)
    report.that("a number above 2**31 is tried", search(ones, 2147483640, 5, 3) == 2147483642)
    report.that("a number just below 2**32 is tried", search(ones, 4294967200, 90, 2) == 4294967205)
    report.that("with no bits each number is an answer", search(bytes(32), 7, 1, 0) == 7)
    report.that("a puzzle of zeros has an answer", search(bytes(32), 0, 100, 5) == 13)


def _case(search: Search, report: Report, puzzle: bytes, bits: int, answer: int) -> None:
    name = f"{bits} bits of {puzzle.hex()[:4]}"
    report.that(f"{name} are found among the first", search(puzzle, 0, answer + 1, bits) == answer)
    report.that(f"{name} are found alone", search(puzzle, answer, 1, bits) == answer)
    report.that(f"{name} are found no sooner", search(puzzle, 0, answer, bits) == -1)
