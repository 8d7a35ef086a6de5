"""What keeps us out of a room, by its code: the end of it, or something that time may cure."""

from __future__ import annotations

from widget.errors import ChatError, RefusedError
from widget.transport.limits import ROOM_LOST_MS

FINAL_CODES: tuple[str, ...] = ("origin.refused", "session.revoked", "session.replaced", "room.removed", "version.old")
# A restarted service may have lost the room, and a lost answer makes our ticket an old one: both mend themselves.
CURABLE_CODES: tuple[str, ...] = ("room.unknown", "room.full", "proof.invalid")


def is_final(error: ChatError, is_first: bool, is_late: bool) -> bool:
    """`is_first`: we never were in. `is_late`: it lasts for longer than anybody waits to come in."""
    if not isinstance(error, RefusedError):
        return is_first and is_late
    if is_first:
        return is_late or not 0 < error.retry_after_s * 1000 <= ROOM_LOST_MS
    return error.code in FINAL_CODES
