"""What happens in a room, in the order the service tells it."""

from __future__ import annotations

from dataclasses import dataclass

from widget.errors import ChatError
from widget.transport.happened import Dropped
from widget.transport.signaling_socket import Relayed
from widget.wire.socket import ServerMessage


@dataclass(frozen=True)
class Cut:
    """The socket is gone; we are on our way back."""


@dataclass(frozen=True)
class Forgotten:
    """The service does not know the room any more; who may found it again does so while we keep asking."""


# A ChatError means that we are out for good.
RoomEvent = ServerMessage | Relayed | Dropped | Cut | Forgotten | ChatError
