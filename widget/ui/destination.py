"""The room that somebody wants to come into: chosen, named by an invite or by the page, or wanted before a reload."""

from __future__ import annotations

from collections.abc import Callable

from widget.errors import RefusedError
from widget.ui.stage import Stage, Work


class Destination:
    """`room` is the page's; `missed` is called when the way into a room does not lead in."""

    def __init__(self, stage: Stage, room: str, missed: Callable[[], None]) -> None:
        self._stage: Stage = stage
        self._room: str = room
        self._wanted: str = room
        self._missed: Callable[[], None] = missed
        self._joining: str = ""
        self.way: Work = Work(stage)
        self.way.failed = self._failed

    @property
    def joining(self) -> str:
        """The room one is on the way to."""
        return self._joining if self.way.busy else ""

    def want(self, room_id: str) -> None:
        """Also after a reload, while a code is on its way."""
        self._wanted = room_id
        self._stage.chat.want(room_id)

    def give_up(self) -> None:
        """Back to what the page wants."""
        self.want("")
        self._wanted = self._room

    def set_out(self) -> bool:
        """Into the room one wanted before signing in, not into one before it; False where there is none."""
        if self._wanted == "":
            return False
        self._joining = self._wanted
        self._wanted = ""
        self.way.spawn(self._stage.chat.join_room(self._joining))
        return True

    def _failed(self, error: Exception) -> None:
        """The room may be gone from the list. What was refused once would be refused after a reload."""
        if isinstance(error, RefusedError):
            self._stage.chat.want("")
        self._missed()
