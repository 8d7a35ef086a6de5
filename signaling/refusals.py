"""Everything signaling says no with: HTTP status, socket close code, and a sentence that says what to do."""

from __future__ import annotations

from auth.problems import BACKEND_DOWN, INTERNAL, ORIGIN_REFUSED, RATE_LIMITED, TOKEN_INVALID, Kind, Problem
from widget.wire.socket import (
    CLOSE_AUTH,
    CLOSE_BACKEND,
    CLOSE_FULL,
    CLOSE_MALFORMED,
    CLOSE_NO_ROOM,
    CLOSE_RATE,
    CLOSE_REMOVED,
    CLOSE_REVOKED,
    CLOSE_TOO_BIG,
    CLOSE_VERSION,
)

ROOM_UNKNOWN = Kind(
    "room.unknown", 404, "No such room", "Check the room's id or ask for a new invitation; the room may have ended."
)
ROOM_FULL = Kind("room.full", 409, "Room is full", "Wait until somebody leaves, or open a room of your own.")
ROOM_EXISTS = Kind("room.exists", 409, "Room exists already", "Make a new room with fresh random bytes.")
ROOM_LIMIT = Kind("room.limit", 429, "Too many rooms", "Close one of your rooms or wait until it ends, then try again.")
ROOM_NAME = Kind("room.name", 400, "Name does not fit", "Choose a shorter name for the room.")
ROOM_GENESIS = Kind(
    "message.malformed", 400, "Room description does not fit", "Make the room with your own device, now, for this site."
)
ROOM_REMOVED = Kind("room.removed", 403, "Removed from the room", "Ask the host to let you in again.")
ROOM_POWER = Kind("room.power", 403, "Not yours to decide", "Ask the host; moderators decide about members only.")
ROOM_MANY = Kind("room.many", 409, "List is full", "Take somebody off the room's list first.")
GUEST_ROOM = Kind("guest.room", 403, "Not for guests", "Sign in to make or to enter this room.")
VISIT_CLOSED = Kind("visit.closed", 403, "Not shown to visitors", "Sign in to join this room.")
VISIT_NOBODY = Kind("visit.nobody", 409, "Nobody shows it", "Try again in a minute, or sign in to join this room.")
PROOF_INVALID = Kind(
    "proof.invalid", 401, "Proof does not fit", "Sign this request afresh with the device key that the sign-in names."
)
PROOF_NONCE = Kind(
    "proof.nonce", 401, "Proof without our nonce", "Sign this request afresh, with the nonce of this answer in it."
)
MALFORMED = Kind("message.malformed", 400, "Message not understood", "Send messages as protocol cw1 describes them.")
PEER_UNKNOWN = Kind("peer.unknown", 404, "No such member", "Speak only to members who are in the room now.")
RELAY_REFUSED = Kind("relay.refused", 403, "No relaying here", "This room does not allow relaying; connect directly.")
TOO_BIG = Kind("message.malformed", 413, "Message too large", "Send smaller messages.")
VERSION = Kind("message.malformed", 400, "Other protocol", "Load the current chat program; this server speaks cw1.")
REVOKED = Kind("token.invalid", 401, "Signed out", "This device was signed out; sign in again.")

_CLOSE_CODES: dict[str, int] = {
    "room.unknown": CLOSE_NO_ROOM,
    "room.full": CLOSE_FULL,
    "room.removed": CLOSE_REMOVED,
    "guest.room": CLOSE_NO_ROOM,
    "token.invalid": CLOSE_AUTH,
    "proof.invalid": CLOSE_AUTH,
    "message.malformed": CLOSE_MALFORMED,
    "rate.limited": CLOSE_RATE,
    "room.limit": CLOSE_RATE,
    "backend.down": CLOSE_BACKEND,
    "internal": CLOSE_BACKEND,
}

# Refusals that share their code with others and are told apart by how the socket closes.
_CLOSE_KINDS: dict[Kind, int] = {REVOKED: CLOSE_REVOKED, TOO_BIG: CLOSE_TOO_BIG, VERSION: CLOSE_VERSION}


def close_code(kind: Kind) -> int:
    """The socket's close code that goes with a refusal."""
    return _CLOSE_KINDS.get(kind) or _CLOSE_CODES.get(kind.code, CLOSE_MALFORMED)


__all__ = [
    "BACKEND_DOWN",
    "GUEST_ROOM",
    "INTERNAL",
    "MALFORMED",
    "ORIGIN_REFUSED",
    "PEER_UNKNOWN",
    "PROOF_INVALID",
    "PROOF_NONCE",
    "RATE_LIMITED",
    "RELAY_REFUSED",
    "REVOKED",
    "ROOM_EXISTS",
    "ROOM_FULL",
    "ROOM_GENESIS",
    "ROOM_LIMIT",
    "ROOM_MANY",
    "ROOM_NAME",
    "ROOM_POWER",
    "ROOM_REMOVED",
    "ROOM_UNKNOWN",
    "TOKEN_INVALID",
    "TOO_BIG",
    "VERSION",
    "VISIT_CLOSED",
    "VISIT_NOBODY",
    "Kind",
    "Problem",
    "close_code",
]
