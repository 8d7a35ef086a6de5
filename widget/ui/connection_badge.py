"""How the room is reached, in words."""

from __future__ import annotations

from widget.model import ChatState
from widget.ui.strings import say
from widget.ui.view import Node, h

# How the room, or one person in it, is reached; or why not.
WORDS: dict[str, str] = {
    "connecting": "Connecting",
    "direct": "Connected directly",
    "turn": "Connected through TURN",
    "relayed": "Relayed (encrypted)",
    "through": "Reached through others",
    "unreachable": "Cannot be reached",
    "alone": "Only you are here",
    "offline": "Offline - trying again",
    "error": "Not connected",
    "lost": "Away",
    "waiting": "Waiting to be let in",
    "removed": "Removed",
}


def connection_badge(state: ChatState) -> Node:
    """A dot and a few words; never the dot alone."""
    kind = connection_kind(state)
    dot = h("span", {"class": "cw-dot", "aria-hidden": "true"})
    return h("span", {"class": f"cw-sub cw-badge cw-badge-{kind}", "role": "status"}, [dot, say(WORDS[kind])])


def connection_kind(state: ChatState) -> str:
    """The least good way to any one person; "alone", "offline" or "error" where there is none."""
    if state.status == "disconnected":
        return "offline"
    if is_kept_waiting(state):
        return "waiting"
    if state.status != "connected":
        return state.status
    links = [person.link for person in state.participants if not person.is_me and person.standing == "in"]
    for kind in ["unreachable", "through", "relayed", "turn", "direct", "connecting"]:
        if kind in links:
            return kind
    return "alone"


def is_kept_waiting(state: ChatState) -> bool:
    """Nobody has let me in yet."""
    waits = [person for person in state.participants if person.is_me and person.standing == "waiting"]
    return state.status == "connecting" and len(waits) > 0
