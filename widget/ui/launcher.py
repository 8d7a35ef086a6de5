"""The button that opens a floating chat and closes it, with how much is new."""

from __future__ import annotations

from widget.ui.icons import icon
from widget.ui.strings import number, say, say_count
from widget.ui.view import Handler, Node, click, h

MOST_SHOWN = 99


def launcher(is_open: bool, unread: int, toggle: Handler) -> Node:
    label = say("Close the chat") if is_open else say("Open the chat")
    parts = [icon("close" if is_open else "chat")]
    if unread > 0 and not is_open:
        label += ", " + say_count("1 new message", "{} new messages", unread)
        shown = f"{number(MOST_SHOWN)}+" if unread > MOST_SHOWN else number(unread)
        parts.append(h("span", {"class": "cw-unread-count"}, [shown]))
    attrs = {
        "class": "cw-launcher",
        "part": "launcher",
        "type": "button",
        "aria-label": label,
        "aria-expanded": "true" if is_open else "false",
        "key": "launcher",
    }
    return h("button", attrs, parts, click(toggle))
