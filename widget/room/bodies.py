"""The events that I hold without their body, and who was asked for it.

Who cannot tell that I may read an event hands it over bare, and so does who lies: somebody else has it whole.
"""

from __future__ import annotations

from widget.room.entry import Entry
from widget.room.limits import FETCH_EVENTS
from widget.room.log import Log
from widget.room.other import Others

NOTHING: tuple[int, int] = (0, -1)


class Bodies:
    """On each way to a member it is asked once for each, in the order of their numbers: `Other.bodies`."""

    def __init__(self, log: Log, others: Others) -> None:
        self._log: Log = log
        self._others: Others = others
        self.authors: dict[str, bool] = {}  # some of whose events came bare
        self.grew(log.entries())

    def grew(self, entries: list[Entry]) -> None:
        """These count from now on."""
        for entry in entries:
            event = entry.event
            if event.body is None:
                self.authors[event.author] = True
                for other in self._others.known.values():
                    other.bodies[event.author] = min(other.bodies.get(event.author, 0), event.seq - 1)

    def wanted(self, author: str, sid: str) -> tuple[int, int]:
        """The first and the last of those to ask `sid` for next; NOTHING when it was asked for all."""
        other, chain = self._others.of(sid), self._log.chain(author)
        start = max(0, other.bodies.get(author, 0) + 1 - chain.first)
        lacking = [entry.event.seq for entry in chain.entries[start:] if entry.event.body is None]
        if len(lacking) == 0:
            other.bodies[author] = chain.last
            return NOTHING
        first, count = lacking[0], 1
        while count < min(len(lacking), FETCH_EVENTS) and lacking[count] == first + count:
            count += 1
        return (first, first + count - 1)
