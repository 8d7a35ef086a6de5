"""Events that cannot be placed yet: a gap before them, an epoch that is not known, a clock that is far ahead."""

from __future__ import annotations

from tests.simulation.event import Event

AN_AUTHOR = 256


class Waiting:
    def __init__(self) -> None:
        self._events: dict[int, dict[int, Event]] = {}

    def __len__(self) -> int:
        return sum(len(events) for events in self._events.values())

    def most(self) -> int:
        return max((len(events) for events in self._events.values()), default=0)

    def put(self, event: Event) -> None:
        events = self._events.setdefault(event.author, {})
        if len(events) < AN_AUTHOR or event.seq in events:
            events[event.seq] = event

    def pop(self, author: int, seq: int) -> Event | None:
        return self._events.get(author, {}).pop(seq, None)

    def due(self, held: dict[int, list[Event]]) -> list[Event]:
        """For each author the next event, taken out of the list. What is held by now is forgotten."""
        due = []
        for author, events in self._events.items():
            if not events:
                continue
            following = len(held.get(author, ())) + 1
            for seq in [seq for seq in events if seq < following]:
                del events[seq]
            event = events.pop(following, None)
            if event is not None:
                due.append(event)
        return due
