"""A look into a room by who is not in it: asked of the service, shown by a member, believed as far as it is proved."""

from __future__ import annotations

from widget.account.sign_in_service import SignInService
from widget.core.service_clock import ServiceClock
from widget.crypto.genesis import show_room
from widget.crypto.showing import Looking
from widget.crypto.trust import Trust
from widget.errors import ChatError, CwError, RefusedError
from widget.model import ChatMessage, RoomLook
from widget.ports import Platform
from widget.room.book import Book
from widget.room.entry import Entry
from widget.room.fold import Fold
from widget.room.rooms_api import RoomsApi
from widget.room.view import View
from widget.transport.refusals import refused
from widget.wire.base16 import from_hex
from widget.wire.codec import Reader
from widget.wire.genesis import Genesis

FALSE: str = "What was shown of this room is not genuine. Try again later."


class Visits:
    """Each with a key of its own, so that no answer fits twice."""

    def __init__(self, platform: Platform, clock: ServiceClock, service: SignInService, rooms: RoomsApi) -> None:
        self._platform: Platform = platform
        self._clock: ServiceClock = clock
        self._service: SignInService = service
        self._rooms: RoomsApi = rooms

    async def look(self, room_id: str) -> RoomLook:
        crypto = self._platform.crypto
        genesis = await self._rooms.genesis(crypto, room_id)
        if not genesis.preview:
            raise refused("visit.closed", 0)
        pair = await crypto.agreement.generate()
        reader = Reader(await self._rooms.visit(room_id, pair.public))
        try:
            if not self._clock.hear(reader.u64()):  # before keys are looked at, which have their time
                raise refused("seal.stale", 0)
            trust = await self._service.trust()
            await self._hear_ended(trust)
            looking = Looking(crypto, from_hex(room_id), genesis, trust, self._clock.now_ms())
            by, found = await looking.open(pair, reader.rest())
        except CwError as error:
            raise RefusedError("visit.false", FALSE) from error
        entries = [Entry(one.event, one.id, one.author, 0, False) for one in found]
        return RoomLook(by.name, self._folded(room_id, genesis, entries))

    async def _hear_ended(self, trust: Trust) -> None:
        """Which devices count no more; where no list comes, or a wrong one, those that were heard of before."""
        try:
            await trust.hear_ended(await self._service.ended(), self._platform.origin, self._clock.now_ms())
        except ChatError:
            return

    def _folded(self, room_id: str, genesis: Genesis, entries: list[Entry]) -> list[ChatMessage]:
        """The lines as members see them."""
        book = Book(self._platform.crypto.digest, genesis.host_sub, genesis.approval)
        fold = Fold(View(self._clock, show_room(room_id), False, b"", book))
        fold.begin(entries)
        return fold.view.lines
