"""Objects of the wire as bytes, whichever writer is theirs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from typing import Any

from widget.wire.change import Change
from widget.wire.frame import FrameHeader, write_header
from widget.wire.handshake import Bind, Hello, write_bind, write_hello
from widget.wire.notes import (
    Ask,
    Beat,
    BookPart,
    Fetch,
    Fork,
    Heads,
    Lack,
    write_ask,
    write_beat,
    write_book,
    write_fetch,
    write_fork,
    write_heads,
    write_lack,
)
from widget.wire.pair import (
    Grant,
    Pulse,
    Seek,
    Shown,
    State,
    Twice,
    Want,
    Who,
    Whole,
    write_changed,
    write_grant,
    write_pulse,
    write_seek,
    write_shown,
    write_state,
    write_twice,
    write_want,
    write_who,
    write_whole,
)

WRITERS: dict[type, Callable[..., bytes]] = {
    FrameHeader: write_header,
    Hello: write_hello,
    Bind: write_bind,
    Grant: write_grant,
    State: write_state,
    Want: write_want,
    Shown: write_shown,
    Who: write_who,
    Whole: write_whole,
    Seek: write_seek,
    Pulse: lambda *given: write_pulse(Pulse(*given)),
    Beat: write_beat,
    Heads: write_heads,
    Fetch: write_fetch,
    Lack: write_lack,
    Ask: write_ask,
    BookPart: write_book,
    Fork: lambda events: write_fork(*events),
}


def wire(value: Any) -> bytes:
    """What a reader would make this object of."""
    if isinstance(value, Change):
        return write_changed(value)
    if isinstance(value, Twice):
        return write_twice(value)
    return WRITERS[type(value)](*[getattr(value, field.name) for field in fields(value)])
