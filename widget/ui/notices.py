"""What the chat has to say besides messages: a banner that stays, a note that passes."""

from __future__ import annotations

from widget.ui.icons import icon
from widget.ui.parts import icon_button
from widget.ui.strings import say
from widget.ui.view import Handler, Node


def banner(message: str, dismiss: Handler) -> Node:
    """Trouble that needs to be read; it stays until it is over or put away."""
    parts = [icon("alert"), Node("p", "", [message]), icon_button("close", say("Dismiss"), dismiss)]
    return Node("div", "cw-banner", parts, ["role", "alert"], "banner")


def toast(message: str) -> Node:
    """A passing note. Its box is always there, so that screen readers notice the words that appear in it."""
    words = [Node("p", "cw-toast", [message])] if message != "" else []
    return Node("div", "cw-toasts", words, ["role", "status"], "toast")
