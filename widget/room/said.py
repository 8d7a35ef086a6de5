"""What I have said, and the session of mine that said it."""

from __future__ import annotations

from typing import Protocol

from widget.model import Delivery


class Speaker(Protocol):
    """A session of mine, and those it speaks to."""

    is_closed: bool
    is_guest: bool

    def is_ready(self) -> bool:
        """Something may be said now."""
        ...

    async def say(self, kind: int, bodies: list[bytes]) -> None: ...
    def people(self) -> dict[str, str]:
        """The sids that can read what is said now, and the sub behind each; no session of mine."""
        ...

    def holders(self, author: str, seq: int) -> list[str]:
        """The sids that hold that event, as far as they told."""
        ...

    def agrees(self) -> bool:
        """Everybody here holds the same as I."""
        ...


class Said:
    """An event of mine. `readers` are the others of its epoch (sids); `line` is the line that shows it.

    The `speaker` of what was said before the page was loaded anew is none.
    """

    def __init__(
        self, author: str, seq: int, line: str, speaker: Speaker | None, readers: list[str], delivery: Delivery
    ) -> None:
        self.author: str = author
        self.seq: int = seq
        self.line: str = line
        self.speaker: Speaker | None = speaker
        self.readers: list[str] = readers
        self.delivery: Delivery = delivery
