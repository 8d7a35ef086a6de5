"""Who may have one more code sent: known devices their own way, strangers within limits and by puzzles beyond them."""

from __future__ import annotations

from auth.otp import identity_of
from auth.problems import SEAL_BROKEN, Problem
from auth.puzzle_calls import puzzle_needed, solved
from auth.puzzles import Asker
from auth.service import Call, Service, claim
from auth.shown import signed_by
from widget.wire.sign_in import ask_bytes


async def grant_code(service: Service, call: Call, email: str, jkt: bytes) -> bool:
    """Take one use and claim the call, or raise Problem. Whether the device was signed in with the address before."""
    worked_bits = await solved(service, call, Asker(email, jkt, call.origin))
    if await _is_known(service, call, email, jkt):
        await claim(service, call)
        await service.quotas.send_known(email, jkt.hex())
        return True
    bits = await service.quotas.send(call.address, call.origin, email, jkt.hex(), worked_bits)
    if bits > 0:
        raise puzzle_needed(service, call, Asker(email, jkt, call.origin), bits)
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
    if "sig" not in call.opened.fields:
        return False
    if signed_by(call, ask_bytes(call.opened.rid, call.origin)) != jkt:
        raise Problem(SEAL_BROKEN)
    return True
