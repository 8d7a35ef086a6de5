"""What was refused in a room, counted for people who debug. No page asks for it, so the script carries no sum of it."""

from __future__ import annotations

from widget.chat.chat import ChatCore


def drops_of(chat: ChatCore) -> dict[str, int]:
    """How many packets and events, by reason: the links' and the group's."""
    session = chat._rooms.session
    if session is None:
        return {}
    counts = dict(session.peers.neighbours.drops)
    for reason, count in session.peers.group.drops.items():
        name = f"cw.{reason}"
        counts[name] = counts.get(name, 0) + count
    return counts
