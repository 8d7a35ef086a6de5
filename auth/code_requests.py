"""Who may have one more code sent: known devices their own way, strangers within limits and by puzzles beyond them."""

from __future__ import annotations

from typing import Any

from auth.once import first_use
from auth.otp import identity_of
from auth.p256 import PUBLIC_BYTES, thumbprint, verify_signature
from auth.problems import PUZZLE_NEEDED, PUZZLE_USED, SEAL_BROKEN, Problem
from auth.puzzles import MAX_ANSWER, PUZZLE_BYTES, Asker, new_puzzle, solved_bits
from auth.service import Call, Service, claim
from widget.errors import MALFORMED, CwError
from widget.wire.fields import hex_field, list_field
from widget.wire.sign_in import ANSWERS, ask_bytes


async def grant_code(service: Service, call: Call, email: str, jkt: bytes) -> bool:
    """Take one use and claim the call, or raise Problem. Whether the device was signed in with the address before."""
    solved = await _solved(service, call, Asker(email, jkt, call.origin))
    if await _is_known(service, call, email, jkt):
        await claim(service, call)
        await service.quotas.send_known(email, jkt.hex())
        return True
    bits = await service.quotas.send(call.address, call.origin, email, jkt.hex(), solved)
    if bits > 0:
        raise _puzzle(service, call, Asker(email, jkt, call.origin), bits)
    await claim(service, call)
    await service.quotas.mail_by_device(email, jkt.hex())
    return False


async def _is_known(service: Service, call: Call, email: str, jkt: bytes) -> bool:
    """Whether the call comes from a device that was signed in with the address before, and proves it.

    Members of a room know a device's jkt. Unproved, an answer that differs would tell them whose address it has.
    """
    if not _is_proved(call, jkt):
        return False
    return await service.memory.is_known(call.keys.secrets.account(identity_of(email)), jkt.hex())


def _is_proved(call: Call, jkt: bytes) -> bool:
    """Whether the device key of that jkt signed the call; False where nothing did, Problem where something else did."""
    fields = call.opened.fields
    if "sig" not in fields:
        return False
    try:
        dk, sig = bytes.fromhex(hex_field(fields, "dk", PUBLIC_BYTES)), bytes.fromhex(hex_field(fields, "sig", 64))
    except CwError as error:
        raise Problem(SEAL_BROKEN) from error
    if thumbprint(dk) != jkt or not verify_signature(dk, sig, ask_bytes(call.opened.rid, call.origin)):
        raise Problem(SEAL_BROKEN)
    return True


async def _solved(service: Service, call: Call, asker: Asker) -> int:
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


def _answers(fields: dict[str, Any]) -> list[int]:
    answers: list[int] = []
    for item in list_field(fields, "answers", ANSWERS):
        if not isinstance(item, int) or isinstance(item, bool) or not 0 <= item <= MAX_ANSWER:
            raise CwError(MALFORMED, "an answer that is no number")
        answers.append(item)
    return answers


def _puzzle(service: Service, call: Call, asker: Asker, bits: int) -> Problem:
    ends_s = int(service.now_s()) + service.settings.puzzle_life_s
    puzzle = new_puzzle(_key(call), bits, ends_s, asker)
    return Problem(PUZZLE_NEEDED, extra={"puzzle": puzzle.hex(), "bits": bits})


def _key(call: Call) -> bytes:
    return call.keys.secrets.derived("puzzle")
