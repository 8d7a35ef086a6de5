"""A frame of somebody else, once its seal was checked."""

from __future__ import annotations

from dataclasses import dataclass, field

from widget.wire.event import Event


@dataclass(frozen=True)
class OpenedFrame:
    """Events that the session `sid` hands over. Whether their authors signed them is not checked yet."""

    sid: str
    frame_type: int
    events: list[Event] = field(repr=False)
