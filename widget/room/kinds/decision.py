"""DECISION, what a host or a moderator decides about a person (`widget/wire/decision.py`): a line, where it counts.

What follows from it does not depend on its place among the others: that is the book's (`widget/room/book.py`).
"""

from __future__ import annotations

from widget.room.entry import Entry
from widget.room.view import View
from widget.wire.decision import ADMIT, INVITE, LIFT, ON, REMOVE, read_decision

DECISION = 5


class DecisionKind:
    """Tells who decided what."""

    def may(self, view: View, entry: Entry) -> bool:
        return entry.id in view.book.now.counting

    def apply(self, view: View, entry: Entry, body: bytes) -> None:
        decision = read_decision(body)
        whom = decision.name
        if decision.op == REMOVE:
            view.tell(entry, "{} removed {1}.", whom)
        elif decision.op == LIFT:
            view.tell(entry, "{} took back that {1} was removed.", whom)
        elif decision.op == ADMIT:
            view.tell(entry, "{} let {1} in.", whom)
        elif decision.op == INVITE:
            view.tell(entry, "{} made a new invite: the old one lets nobody in.")
        elif decision.flags == ON:
            view.tell(entry, "{} made {1} a moderator.", whom)
        else:
            view.tell(entry, "{1} is no moderator any more.", whom)
