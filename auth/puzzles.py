"""Puzzles: what a stranger's device works out before it gets a code, when many are asked for (proof of work).

Nothing is remembered of a puzzle that was given: it carries when it ends, how hard it is and a MAC that ties both to
one address, device and site. To check the answers takes one HMAC and 128 SHA-256, and no store.
"""

from __future__ import annotations

import hashlib
import hmac
import itertools
import os
from dataclasses import dataclass

from auth.problems import PUZZLE_EXPIRED, PUZZLE_WRONG, Problem
from auth.secret import keyed
from widget.wire.codec import Reader, Writer
from widget.wire.sign_in import ANSWER_BITS, ANSWERS

HEAD_BYTES = 16
PUZZLE_BYTES = 32
MAX_ANSWER = 2**53 - 1


@dataclass(frozen=True)
class Asker:
    """Whom a puzzle is for: an address, a device by its jkt (32 bytes), a site."""

    email: str
    jkt: bytes
    origin: str


def new_puzzle(key: bytes, bits: int, ends_s: int, asker: Asker) -> bytes:
    """ends u64 s | bits u8 | random7 | mac16."""
    head = Writer().u64(ends_s).u8(bits).raw(os.urandom(7)).done()
    return head + _mac(key, head, asker)


def solved_bits(key: bytes, puzzle: bytes, answers: list[int], asker: Asker, now_s: float) -> int:
    """How hard the puzzle was that `answers` solve. Problem for one that is over or was not given to this asker."""
    head, mac = puzzle[:HEAD_BYTES], puzzle[HEAD_BYTES:]
    if not hmac.compare_digest(mac, _mac(key, head, asker)):
        raise Problem(PUZZLE_WRONG)
    reader = Reader(head)
    ends_s, bits = reader.u64(), reader.u8()
    if now_s >= ends_s:
        raise Problem(PUZZLE_EXPIRED)
    if not is_solved(puzzle, answers, bits):
        raise Problem(PUZZLE_WRONG)
    return bits


def is_solved(puzzle: bytes, answers: list[int], bits: int) -> bool:
    """Whether these are 128 rising numbers that each have 7 bits less: together as much work as one of `bits`.

    One takes three times its mean in one of twenty cases, 128 take 1.15 times theirs (Erlang distribution).
    """
    if len(answers) != ANSWERS or any(later <= sooner for sooner, later in itertools.pairwise(answers)):
        return False
    return all(is_answer(puzzle, answer, max(0, bits - ANSWER_BITS)) for answer in answers)


def is_answer(puzzle: bytes, answer: int, bits: int) -> bool:
    """Whether SHA-256(puzzle32 | answer u64) begins with so many zero bits."""
    digest = hashlib.sha256(puzzle + answer.to_bytes(8, "big")).digest()
    return int.from_bytes(digest, "big") >> (256 - bits) == 0


def load_bits(used: int, soft: int, hard: int, least: int, most: int) -> int:
    """How hard it is to get one more when `used` are taken: nothing below `soft`, `most` bits shortly before `hard`."""
    if used < soft:
        return 0
    least = min(least, most)
    return min(most, least + (most - least + 1) * (used - soft) // max(1, hard - soft))


def _mac(key: bytes, head: bytes, asker: Asker) -> bytes:
    writer = Writer().raw(b"auth/puzzle\x00").fixed(head, HEAD_BYTES).fixed(asker.jkt, 32)
    data = writer.long(asker.origin.encode()).long(asker.email.encode()).done()
    return keyed(key, data)[:PUZZLE_BYTES - HEAD_BYTES]
