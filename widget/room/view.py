"""What the room looks like: made by the kinds from the events in room order, and made anew when an event comes late."""

from __future__ import annotations

from widget.core.times import iso_time
from widget.model import ChatMessage, Delivery, Flag
from widget.ports import Clock
from widget.room.entry import Entry


class Snapshot:
    """The view as it was after `count` items."""

    def __init__(
        self, count: int, lines: list[ChatMessage], room_name: str, gone: dict[str, bool], again: dict[str, bool]
    ) -> None:
        self.count: int = count
        self.lines: list[ChatMessage] = lines
        self.room_name: str = room_name
        self.gone: dict[str, bool] = gone
        self.again: dict[str, bool] = again


class View:
    """`lines` are what people read; one that changes is replaced, so what is the same object is the same line."""

    def __init__(self, clock: Clock, room_id: str, is_private: bool, my_sub: str) -> None:
        self._clock: Clock = clock
        self._room_id: str = room_id
        self._my_sub: str = my_sub
        self._gone: dict[str, bool] = {}  # sessions that said goodbye
        self._again: dict[str, bool] = {}  # sub and id of events whose text another event of that person says
        self.deliveries: dict[str, Delivery] = {}  # of my lines
        self.is_private: bool = is_private
        self.room_name: str = ""
        self.lines: list[ChatMessage] = []

    def snapshot(self, count: int) -> Snapshot:
        return Snapshot(count, list(self.lines), self.room_name, dict(self._gone), dict(self._again))

    def restore(self, snapshot: Snapshot) -> None:
        self.lines = list(snapshot.lines)
        if len(self.deliveries) > 0:
            self.lines = [self._marked(line) for line in snapshot.lines]
        self.room_name = snapshot.room_name
        self._gone = dict(snapshot.gone)
        self._again = dict(snapshot.again)

    # What kinds do.

    def has_left(self, entry: Entry) -> bool:
        return entry.event.author in self._gone

    def left(self, entry: Entry) -> None:
        self._gone[entry.event.author] = True

    def say(self, entry: Entry, text: str, emotes: list[str], emoji: list[str], again: str) -> None:
        """A line of `entry`'s author, unless it says what another line of that person says."""
        author = entry.author
        entry.again = again
        entry.shown = ChatMessage(
            id=entry.id,
            room_id=self._room_id,
            sender_id=author.sub,
            sender_name=author.name,
            timestamp=iso_time(self._clock, entry.event.at_ms),
            content=text,
            encrypted=True,
            emote_ids=emotes,
            custom_emoji_ids=emoji,
            type="message",
            delivery="received",
            mine=author.sub == self._my_sub,
            flags=flags(entry),
        )
        self.repeat(entry, entry.shown)

    def repeat(self, entry: Entry, line: ChatMessage) -> None:
        """The line that was made of it before, at another place among others."""
        again = entry.again
        sub = entry.author.sub
        if len(self._again) > 0 and (sub + entry.id in self._again or sub + again in self._again):
            return
        if again != "":
            shown = self.find(again)
            if shown is not None and shown.sender_id == sub:
                return
            self._again[sub + again] = True
        self.lines.append(self._marked(line))

    def show(self, line: ChatMessage) -> None:
        """A line that no event brought."""
        self.lines.append(self._marked(line))

    # What I learn about my own lines.

    def mark(self, line_id: str, delivery: Delivery) -> bool:
        """How far a line of mine got; False when that is no news."""
        if self.deliveries.get(line_id) == delivery:
            return False
        self.deliveries[line_id] = delivery
        for index in range(len(self.lines) - 1, -1, -1):
            if self.lines[index].id == line_id:
                self.lines[index] = self.lines[index].delivered(delivery)
                return True
        return False

    def find(self, line_id: str) -> ChatMessage | None:
        """The newest are looked at first."""
        for index in range(len(self.lines) - 1, -1, -1):
            if self.lines[index].id == line_id:
                return self.lines[index]
        return None

    def forget(self) -> None:
        """Lines that are not shown any more need no marks."""
        self.deliveries = {line.id: line.delivery for line in self.lines if line.mine}

    def _marked(self, line: ChatMessage) -> ChatMessage:
        """As far as it got by now."""
        if len(self.deliveries) == 0:
            return line
        delivery = self.deliveries.get(line.id, line.delivery)
        return line if delivery == line.delivery else line.delivered(delivery)


def flags(entry: Entry) -> list[Flag]:
    """What is odd about an event."""
    found: list[Flag] = []
    if entry.is_late:
        found.append("late")
    if entry.is_odd:
        found.append("clock")
    return found
