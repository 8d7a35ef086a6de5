"""The signaling socket's messages. `client_text.py` and `server_text.py` write and read them as JSON.

    server                                client
    hello {nonce}                  ->
                                   <-     auth {token, dk, sig, room, sid, resume}  within 5 s
    joined {room, members, ...}    ->                                          or error, then close 44xx
    peer+ {member} / peer- {sid}   ->
    signal {from, kind, data}      ->  <- signal {to, kind, data}
    binary 01 | from sid16 | blob  ->  <- binary 01 | to sid16 | blob
    visit {id, key}                ->  <- binary 02 | visit16 | sealed         (`showing.py`)
    beat {}                        ->  <- beat {}                              every 15 s
    error {code, detail, retry}    ->  <- renew {token, dk, sig} / leave {}

A member is named by its session id: `sid`, 16 bytes, as 32 hex digits in JSON. `dk` is the device's public key, 65
bytes in hex, whose thumbprint the token names; `sig` is its signature over `auth_bytes`, 64 bytes in hex.
"""

from __future__ import annotations

from dataclasses import dataclass

from widget.model import IceServer
from widget.wire.room import RoomRecord

SUBPROTOCOL = "cw1"
MAX_TEXT_CHARS = 32768
MAX_MEMBERS = 64
SID_BYTES = 16
KEY_BYTES = 65

CLOSE_MALFORMED = 4400
CLOSE_AUTH = 4401
CLOSE_REVOKED = 4403
CLOSE_NO_ROOM = 4404
CLOSE_SLOW = 4408
CLOSE_REPLACED = 4410
CLOSE_FULL = 4409
CLOSE_REMOVED = 4411
CLOSE_TOO_BIG = 4413
CLOSE_VERSION = 4426
CLOSE_RATE = 4429
CLOSE_BACKEND = 4503


@dataclass(frozen=True)
class Hello:
    """Server: prove who you are over this nonce (64 hex digits)."""

    nonce: str


@dataclass(frozen=True)
class Auth:
    """Client: here I am, let me into this room. `resume` is "" or the ticket of the session that was cut."""

    token: str
    dk: str
    sig: str
    room: str
    sid: str
    resume: str


@dataclass(frozen=True)
class Member:
    """Who is in the room, as the server believes it; peers verify for themselves."""

    sid: str
    sub: str
    name: str
    joined_ms: int


@dataclass(frozen=True)
class Joined:
    """Server: you are in. `members` are the others; `resume` lets the same sid return within 60 s."""

    room: RoomRecord
    members: list[Member]
    resume: str
    ice: list[IceServer]
    now_ms: int


@dataclass(frozen=True)
class PeerJoined:
    member: Member


@dataclass(frozen=True)
class PeerLeft:
    """`sid` has left or fallen silent."""

    sid: str


@dataclass(frozen=True)
class Signal:
    """WebRTC signaling to or from one member. `data` is SDP text, or JSON of RTCIceCandidateInit ("" ends them)."""

    sid: str
    kind: str
    data: str


@dataclass(frozen=True)
class Visit:
    """Server: a visitor without an account wants to look in. What is shown goes to `key`, 65 bytes in hex."""

    visit_id: str
    key: str


@dataclass(frozen=True)
class Beat:
    """I am alive; the server answers each with one of its own."""


@dataclass(frozen=True)
class Leave:
    """Client: I go for good, do not wait for me."""


@dataclass(frozen=True)
class Renew:
    """Client: a newer access token for the same session, `sig` over the same nonce."""

    token: str
    dk: str
    sig: str


@dataclass(frozen=True)
class Problem:
    """Server: something was refused. `code` is stable ("room.full"); fatal ones are followed by a close."""

    code: str
    detail: str
    retry_after_s: int


ClientMessage = Auth | Signal | Beat | Leave | Renew
ServerMessage = Hello | Joined | PeerJoined | PeerLeft | Signal | Visit | Beat | Problem
