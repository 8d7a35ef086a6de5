"""The room a person is in: entered, shown, left."""

from __future__ import annotations

from typing import Protocol

from widget.core.arrival import Arrival, Arrived, Plan
from widget.core.config import ChatConfig
from widget.core.keys import PublishedKeys
from widget.core.messages import Messages
from widget.core.outbox import Outbox
from widget.core.participants import participants
from widget.core.room_session import RoomSession
from widget.core.state import State
from widget.core.times import iso_time
from widget.crypto.frames import Opened
from widget.crypto.genesis import RoomAddress, parse_address, show_invite, show_room
from widget.errors import ChatError, CwError, OrderError, RefusedError
from widget.model import RoomMetadata, Status
from widget.ports import Platform
from widget.wire.body import KIND_ROOM_NAME, KIND_TEXT
from widget.wire.codec import utf8
from widget.wire.frame import TYPE_CONTROL
from widget.wire.room import RoomRecord
from widget.wire.socket import Joined


class RoomsOwner(Protocol):
    """The chat."""

    def room_changed(self, room: RoomMetadata | None) -> None: ...
    def status_changed(self, status: Status, error: str | None) -> None: ...
    def failed(self, error: ChatError) -> None: ...


class Rooms:
    """At most one room at a time."""

    def __init__(
        self,
        config: ChatConfig,
        platform: Platform,
        keys: PublishedKeys,
        arrival: Arrival,
        state: State,
        messages: Messages,
        outbox: Outbox,
        owner: RoomsOwner,
    ) -> None:
        self._config: ChatConfig = config
        self._platform: Platform = platform
        self._keys: PublishedKeys = keys
        self._arrival: Arrival = arrival
        self._state: State = state
        self._messages: Messages = messages
        self._outbox: Outbox = outbox
        self._owner: RoomsOwner = owner
        self._session: RoomSession | None = None
        self._plan: Plan | None = None
        self._record: RoomRecord | None = None
        self._visit: int = 0
        self._told_name: list[str] = []

    async def create(self, name: str, is_public: bool) -> RoomMetadata:
        """Found a room and enter it. The name of a private room never reaches the service."""
        visit = await self._begin()
        try:
            return self._enter(visit, await self._arrival.found(name.strip(), is_public))
        except Exception as error:
            self._give_up(visit, error)
            raise

    async def join(self, text: str) -> RoomMetadata:
        """Enter the room that `text` names: its id as people write it, in hex, or an invite."""
        address = _address(text)
        visit = await self._begin()
        try:
            return self._enter(visit, await self._arrival.find(address))
        except Exception as error:
            self._give_up(visit, error)
            raise

    async def leave(self) -> None:
        """Out of the room, if we are in one: the others hear it first, then the service."""
        session = self._session
        if session is not None:
            await session.say_goodbye()
        self.drop()

    def drop(self) -> None:
        """Out at once, as when the page closes."""
        self._visit += 1
        session = self._session
        self._session = None
        self._outbox.fail_all()
        if session is not None:
            session.close()
            self._state.left()
            self._owner.room_changed(None)
        self._owner.status_changed("disconnected", None)

    async def renew(self) -> None:
        """There is a newer token: show it to the service."""
        if self._session is not None:
            await self._session.renew()

    def hurry(self) -> None:
        if self._session is not None:
            self._session.hurry()

    def send(self, content: str, emote_ids: list[str], custom_emoji_ids: list[str]) -> None:
        self._messages.send(self._need_room().me, content, emote_ids, custom_emoji_ids)

    def retry(self, message_id: str) -> None:
        self._need_room()
        self._messages.retry(message_id)

    @property
    def session(self) -> RoomSession | None:
        """The stay in the current room."""
        return self._session

    def _need_room(self) -> RoomSession:
        session = self._session
        if session is None or self._state.now.room is None:
            raise OrderError("order.room", "Not in a room. Call createRoom() or joinRoom() first.")
        return session

    async def _begin(self) -> int:
        await self.leave()
        self._visit += 1
        self._owner.status_changed("connecting", None)
        return self._visit

    def _enter(self, visit: int, arrived: Arrived) -> RoomMetadata:
        self._check(visit, arrived)
        plan = arrived.plan
        uses_relay = self._config.relay != "never" and plan.genesis.relay
        uses_direct = self._config.relay != "always"
        if not uses_relay and not uses_direct:
            arrived.signaling.leave()
            text = "This room allows direct connections only, and relay: 'always' forbids them. Choose another room."
            raise RefusedError("relay.refused", text, 0, 0)
        session = RoomSession(
            self._platform,
            arrived.signaling,
            arrived.seal,
            self._keys,
            arrived.session,
            arrived.credentials,
            uses_relay,
            uses_direct,
            self._outbox,
            self,
        )
        self._plan = plan
        self._session = session
        self._told_name = []
        session.begin()
        room = self._state.now.room
        if room is None or visit != self._visit:
            raise _left_meanwhile()
        return room

    def _check(self, visit: int, arrived: Arrived) -> None:
        if visit != self._visit:
            arrived.signaling.leave()
            raise _left_meanwhile()

    def _give_up(self, visit: int, error: Exception) -> None:
        if visit == self._visit:
            session = self._session
            self._session = None
            if session is not None:
                session.close()
            self._owner.status_changed("error", error.message if isinstance(error, ChatError) else None)

    # What the room session tells.

    def room_entered(self, joined: Joined, again: bool) -> None:
        plan = self._plan
        if plan is None:
            return
        self._record = joined.room
        if not again:
            self._messages.begin(show_room(plan.address.room_id), [member.sub for member in joined.members])
            self._show_room()
        self._owner.status_changed("connected", None)

    def room_opened(self, opened: Opened) -> None:
        session = self._session
        plan = self._plan
        if session is None or plan is None:
            return
        if opened.kind == KIND_TEXT:
            self._messages.received(opened, session.me.sub)
        elif opened.kind == KIND_ROOM_NAME and plan.genesis.private and session.is_host(opened.sid):
            plan.name = utf8(opened.body)
            self._show_room()

    def room_people(self) -> None:
        session = self._session
        if session is None or self._state.now.room is None:
            return
        people = participants(session.me, session.pairs)
        before = self._state.now.participants
        self._state.participants(people)
        self._messages.people(people)
        if len(before) != len(people):
            self._show_room()

    def room_epoch(self) -> None:
        self.room_people()
        session = self._session
        plan = self._plan
        if session is None or plan is None or not plan.genesis.private or plan.name == "" or not session.me.is_host:
            return
        readers = session.readers()
        news = [sid for sid in readers if sid not in self._told_name]
        self._told_name = readers
        if len(news) > 0:
            msg_id = self._platform.crypto.digest.random(16).hex()
            name = plan.name.encode("utf-8")
            self._platform.clock.spawn(session.broadcast(TYPE_CONTROL, KIND_ROOM_NAME, msg_id, name))

    def room_cut(self) -> None:
        self._owner.status_changed("connecting", "The connection was lost. Coming back by itself.")
        self.room_people()

    def room_ended(self, error: ChatError) -> None:
        """What was said stays to be read."""
        self._visit += 1
        session = self._session
        self._session = None
        if session is not None:
            session.close()
        self._outbox.fail_all()
        self._state.room(None)
        self._owner.room_changed(None)
        self._owner.status_changed("error", error.message)
        self._owner.failed(error)

    def room_failed(self, error: ChatError) -> None:
        self._owner.failed(error)

    async def room_lost(self) -> None:
        """A restarted service forgot the room: its host registers it again."""
        session = self._session
        plan = self._plan
        if session is not None and plan is not None and session.me.is_host:
            try:
                await self._arrival.register(plan)
            except ChatError:
                return

    def _show_room(self) -> None:
        record = self._record
        plan = self._plan
        if record is not None and plan is not None:
            room = metadata(record, plan, len(self._state.now.participants))
            self._state.room(room)
            self._owner.room_changed(room)


def metadata(record: RoomRecord, plan: Plan | None, people: int) -> RoomMetadata:
    """The room as the public API shows it; the invite is for those inside."""
    return RoomMetadata(
        room_id=show_room(record.room_id),
        broadcaster_id=record.host_sub,
        broadcaster_name=record.host_name,
        created_at=iso_time(record.created_ms),
        participant_count=max(people, 1) if plan is not None else record.members,
        is_public=record.public,
        custom_name=record.name if plan is None else plan.name,
        capacity=record.capacity,
        invite="" if plan is None or len(plan.address.psk) == 0 else show_invite(plan.address),
    )


def _address(text: str) -> RoomAddress:
    try:
        return parse_address(text)
    except CwError as error:
        raise RefusedError("room.address", "This is not the address of a room. Check it.", 0, 0) from error


def _left_meanwhile() -> ChatError:
    return OrderError("order.left", "The room was left before it was entered.")
