"""What the room looks like: made by the kinds from the events in room order, and made anew when an event comes late."""

from __future__ import annotations

from widget.core.lines import filled
from widget.core.times import iso_time
from widget.model import ChatMessage, Delivery, Flag, MessageType
from widget.ports import Clock
from widget.room.book import Book
from widget.room.entry import Entry


class Snapshot:
    """The view as it was after `count` items."""

    def __init__(self, count: int, lines: list[ChatMessage], memory: dict[int, dict[str, str]]) -> None:
        self.count: int = count
        self.lines: list[ChatMessage] = lines
        self.memory: dict[int, dict[str, str]] = memory


class View:
    """`lines` are what people read; one that changes is replaced, so what is the same object is the same line."""

    def __init__(self, clock: Clock, room_id: str, is_private: bool, my_device: bytes, book: Book) -> None:
        self._clock: Clock = clock
        self._room_id: str = room_id
        self._my_device: bytes = my_device
        self._memory: dict[int, dict[str, str]] = {}
        self.deliveries: dict[str, Delivery] = {}  # of my lines
        self.is_private: bool = is_private
        self.book: Book = book
        self.lines: list[ChatMessage] = []

    def snapshot(self, count: int) -> Snapshot:
        return Snapshot(count, list(self.lines), _copied(self._memory))

    def restore(self, snapshot: Snapshot) -> None:
        self.lines = list(snapshot.lines)
        if len(self.deliveries) > 0:
            self.lines = [self._marked(line) for line in snapshot.lines]
        self._memory = _copied(snapshot.memory)

    # What kinds do.

    def of(self, kind: int) -> dict[str, str]:
        """What that kind remembers beside the lines. A late event finds it as it was at the event's place."""
        found = self._memory.get(kind)
        if found is None:
            found = {}
            self._memory[kind] = found
        return found

    def line(
        self,
        entry: Entry,
        text: str,
        emotes: list[str],
        emoji: list[str],
        kind: MessageType = "message",
        sentence: str = "",
        whom: str = "",
    ) -> ChatMessage:
        """A line of `entry`'s author. Mine is what my device said: who comes as me on another is not me for sure."""
        author = entry.author
        return ChatMessage(
            id=entry.id,
            room_id=self._room_id,
            sender_id=author.sub,
            sender_name=author.name,
            timestamp=iso_time(self._clock, entry.event.at_ms),
            content=text,
            encrypted=True,
            emote_ids=emotes,
            custom_emoji_ids=emoji,
            type=kind,
            delivery="received",
            mine=kind == "message" and author.jkt == self._my_device,
            flags=flags(entry),
            sentence=sentence,
            whom=whom,
            via=author.via,
        )

    def tell(self, entry: Entry, sentence: str, whom: str = "") -> None:
        """News of the room, by `entry`'s author."""
        self.show(self.line(entry, filled(sentence, entry.author.name, whom), [], [], "system", sentence, whom))

    def show(self, line: ChatMessage) -> None:
        """One more, at the end."""
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


def _copied(memory: dict[int, dict[str, str]]) -> dict[int, dict[str, str]]:
    return {kind: dict(found) for kind, found in memory.items()}
