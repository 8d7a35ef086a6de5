"""The states a connection goes through, as tables that both ends read: "state event" -> next state.

A *session* is our place in a room at the signaling service, a *link* one path to one peer. An event that a state does
not know changes nothing: it came too late or too early.
"""

from __future__ import annotations

SESSION: dict[str, str] = {
    "idle enter": "entering",
    "entering joined": "joined",
    "entering failed": "idle",
    "joined cut": "waiting",
    "waiting retry": "returning",
    "returning joined": "joined",
    "returning cut": "waiting",
    "entering leave": "idle",
    "joined leave": "idle",
    "waiting leave": "idle",
    "returning leave": "idle",
    "joined end": "idle",
    "waiting end": "idle",
    "returning end": "idle",
}

LINK: dict[str, str] = {
    "idle start": "greeting",
    "greeting verified": "open",
    "greeting failed": "resting",
    "resting start": "greeting",
    "open silent": "silent",
    "silent heard": "open",
    "idle close": "closed",
    "greeting close": "closed",
    "open close": "closed",
    "silent close": "closed",
    "resting close": "closed",
}


class Phase:
    """Where one connection is in its table."""

    def __init__(self, table: dict[str, str], start: str) -> None:
        self._table: dict[str, str] = table
        self.now: str = start

    def move(self, event: str) -> bool:
        """Take the step that `event` means here; False when there is none."""
        following = self._table.get(f"{self.now} {event}")
        if following is None:
            return False
        self.now = following
        return True
