"""Every label under which something is signed, hashed or derived: one table, so that no two uses can be confused."""

from __future__ import annotations

ROOM = "room"  # SHA-256 -> room id
SC = "sc"  # DK signs a session credential; SHA-256 -> what epochs call it
SID = "sid"  # SHA-256 of a session's keys -> its id
ASK = "ask"  # DK signs /otp/request
LOGIN = "login"  # DK signs /otp/verify
REFRESH = "refresh"  # DK signs /token, /logout, /devices and /devices/end
SITE = "site"  # DK signs /site/verify
GUEST = "guest"  # DK signs /guest/verify
SOCKET = "ws"  # DK signs the signaling socket's nonce
SEALED_CALL = "otp"  # HPKE info
SEALED_REPLY = "otp-reply"  # AAD of the reply
PSK = "psk"  # HKDF: invite secret -> proof key
SDP = "sdp"  # HKDF: invite secret -> key that hides SDP from signaling
PAIR = "pair"  # HKDF: two sessions' ECDH -> pair keys
BIND = "bind"  # SK signs and conf MACs the transcript
EPOCH = "epoch"  # SK signs an epoch
PULSE = "pulse"  # SK signs that its session is here
COMMIT = "ec"  # SHA-256 -> commitment to an epoch secret
SENDER = "sender"  # HKDF: epoch secret -> one sender's key
FRAME = "frm"  # AAD of a frame
EVENT = "event"  # SK signs an event; SHA-256 -> its id
DISK = "disk"  # AAD of what a device keeps
SAFETY = "safety"  # SHA-256 -> half of a safety number
BOOK = "book"  # SHA-256 -> what a room's decisions are called
HEADS = "heads"  # SHA-256 -> digest of the heads of a room's logs
SHOWN = "shown"  # SK signs what a visitor is shown
LOOK = "look"  # HPKE info of that
PLACE = "place"  # SHA-256 -> what the service is told of a page or a name that a room is bound to

LABELS = (
    ROOM, SC, SID, ASK, LOGIN, REFRESH, SITE, GUEST, SOCKET, SEALED_CALL, SEALED_REPLY, PSK,
    SDP, PAIR, BIND, EPOCH, PULSE, COMMIT, SENDER, FRAME, EVENT, DISK, SAFETY, BOOK, HEADS, SHOWN, LOOK, PLACE,
)  # fmt: skip

DEVICE_LABELS = (SC, ASK, LOGIN, REFRESH, SITE, GUEST, SOCKET)


def labelled(label: str, data: bytes) -> bytes:
    """`"cw1/<label>" 00 data`"""
    return f"cw1/{label}\x00".encode() + data
