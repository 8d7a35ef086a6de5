"""What the chat has to say besides messages: a banner that stays, a note that passes."""

from __future__ import annotations

from widget.ui.icons import icon
from widget.ui.parts import icon_button
from widget.ui.strings import say
from widget.ui.view import Handler, Node, h


def banner(message: str, dismiss: Handler) -> Node:
    """Trouble that needs to be read; it stays until it is over or put away."""
    parts = [icon("alert"), h("p", {}, [message]), icon_button("close", say("Dismiss"), dismiss)]
    return h("div", {"class": "cw-banner", "role": "alert", "key": "banner"}, parts)


def toast(message: str) -> Node:
    """A passing note. Its box is always there, so that screen readers notice the words that appear in it."""
    words = [h("p", {"class": "cw-toast"}, [message])] if message != "" else []
    return h("div", {"class": "cw-toasts", "role": "status", "key": "toast"}, words)
