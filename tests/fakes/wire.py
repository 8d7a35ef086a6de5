"""Objects of the wire as bytes, whichever writer is theirs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from typing import Any

from widget.wire.frame import Content, FrameHeader, write_content, write_header
from widget.wire.handshake import Bind, Hello, write_bind, write_hello
from widget.wire.pair import (
    Grant,
    PairHeader,
    Shown,
    State,
    Want,
    write_grant,
    write_pair_header,
    write_shown,
    write_state,
    write_want,
)

WRITERS: dict[type, Callable[..., bytes]] = {
    FrameHeader: write_header,
    Content: write_content,
    Hello: write_hello,
    Bind: write_bind,
    PairHeader: write_pair_header,
    Grant: write_grant,
    State: write_state,
    Want: write_want,
    Shown: write_shown,
}


def wire(value: Any) -> bytes:
    """What a reader would make this object of."""
    return WRITERS[type(value)](*[getattr(value, field.name) for field in fields(value)])
