"""From the events in room order to what people see: late ones are folded in at their place."""

from __future__ import annotations

from widget.errors import CwError
from widget.model import ChatMessage
from widget.room.entry import Entry, place
from widget.room.kinds.table import Kind, kinds
from widget.room.limits import ITEMS_KEPT, LATE_MS, SNAPSHOT_EACH, SNAPSHOTS
from widget.room.view import Snapshot, View

AFTER = "~"  # sorts after every author of the same clock


class Item:
    """An event, or a line that no event brought, at its place."""

    def __init__(self, place: str, entry: Entry | None, line: ChatMessage | None) -> None:
        self.place: str = place
        self.entry: Entry | None = entry
        self.line: ChatMessage | None = line
        self.sids: list[str] = []  # the sessions whose coming it tells
        self.floor: str = ""  # the place of the line before it about the same person

    def follows(self, entry: Entry) -> bool:
        """It tells of somebody's coming, below what they said since the line before."""
        return entry.author.sid in self.sids and self.floor < entry.place < self.place

    def put_before(self, entry: Entry) -> None:
        self.place = entry.place[:-1]  # sorts right before it, below what others said at the same clock


class Fold:
    """Holds the items in room order; `view` is what comes out, `refused` why an event's body has no meaning, by id."""

    def __init__(self, view: View) -> None:
        self.view: View = view
        self._kinds: dict[int, Kind] = kinds()
        self._items: list[Item] = []
        self._snapshots: list[Snapshot] = [view.snapshot(0)]
        self._notes: int = 0
        self._news: dict[str, Item] = {}  # the last line that no event brought about each person
        self.refused: dict[str, int] = {}

    def begin(self, entries: list[Entry]) -> None:
        """What was read before the page was loaded anew: nothing of it comes late."""
        self._items = [Item(entry.place, entry, None) for entry in sorted(entries, key=lambda entry: entry.place)]
        self._fold_from(0, 0)

    def add(self, entries: list[Entry], now_ms: int) -> None:
        """Each at its place; one that lands above what was read for a while is marked."""
        folded = len(self._items)
        first = folded
        for entry in entries:
            first = min(first, self._precede(entry))
            at = self._index(entry.place)
            entry.is_late = entry.is_late or self._was_read(at, now_ms)
            self._items.insert(at, Item(entry.place, entry, None))
            first = min(first, at)
        self._fold_from(first, folded)

    def note(self, clock: int, line: ChatMessage, sids: list[str]) -> None:
        """A line that no event brought, after all that has a clock up to `clock`; if it tells that somebody came, whose
        sessions these are, before all they say."""
        self._notes += 1
        item = Item(place(clock, AFTER + place(self._notes, "")), None, line)
        item.sids = sids
        before = self._news.get(line.sender_id)
        if before is not None:
            item.floor = before.place
        self._news[line.sender_id] = item
        folded = len(self._items)
        for said in self._items:
            if said.entry is not None and item.follows(said.entry):
                item.put_before(said.entry)
        self._fold_from(self._insert(item), folded)

    def refold(self) -> None:
        """More is decided than before, about what was said long ago too."""
        self._fold_from(0, len(self._items))

    def refresh(self, entry: Entry) -> None:
        """Its body has come."""
        self._fold_from(self._index(entry.place), len(self._items))

    def remove(self, entries: list[Entry]) -> None:
        """These do not count any more."""
        gone = {entry.id: True for entry in entries}
        folded = len(self._items)
        first = folded
        kept: list[Item] = []
        for item in self._items:
            if item.entry is not None and item.entry.id in gone:
                first = min(first, len(kept))
            else:
                kept.append(item)
        self._items = kept
        self._fold_from(first, folded)

    def _precede(self, entry: Entry) -> int:
        """The line that tells of its author's coming goes before it; where that is, if it moved."""
        item = self._news.get(entry.author.sub)
        if item is None or not item.follows(entry):
            return len(self._items)
        self._items = [other for other in self._items if other is not item]
        item.put_before(entry)
        return self._insert(item)

    def _insert(self, item: Item) -> int:
        at = self._index(item.place)
        self._items.insert(at, item)
        return at

    def _index(self, place: str) -> int:
        """Where something with that place goes: mostly at the end."""
        low, high = 0, len(self._items)
        if high == 0 or self._items[high - 1].place < place:
            return high
        while low < high:
            middle = (low + high) // 2
            if self._items[middle].place < place:
                low = middle + 1
            else:
                high = middle
        return low

    def _was_read(self, at: int, now_ms: int) -> bool:
        """Something below has been on the screen for long."""
        for item in self._items[at:]:
            entry = item.entry
            if entry is not None and now_ms - entry.since_ms > LATE_MS:
                return True
        return False

    def _fold_from(self, first: int, folded: int) -> None:
        """Fold the items from `first` on; `folded` of them had been, before it was changed."""
        if first < folded:
            while self._snapshots[-1].count > first:
                self._snapshots = self._snapshots[:-1]
            self.view.restore(self._snapshots[-1])
            first = self._snapshots[-1].count
        for index in range(first, len(self._items)):
            self._apply(self._items[index])
            if (index + 1) % SNAPSHOT_EACH == 0:
                self._keep(self.view.snapshot(index + 1))
        if len(self._items) > ITEMS_KEPT:
            self._forget()

    def _apply(self, item: Item) -> None:
        line = item.line
        entry = item.entry
        if line is not None:
            self.view.show(line)
        if entry is None or entry.event.body is None:
            return
        kind = self._kinds.get(entry.event.kind)
        if kind is None or not kind.may(self.view, entry):
            return
        try:
            kind.apply(self.view, entry, entry.event.body)
        except CwError as error:
            if len(self.refused) < ITEMS_KEPT:
                self.refused[entry.id] = error.reason

    def _keep(self, snapshot: Snapshot) -> None:
        """The first one always, for what comes very late."""
        self._snapshots.append(snapshot)
        if len(self._snapshots) > SNAPSHOTS:
            self._snapshots = [self._snapshots[0], *self._snapshots[2:]]

    def _forget(self) -> None:
        """The oldest items with the lines that came of them; what else they made stays."""
        base = self._snapshots[1]
        self._items = self._items[base.count :]
        self._snapshots = [Snapshot(0, [], base.memory)]
        self._fold_from(0, base.count)
        self.view.forget()
