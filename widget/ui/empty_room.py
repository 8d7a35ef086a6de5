"""What stands where nothing was said yet, and above what was."""

from __future__ import annotations

from widget.model import ChatState
from widget.ui.connection_badge import WORDS, connection_kind, is_kept_waiting
from widget.ui.parts import button, hush, loading
from widget.ui.stage import told
from widget.ui.strings import say
from widget.ui.view import Handler, Node, h


def calm(state: ChatState, invite: Handler) -> Node:
    """In place of messages: who is here, as far as it is known, and what one can do."""
    if is_kept_waiting(state):
        title = say(WORDS["waiting"]) if state.error is None else told(state.error)
        words = hush(title, say("A host or moderator lets each person in."), [])
    elif state.status != "connected":
        words = loading(say(WORDS[connection_kind(state)]))
    elif len([person for person in state.participants if person.is_online and person.standing == "in"]) > 1:
        lead = say("You are connected. What you write is encrypted for the people in this room.")
        words = hush(say("Say hello"), lead, [])
    else:
        copy = button("plain", say("Copy invite"), invite)
        lead = say("Send the invite to the people you want to talk with.")
        words = hush(say(WORDS["alone"]), lead, [copy])
    return h("div", {"class": "cw-fill", "key": "empty"}, [words])


def policy(state: ChatState) -> Node:
    """What who comes later will read of this."""
    words = say("Who comes later does not see what was said before.")
    if state.room is not None and state.room.history == "session":
        words = say("Who comes later sees what was said in the last day.")
    if state.room is not None and state.room.preview:
        words += " " + seen()
    return h("div", {"class": "cw-system", "key": "policy"}, [words])


def seen() -> str:
    """What a room with preview shows."""
    return say("Whoever visits the site sees the last 20 messages, without signing in.")
