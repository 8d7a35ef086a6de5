"""How the room is reached, in words."""

from __future__ import annotations

from widget.model import ChatState
from widget.ui.strings import say
from widget.ui.view import Node, h, text

# How the room, or one person in it, is reached.
WORDS: dict[str, str] = {
    "connecting": "Connecting",
    "direct": "Connected directly",
    "relayed": "Relayed (encrypted)",
    "alone": "Connected",
    "offline": "Offline - trying again",
    "error": "Not connected",
    "lost": "Away",
}


def connection_badge(state: ChatState) -> Node:
    """A dot and a few words; never the dot alone."""
    kind = connection_kind(state)
    attrs = {"class": f"cw-sub cw-badge cw-badge-{kind}", "role": "status"}
    return h("span", attrs, [h("span", {"class": "cw-dot", "aria-hidden": "true"}, []), text(say(WORDS[kind]))])


def connection_kind(state: ChatState) -> str:
    """connecting, direct, relayed, alone, offline or error. Relayed when any one person is."""
    if state.status == "connecting":
        return "connecting"
    if state.status != "connected":
        return "error" if state.status == "error" else "offline"
    links = [person.link for person in state.participants if not person.is_me and person.is_online]
    if "relayed" in links:
        return "relayed"
    if "direct" in links:
        return "direct"
    return "connecting" if "connecting" in links else "alone"
