"""The devices of a person, as the sign-in service tells of them."""

from __future__ import annotations

from typing import Any

from widget.core.times import LAST_MS, iso_time
from widget.model import Device
from widget.ports import Clock
from widget.wire.fields import bool_field, hex_field, int_field, objects_field, text_field

MOST: int = 100
MAX_CHARS: int = 100


def read_devices(clock: Clock, reply: dict[str, Any]) -> list[Device]:
    """In the service's order; CwError for what is none."""
    return [
        Device(
            id=hex_field(item, "id", 32),
            browser=text_field(item, "browser", MAX_CHARS),
            system=text_field(item, "system", MAX_CHARS),
            first_used=_time(clock, item, "first"),
            last_used=_time(clock, item, "last"),
            is_this=bool_field(item, "this"),
            country=text_field(item, "country", MAX_CHARS),
        )
        for item in objects_field(reply, "devices", MOST)
    ]


def _time(clock: Clock, item: dict[str, Any], name: str) -> str:
    return iso_time(clock, int_field(item, name, 0, LAST_MS // 1000) * 1000)
