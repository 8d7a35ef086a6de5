"""What guests may not do here. Their token says that nobody vouches for them; members hold them to the same."""

from __future__ import annotations

from auth.guests import guests_of
from auth.tokens import GUEST, Claims
from signaling.refusals import GUEST_ROOM, Problem
from signaling.rooms import Room
from signaling.worker import Worker


def refuse_private(claims: Claims, room: Room) -> None:
    """A private room is among people who know each other."""
    if claims.via == GUEST and room.genesis.private:
        raise Problem(GUEST_ROOM)


async def refuse_making(worker: Worker, claims: Claims, room: Room) -> None:
    """No private room ever; a public one where the site's host lets guests make them."""
    refuse_private(claims, room)
    if claims.via == GUEST and await guests_of(worker.shared, claims.org) != "rooms":
        raise Problem(GUEST_ROOM)
