"""What the widget and the auth service both compute: seal infos and the bytes a device signs to sign in."""

from __future__ import annotations

from widget.wire.codec import Writer
from widget.wire.labels import ASK, LOGIN, SEALED_CALL, SEALED_REPLY, labelled

FAMILY_BYTES: int = 16  # a refresh token begins with so many that all tokens of one sign-in share
ANSWERS: int = 128  # to a puzzle, so that how long it takes is near the mean
ANSWER_BITS: int = 7  # so many fewer has each of them


def seal_info(method: str, path: str, origin: str) -> bytes:
    """HPKE info of a sealed request: "cw1/otp" 00 lp(method) lp(path) lp(origin)"""
    writer = Writer().long(method.encode("utf-8")).long(path.encode("utf-8")).long(origin.encode("utf-8"))
    return labelled(SEALED_CALL, writer.done())


def reply_aad(rid: bytes) -> bytes:
    """AAD of a sealed reply: "cw1/otp-reply" 00 rid16"""
    return labelled(SEALED_REPLY, Writer().fixed(rid, 16).done())


def ask_bytes(rid: bytes, origin: str) -> bytes:
    """What DK signs for /otp/request: "cw1/ask" 00 rid16 lp(origin)"""
    return labelled(ASK, Writer().fixed(rid, 16).long(origin.encode("utf-8")).done())


def login_bytes(challenge: bytes, nonce: bytes, rid: bytes, origin: str) -> bytes:
    """What DK signs for /otp/verify: "cw1/login" 00 challenge16 nonce32 rid16 lp(origin)"""
    writer = Writer().fixed(challenge, 16).fixed(nonce, 32).fixed(rid, 16).long(origin.encode("utf-8"))
    return labelled(LOGIN, writer.done())


def shown_bytes(label: str, rid: bytes, shown_sha256: bytes, origin: str) -> bytes:
    """What DK signs for a call that shows something: "cw1/<label>" 00 rid16 sha256(shown)32 lp(origin)

    REFRESH: a refresh token, or the family of one, for /token, /logout, /devices and /devices/end. SITE: the site's
    token, for /site/verify. GUEST: a name, for /guest/verify.
    """
    writer = Writer().fixed(rid, 16).fixed(shown_sha256, 32).long(origin.encode("utf-8"))
    return labelled(label, writer.done())
