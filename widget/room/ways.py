"""The members of the room, and the ways to them."""

from __future__ import annotations

from typing import Protocol


class Ways(Protocol):
    def reached(self) -> list[str]:
        """Who shares my epoch and can be told something now."""
        ...

    def send_note(self, sid: str, blob: bytes) -> None: ...
    def held(self) -> None:
        """Somebody has more of what I said than before."""
        ...
