"""A frame of somebody else, once everything about it was checked."""

from __future__ import annotations

from dataclasses import dataclass, field

from widget.model import Flag


@dataclass(frozen=True)
class OpenedFrame:
    """One authenticated frame. `msg_id` is 32 hex.

    `is_repeat`: this person's message of that id was opened before. It is to be confirmed again and has no body.
    """

    sid: str
    sub: str
    name: str
    frame_type: int
    kind: int
    msg_id: str
    ts_ms: int
    body: bytes = field(repr=False)
    flags: list[Flag] = field(default_factory=list)
    is_repeat: bool = False
