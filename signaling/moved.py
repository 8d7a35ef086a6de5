"""A socket that has proved itself and goes on in another worker of the same parent: what that one has to know."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace

from auth.tokens import Claims


@dataclass(frozen=True)
class Proved:
    """Who wants to enter which room, after all proofs and quotas: `resume` is a ticket or ""."""

    claims: Claims
    room: str
    sid: str
    resume: str


@dataclass(frozen=True)
class Moved:
    """`nonce` is what the socket was asked to sign and signs again to renew, `head` the request that opened it."""

    proved: Proved
    nonce: str
    head: bytes


def write_moved(moved: Moved) -> bytes:
    fields = asdict(moved.proved)
    fields["claims"]["jkt"] = moved.proved.claims.jkt.hex()
    return json.dumps({**fields, "nonce": moved.nonce, "head": moved.head.decode("latin-1")}).encode()


def read_moved(data: bytes) -> Moved:
    """From a worker of the same parent, so it is not doubted."""
    fields = json.loads(data)
    claims = Claims(**fields["claims"])
    claims = replace(claims, jkt=bytes.fromhex(fields["claims"]["jkt"]))
    proved = Proved(claims, fields["room"], fields["sid"], fields["resume"])
    return Moved(proved, fields["nonce"], fields["head"].encode("latin-1"))
