"""What happens on the paths to one peer session, as values: the transport tells them, the room acts on them."""

from __future__ import annotations

from dataclasses import dataclass

from widget.crypto.session import PeerSession
from widget.errors import ChatError, Remark


@dataclass(frozen=True)
class Opened:
    """A path can be used, for the first time or again. `peer` is at its other end; `said` came with its BIND, `told`
    went with mine."""

    is_direct: bool
    peer: PeerSession
    said: bytes = b""
    told: bytes = b""


@dataclass(frozen=True)
class Arrived:
    """A packet of the verified peer: TAG_FRAME as it came, TAG_PAIR unsealed."""

    tag: int
    data: bytes


@dataclass(frozen=True)
class Lost:
    """A path broke, fell silent or was not to be had; `error` says why a handshake failed."""

    is_direct: bool
    error: ChatError | None = None


class Dropped:
    """Something was refused and changes nothing. The scripts count it without a `reason` that is ours."""

    def __init__(self, reason: Remark = "") -> None:
        self.reason: str = reason


Happened = Opened | Arrived | Lost | Dropped
