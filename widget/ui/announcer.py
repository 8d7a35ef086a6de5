"""Reads new messages out: gathered, so that a lively room does not drown a screen reader."""

from __future__ import annotations

from widget.core.lines import filled
from widget.model import ChatMessage
from widget.ui.stage import Stage
from widget.ui.strings import isolated, say, say_count
from widget.ui.view import Node, h

GATHER_MS = 1500
MOST_READ = 3


class Announcer:
    """A region that only screen readers see. What came within a moment is read as one: the last few, and how many."""

    def __init__(self, stage: Stage) -> None:
        self._stage: Stage = stage
        self._told: int = 0
        self._is_due: bool = False
        self._new: list[ChatMessage] = []

    def entered(self, count: int) -> None:
        """What was said before is there to be read, not read out."""
        self._told = count
        self._new = []

    def arrived(self, messages: list[ChatMessage]) -> None:
        if len(messages) > self._told and not self._is_due:
            self._is_due = True
            self._stage.clock.after(GATHER_MS, self._tell)

    def view(self) -> Node:
        new = self._new
        read = [spoken(message) for message in new[-MOST_READ:]]
        if len(new) > MOST_READ:
            read = [say_count("1 new message", "{} new messages", len(new)), *read]
        lines = [h("p", {}, [line]) for line in read]
        attrs = {"class": "cw-hidden", "role": "status", "aria-label": say("New messages"), "key": "announcer"}
        return h("div", attrs, lines)

    def _tell(self) -> None:
        self._is_due = False
        messages = self._stage.chat.get_state().messages
        new = [message for message in messages[self._told :] if not message.mine]
        self._told = len(messages)
        if len(new) > 0:
            self._new = new
            self._stage.changed()


def spoken(message: ChatMessage) -> str:
    if message.type == "message":
        return f"{message.sender_name}: {message.content}"
    return filled(say(message.sentence), isolated(message.sender_name), isolated(message.whom))
