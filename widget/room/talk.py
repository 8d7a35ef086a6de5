"""A room as it is to me, whichever session of mine is in it."""

from __future__ import annotations

from widget.core.state import State
from widget.crypto.genesis import show_room
from widget.crypto.session import PeerSession
from widget.crypto.trust import Identity
from widget.ports import Clock
from widget.room.arrival import Plan
from widget.room.book import Book
from widget.room.fold import Fold
from widget.room.log import Log
from widget.room.messages import Messages
from widget.room.readers import Readers
from widget.room.rooms_api import metadata
from widget.room.shared import Shared
from widget.room.view import View
from widget.wire.room import RoomRecord


class Talk:
    """What was said and who may read it, how that looks, and my words on their way. `me` is who I am."""

    def __init__(self, shared: Shared, plan: Plan, me: Identity) -> None:
        clock = shared.clock
        room_id = show_room(plan.address.room_id)
        self.plan: Plan = plan
        self.sub: str = me.sub
        self.device: bytes = me.jkt
        self.record: RoomRecord | None = None  # as the service last told it
        created_ms = plan.genesis.created_ms
        self.log: Log = Log(lambda: clock.now_ms() - created_ms)
        self.readers: Readers = Readers(clock, self.log, plan.genesis.history)
        self.book: Book = Book(
            shared.platform.crypto.digest, plan.genesis.host_sub, plan.genesis.approval
        )
        self.fold: Fold = Fold(View(clock, room_id, plan.genesis.private, me.jkt, self.book))
        self.messages: Messages = Messages(
            clock, shared.platform.crypto.digest, shared.state, shared.events, me.sub, me.name, room_id, self.log,
            self.fold,
        )

    def become(self, me: Identity) -> None:
        """The same device is another person from now on; what was said stays as it was."""
        self.sub = me.sub
        self.messages.become(me)

    def authors(self) -> dict[str, PeerSession]:
        """Who said what is here, by session id."""
        return {entry.author.sid: entry.author for entry in [*self.log.entries(), *self.book.entries()]}

    def show(self, state: State, clock: Clock, people: int) -> None:
        """The room, once the service has told what there is to tell of it."""
        record = self.record
        if record is not None:
            plan = self.plan
            state.room(metadata(clock, record, plan.name, people, plan.genesis, plan.emotes))
