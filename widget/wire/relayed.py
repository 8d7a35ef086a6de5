"""The one binary message: a blob that the service passes on unread."""

from __future__ import annotations

from widget.errors import MALFORMED, CwError
from widget.wire.codec import Writer
from widget.wire.socket import SID_BYTES

MAX_RELAY_BYTES = 16448
RELAY = 1


def write_relay(sid: str, blob: bytes) -> bytes:
    """A blob for (client) or from (server) the member `sid`."""
    if len(blob) > MAX_RELAY_BYTES:
        raise CwError(MALFORMED, "relayed blob too large")
    return Writer().u8(RELAY).hex(sid, SID_BYTES).raw(blob).done()


def read_relay(data: bytes) -> tuple[str, bytes]:
    """(sid in hex, blob)."""
    start = 1 + SID_BYTES
    if len(data) < start or data[0] != RELAY or len(data) > start + MAX_RELAY_BYTES:
        raise CwError(MALFORMED, "not a relay message")
    return data[1:start].hex(), data[start:]
