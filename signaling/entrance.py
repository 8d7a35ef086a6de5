"""From an `auth` message to a seat in the room: proofs, quotas, and the one atomic step."""

from __future__ import annotations

import contextlib
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Protocol

from auth.p256 import thumbprint, verify_signature
from auth.store.shared import StoreDown
from auth.tokens import Claims
from signaling.guests import refuse_private
from signaling.hub_seat import Local
from signaling.moved import Proved
from signaling.refusals import (
    PROOF_INVALID,
    RATE_LIMITED,
    ROOM_FULL,
    ROOM_REMOVED,
    ROOM_UNKNOWN,
    TOKEN_INVALID,
    Problem,
)
from signaling.rooms import Room
from signaling.session import Session, hash_ticket
from signaling.store import Roster
from signaling.turn import ice_servers
from signaling.worker import Worker
from widget.wire.client_text import auth_bytes
from widget.wire.socket import Auth, Joined, Renew

REFUSALS = {"missing": ROOM_UNKNOWN, "full": ROOM_FULL, "removed": ROOM_REMOVED, "taken": PROOF_INVALID}


@dataclass(frozen=True)
class Challenge:
    """What a socket has been asked to sign, and where it comes from."""

    nonce: str
    host: str
    origin: str
    address: str


class MovedOn(Exception):
    """The socket is with another worker now, and this one says nothing more to it."""


class Newcomer(Local, Protocol):
    """A socket that is about to enter."""

    async def stays(self, proved: Proved) -> bool:
        """False when it went on to the worker where the room is at home."""
        ...


async def prove(worker: Worker, asked: Challenge, said: Auth | Renew, room_id: str, sid: str) -> Claims:
    """Whose token this is, once the device it is bound to has signed our nonce for this host, room and session."""
    claims = await worker.sign_ins.claims(said.token)
    if claims.org != asked.origin:
        raise Problem(TOKEN_INVALID)
    device = bytes.fromhex(said.dk)
    signed = auth_bytes(asked.nonce, asked.host, room_id, sid)
    if thumbprint(device) != claims.jkt or not verify_signature(device, bytes.fromhex(said.sig), signed):
        raise Problem(PROOF_INVALID)
    return claims


async def enter(worker: Worker, asked: Challenge, said: Auth, local: Newcomer) -> tuple[Session, Roster]:
    """A seat for a socket that has proved itself; Problem, StoreDown or MovedOn leave nothing behind.

    The hub keeps what happens in the room until it is told of the roster (`Hub.admit`).
    """
    claims = await worker.proved(asked.address, lambda: prove(worker, asked, said, said.room, said.sid))
    room = await _find(worker, asked, said, claims)
    proved = Proved(claims, said.room, said.sid, said.resume)
    if not await local.stays(proved):
        raise MovedOn
    return await _take_seat(worker, asked, room, proved, local)


async def go_on(worker: Worker, asked: Challenge, proved: Proved, local: Newcomer) -> tuple[Session, Roster]:
    """The rest of `enter`, for a socket that has proved itself to another worker."""
    await local.stays(proved)
    sight = await worker.store.look(proved.room, proved.sid, hash_ticket(proved.resume))
    if sight is None:
        raise Problem(ROOM_UNKNOWN)
    return await _take_seat(worker, asked, sight.room, proved, local)


async def _take_seat(
    worker: Worker, asked: Challenge, room: Room, proved: Proved, local: Local
) -> tuple[Session, Roster]:
    claims = proved.claims
    session = Session(room, proved.sid, local.conn, asked.address, claims, secrets.token_hex(16))
    if not await worker.quotas.hold_sockets(claims.sub, asked.address, session.place):
        raise Problem(RATE_LIMITED, worker.limits.presence_s)
    try:
        return session, await _sit(worker, session, local)
    except BaseException:
        await depart(worker, session, local, for_good=True)
        raise


def welcome(worker: Worker, session: Session, roster: Roster) -> Joined:
    """What the newcomer is told: the others, the longest there first."""
    others = [member for member in roster.members.values() if member.sid != session.sid]
    now_s = worker.now_s()
    return Joined(
        room=session.room.record(len(roster.members)),
        members=sorted(others, key=lambda member: (member.joined_ms, member.sid)),
        resume=session.ticket,
        ice=ice_servers(worker.settings, session.claims.sub, now_s),
        now_ms=int(now_s * 1000),
    )


async def depart(worker: Worker, session: Session, local: Local, for_good: bool) -> None:
    """Undo `enter`. What the store cannot be told now ends there by its time to live."""
    room_id = session.room.room_id
    if worker.hub.remove(room_id, local):
        await _quietly(lambda: worker.stop_listening(room_id))
    end = worker.store.leave if for_good else worker.store.cut
    await _quietly(lambda: end(room_id, session.sid, session.conn))
    if session.holds_place:
        await _quietly(
            lambda: worker.quotas.release_sockets(session.claims.sub, session.address, session.place)
        )


async def _find(worker: Worker, asked: Challenge, said: Auth, claims: Claims) -> Room:
    """The room, if this user may try to enter it now.

    Guessing ids is counted for each user, not for the address: a class that follows an old link keeps nobody out.
    Returning by ticket is not counted.
    """
    quotas = worker.quotas
    _refuse_for(await quotas.penalty(claims.sub))
    _refuse_for(await quotas.wait_wrong_id(claims.sub))
    sight = await worker.store.look(said.room, said.sid, hash_ticket(said.resume))
    if sight is None or not sight.room.admits(claims.org):
        _refuse_for(await quotas.take_wrong_id(claims.sub))
        raise Problem(ROOM_UNKNOWN)
    refuse_private(claims, sight.room)
    if not sight.ticket:
        _refuse_for(await quotas.take_join(claims.sub))
    return sight.room


async def _sit(worker: Worker, session: Session, local: Local) -> Roster:
    room_id = session.room.room_id
    worker.hub.expect(room_id, local)
    session.room = worker.hub.kept(session.room)
    await worker.listen_to(room_id)
    outcome = await worker.store.join(room_id, session.entry())
    if outcome.status in REFUSALS:
        raise Problem(REFUSALS[outcome.status])
    return outcome.roster


def _refuse_for(wait_s: int) -> None:
    if wait_s > 0:
        raise Problem(RATE_LIMITED, wait_s)


async def _quietly(call: Callable[[], Awaitable[object]]) -> None:
    with contextlib.suppress(StoreDown):
        await call()
