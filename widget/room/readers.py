"""Who may read what, by the room's history policy."""

from __future__ import annotations

from widget.crypto.remembered import forget_oldest
from widget.crypto.session import PeerSession
from widget.ports import Clock
from widget.room.entry import Entry
from widget.room.limits import EPOCHS_KNOWN, HISTORY_EVENTS, HISTORY_MS
from widget.room.log import Log


class Readers:
    """A device may read what was written in the epochs from the first that named it, until it says goodbye.

    Also those in between that left it out, because it was away: it had been in the room and had not left. A page that
    is loaded anew is the same device. Where the room keeps a history, everybody in it may read the end of that.
    """

    def __init__(self, clock: Clock, log: Log, history: bool) -> None:
        self._clock: Clock = clock
        self._log: Log = log
        self._history: bool = history
        self._version: int = -1
        self._from: str = ""  # the place at which the history began in that version of the log
        self._last: int = 0  # how many epochs I held
        self.numbers: dict[str, int] = {}  # which of them that one was, by name
        self.entered: dict[str, int] = {}  # the first epoch of each device, as numbered here
        self.owners: dict[str, str] = {}  # whose devices they are

    def adopted(self, name: str, members: list[PeerSession]) -> None:
        """I hold that epoch from now on. Its own number says less: a room that was empty begins again at 1."""
        self._last += 1
        n = self.numbers.get(name, self._last)
        self.numbers[name] = n
        for member in members:
            device = member.jkt.hex()
            self.entered[device] = min(n, self.entered.get(device, n))
            self.owners[device] = member.sub
        forget_oldest(self.numbers, EPOCHS_KNOWN)

    def go_on(self, numbers: dict[str, int], entered: dict[str, int], owners: dict[str, str]) -> None:
        """With what I knew before the page was loaded anew."""
        self.numbers = numbers
        self.entered = entered
        self.owners = owners
        for n in numbers.values():
            self._last = max(self._last, n)

    def left(self, member: PeerSession) -> None:
        """If the device comes again, it begins again."""
        self._forget([member.jkt.hex()])

    def removed(self, subs: list[str]) -> None:
        """These people were put out, with all their devices."""
        self._forget([device for device, owner in self.owners.items() if owner in subs])

    def _forget(self, devices: list[str]) -> None:
        for device in devices:
            if device in self.entered:
                del self.entered[device]
                del self.owners[device]

    def note(self, entries: list[Entry]) -> None:
        """These are in the log from now on."""
        for entry in entries:
            chain = self._log.chain(entry.event.author)
            before = chain.find(entry.event.seq - 1)
            entry.epoch_n = self.numbers.get(entry.event.kid, -1 if before is None else before.epoch_n)
            after = chain.find(entry.event.seq + 1)
            while after is not None and after.epoch_n != entry.epoch_n and after.event.kid not in self.numbers:
                after.epoch_n = entry.epoch_n
                after = chain.find(after.event.seq + 1)

    def may(self, reader: PeerSession, entry: Entry) -> bool:
        """False also where I cannot tell: then somebody else who can will serve it.

        An epoch that I never held (its members were cut off from me) comes after those in which its author spoke
        before: who could read that may read this.
        """
        n = entry.epoch_n
        is_theirs = entry.author.jkt == reader.jkt
        return is_theirs or n >= self.entered.get(reader.jkt.hex(), n + 1) or self._is_history(entry)

    def _is_history(self, entry: Entry) -> bool:
        """Among the last events of the room, and of the last day."""
        if not self._history:
            return False
        if self._version != self._log.version:
            self._version = self._log.version
            places = sorted([entry.place for entry in self._log.entries()])
            self._from = places[max(0, len(places) - HISTORY_EVENTS)] if len(places) > 0 else ""
        return entry.place >= self._from and entry.event.at_ms > self._clock.now_ms() - HISTORY_MS
