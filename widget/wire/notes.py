"""What two chats tell each other inside pair blobs, beside the group's own kinds (`widget/wire/pair.py`).

    CONFIRM   10 | n u8 | n x msg_id16      these messages of yours have arrived
    DIRECT    11                            please offer a new direct connection: mine is gone
    PROBE     12                            nothing; a link that was silent is heard again
"""

from __future__ import annotations

from widget.errors import MALFORMED, CwError
from widget.wire.codec import Reader, Writer

CONFIRM = 16
DIRECT = 17
PROBE = 18
MAX_CONFIRMED = 64


def is_note(blob: bytes) -> bool:
    return len(blob) > 0 and blob[0] >= CONFIRM


def write_confirm(msg_ids: list[str]) -> bytes:
    """`msg_ids` in hex, at most MAX_CONFIRMED."""
    writer = Writer().u8(CONFIRM).u8(len(msg_ids))
    for msg_id in msg_ids:
        writer.hex(msg_id, 16)
    return writer.done()


def read_confirm(blob: bytes) -> list[str]:
    reader = Reader(blob)
    if reader.u8() != CONFIRM:
        raise CwError(MALFORMED, "not a confirmation")
    count = reader.u8()
    if count > MAX_CONFIRMED:
        raise CwError(MALFORMED, "too many confirmations at once")
    msg_ids = [reader.hex(16) for _ in range(count)]
    reader.end()
    return msg_ids
