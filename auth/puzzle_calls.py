"""Puzzles of a call: the one that it solves, and the one that it gets."""

from __future__ import annotations

from typing import Any

from auth.once import first_use
from auth.problems import PUZZLE_NEEDED, PUZZLE_USED, SEAL_BROKEN, Problem
from auth.puzzles import MAX_ANSWER, PUZZLE_BYTES, Asker, new_puzzle, solved_bits
from auth.service import Call, Service
from widget.errors import MALFORMED, CwError
from widget.wire.fields import hex_field, list_field
from widget.wire.sign_in import ANSWERS


async def solved(service: Service, call: Call, asker: Asker) -> int:
    """The bits of the puzzle that the call solves, 0 where it brings none. Each counts once."""
    fields = call.opened.fields
    if "puzzle" not in fields:
        return 0
    try:
        puzzle = bytes.fromhex(hex_field(fields, "puzzle", PUZZLE_BYTES))
        answers = _answers(fields)
    except CwError as error:
        raise Problem(SEAL_BROKEN) from error
    bits = solved_bits(_key(call), puzzle, answers, asker, service.now_s())
    if not await first_use(service.store, "puzzle", puzzle.hex(), service.settings.puzzle_life_s):
        raise Problem(PUZZLE_USED)
    return bits


def puzzle_needed(service: Service, call: Call, asker: Asker, bits: int) -> Problem:
    """A refusal with a puzzle for this asker."""
    ends_s = int(service.now_s()) + service.settings.puzzle_life_s
    puzzle = new_puzzle(_key(call), bits, ends_s, asker)
    return Problem(PUZZLE_NEEDED, extra={"puzzle": puzzle.hex(), "bits": bits})


def _answers(fields: dict[str, Any]) -> list[int]:
    answers: list[int] = []
    for item in list_field(fields, "answers", ANSWERS):
        if not isinstance(item, int) or isinstance(item, bool) or not 0 <= item <= MAX_ANSWER:
            raise CwError(MALFORMED, "an answer that is no number")
        answers.append(item)
    return answers


def _key(call: Call) -> bytes:
    return call.keys.secrets.derived("puzzle")
