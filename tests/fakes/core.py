"""A chat whose answers a test writes down, and a clock that a test moves."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from widget.errors import UnreachableError
from widget.model import (
    ChatMessage,
    ChatState,
    CodeSent,
    Device,
    EmoteData,
    Listing,
    Participant,
    RoomLook,
    RoomMetadata,
)
from widget.native.language import English
from widget.ports import Deferred
from widget.ui.strings import speak

NUMBER = "00417 39285 61730 98264 15073 84926 47158 20639 75314 06982 53847 91620"
NOW_MS = 1_795_428_000_000  # 2026-11-23 10:00 UTC


speak(English(UTC))  # for what is drawn without an App


class HandClock:
    """Time stands still until `advance`; spawned work runs in `settle`."""

    def __init__(self) -> None:
        self.now = NOW_MS
        self.timers: list[tuple[int, Callable[[], None]]] = []
        self.work: list[Coroutine[Any, Any, None]] = []

    def now_ms(self) -> int:
        return self.now

    def steady_ms(self) -> int:
        return self.now - NOW_MS

    def iso(self, ms: int) -> str:
        raise NotImplementedError

    def after(self, delay_ms: int, action: Callable[[], None]) -> Callable[[], None]:
        timer = (self.now + delay_ms, action)
        self.timers.append(timer)

        def cancel() -> None:
            if timer in self.timers:
                self.timers.remove(timer)

        return cancel

    def spawn(self, work: Coroutine[Any, Any, None]) -> None:
        self.work.append(work)

    def deferred(self) -> Deferred:
        raise NotImplementedError

    def settle(self) -> None:
        """Run everything that was spawned."""
        while len(self.work) > 0:
            asyncio.run(finish(self.work.pop(0)))

    def advance(self, delay_ms: int) -> None:
        self.now += delay_ms
        for timer in [timer for timer in self.timers if timer[0] <= self.now]:
            self.timers.remove(timer)
            timer[1]()


async def finish(work: Coroutine[Any, Any, None]) -> None:
    await work


class FakePage:
    """`offset_min` is the reader's zone, minutes east of UTC."""

    def __init__(self, offset_min: int = 0) -> None:
        self.copied: list[str] = []
        self.address = "https://site.test/page"
        self.allows = True
        self.hidden = False
        self.complaints: list[str] = []
        self.touch = False
        self.calm = False
        self.device: dict[str, str] = {}
        self.data: dict[str, list[str]] = {}  # of emoji, by locale
        self.asked: list[str] = []
        self.undrawn: list[str] = []
        self._offset = timedelta(minutes=offset_min)

    def _wall(self, at: str | int) -> datetime:
        date = datetime.fromtimestamp(at / 1000, UTC) if isinstance(at, int) else datetime.fromisoformat(at)
        return date + self._offset

    def wall_minute(self, at: str | int) -> int:
        return int(self._wall(at).timestamp()) // 60

    def link(self, invite: str) -> str:
        return f"{self.address}#cw={invite}"

    def complain(self, what: str) -> None:
        self.complaints.append(what)

    def is_touch(self) -> bool:
        return self.touch

    def is_hidden(self) -> bool:
        return self.hidden

    def is_calm(self) -> bool:
        return self.calm

    def kept(self, name: str) -> str:
        return self.device.get(name, "")

    def keep(self, name: str, text: str) -> None:
        self.device[name] = text

    async def emoji(self, locale: str) -> list[str]:
        self.asked.append(locale)
        found = self.data.get(locale)
        if found is None:
            raise UnreachableError("unreachable", "There is no such file.")
        return found

    def draws(self, emoji: str) -> bool:
        return emoji not in self.undrawn

    async def copy(self, content: str) -> bool:
        self.copied.append(content)
        return self.allows


class FakeChat:
    """Does at once what it is asked, notes the calls, and raises what `fails` holds for a call."""

    def __init__(self, state: ChatState | None = None, rooms: list[RoomMetadata] | None = None) -> None:
        self.state = ChatState() if state is None else state
        self.rooms = [] if rooms is None else rooms
        self.others: list[RoomMetadata] = []  # that only who searches sees
        self.calls: list[tuple[object, ...]] = []
        self.fails: dict[str, Exception] = {}
        self.pending: CodeSent | None = None
        self.doors = ["mail"]
        self.mine: list[Device] = []
        self.shown = RoomLook("Ben", [])
        self.numbers = NUMBER
        self.noted = ""
        self.work: Callable[[Callable[[], bool]], Coroutine[Any, Any, None]] | None = None
        self.code = "61730 98264 15073 84926"
        self.watchers: list[Callable[[ChatState], None]] = []
        self.drafts: dict[str, str] = {}

    def get_state(self) -> ChatState:
        return self.state

    def become(self, **changes: Any) -> None:
        self.state = replace(self.state, **changes)
        for watcher in list(self.watchers):
            watcher(self.state)

    def subscribe(self, callback: Callable[[ChatState], None]) -> Callable[[], None]:
        self.watchers.append(callback)
        return lambda: self.watchers.remove(callback)

    def _called(self, name: str, *given: object) -> None:
        self.calls.append((name, *given))
        if name in self.fails:
            raise self.fails[name]

    async def restore(self) -> bool:
        self._called("restore")
        return self.state.authenticated

    async def request_code(self, email: str, name: str, goes_on: Callable[[], bool]) -> CodeSent:
        self._called("request_code", email, name)
        if self.work is not None:
            await self.work(goes_on)
        self.pending = CodeSent(email, 600, 30, name)
        return self.pending

    def pending_code(self) -> CodeSent | None:
        return self.pending

    def forget_code(self) -> None:
        self.pending = None

    async def verify_code(self, code: str) -> None:
        self._called("verify_code", code)
        self.become(authenticated=True, user_id="a1", user_name="Ada", via="mail")

    async def become_guest(self, name: str, goes_on: Callable[[], bool]) -> None:
        self._called("become_guest", name)
        if self.work is not None:
            await self.work(goes_on)
        self.become(authenticated=True, user_id="g1", user_name=name or "Owl 12", via="guest")

    async def devices(self) -> list[Device]:
        self._called("devices")
        return list(self.mine)

    async def end_device(self, device_id: str) -> None:
        self._called("end_device", device_id)
        self.mine = [device for device in self.mine if device.id != device_id]

    async def approve_device(self, device_id: str) -> None:
        self._called("approve_device", device_id)
        self.mine = [replace(device, is_new=device.is_new and device.id != device_id) for device in self.mine]

    async def logout(self, everywhere: bool) -> None:
        self._called("logout", *(["everywhere"] if everywhere else []))
        self.become(authenticated=False, room=None, messages=[], participants=[])

    async def create_room(
        self,
        custom_name: str,
        is_public: bool,
        history: str,
        approval: bool,
        emote_set: str,
        twitch_channel: str,
        preview: bool,
    ) -> RoomMetadata:
        emotes = [text for text in (emote_set, twitch_channel, "preview" if preview else "") if text != ""]
        self._called("create_room", custom_name, is_public, history, approval, *emotes)
        made = room("r-new", custom_name, 1, is_public)
        self.become(room=made, status="connected")
        return made

    async def set_emotes(self, emote_set: str, twitch_channel: str) -> None:
        self._called("set_emotes", emote_set, twitch_channel)

    async def join_room(self, room_id: str) -> RoomMetadata:
        self._called("join_room", room_id)
        joined = room(room_id, "Owls", 2)
        self.become(room=joined, status="connected")
        return joined

    def wanted(self) -> str:
        return self.noted

    def want(self, room_id: str) -> None:
        self.noted = room_id

    def get_invite(self) -> str:
        room = self.state.room
        assert room is not None
        return room.room_id if room.is_public else f"{room.room_id}.psk"

    async def renew_invite(self) -> None:
        self._called("renew_invite")

    async def leave_room(self) -> None:
        self._called("leave_room")
        self.become(room=None, messages=[], participants=[], status="disconnected")

    async def send_message(self, content: str, emote_ids: list[str], custom_emoji_ids: list[str]) -> None:
        self._called("send_message", content, emote_ids)

    async def draft(self, room_id: str) -> str:
        return self.drafts.get(room_id, "")

    def keep_draft(self, room_id: str, text: str) -> None:
        self.drafts[room_id] = text

    async def retry(self, message_id: str) -> None:
        self._called("retry", message_id)
        again = [replace(said, delivery="sending") if said.id == message_id else said for said in self.state.messages]
        self.become(messages=again)

    async def remove_member(self, user_id: str, ban: bool, hide: bool) -> None:
        self._called("remove_member", user_id, ban, hide)

    async def readmit_member(self, user_id: str) -> None:
        self._called("readmit_member", user_id)

    async def set_moderator(self, user_id: str, on: bool) -> None:
        self._called("set_moderator", user_id, on)

    async def approve(self, user_id: str) -> None:
        self._called("approve", user_id)

    async def safety_number(self, user_id: str) -> str:
        self._called("safety_number", user_id)
        return self.numbers

    async def compare(self, user_id: str, same: bool) -> None:
        self._called("compare", user_id, same)

    def room_code(self) -> str:
        return self.code

    async def get_active_rooms(self) -> list[RoomMetadata]:
        return list(self.rooms)

    async def look(self, room_id: str) -> RoomLook:
        self._called("look", room_id)
        return self.shown

    async def listed_rooms(self, tag: str, again: bool, query: str = "") -> Listing | None:
        self._called("listed_rooms", tag, again, query)
        if query != "":
            return Listing([room for room in self.others if query in (room.custom_name or "")], "found")
        counts = str([(room.room_id, room.participant_count) for room in self.rooms])
        listing = Listing(list(self.rooms), f"{counts} {len(self.others)}", len(self.others) > 0)
        return None if listing.tag == tag else listing


def room(
    room_id: str, name: str, people: int, public: bool = True, by: str = "Ada", capacity: int = 16
) -> RoomMetadata:
    return RoomMetadata(room_id, "a1", by, "2026-11-23T09:00:00.000Z", people, public, name, capacity)


def said(number: int, who: str, content: str, at: str = "09:30", **more: Any) -> ChatMessage:
    """A message of "Ada", "Ben", ...; `at` is the time of the 23rd, or a whole timestamp."""
    when = at if len(at) > 5 else f"2026-11-23T{at}:00.000Z"
    return ChatMessage(f"{number:032x}", "r1", who.lower(), who, when, content, True, mine=who == "Ada", **more)


def person(name: str, **more: Any) -> Participant:
    given = {"is_online": True, "link": "direct", **more}
    return Participant(name.lower(), name, "2026-11-23T09:00:00.000Z", is_me=name == "Ada", **given)


def emote(name: str, **more: Any) -> EmoteData:
    given = {"animated": False, "width": 32, "height": 32, "provider": "7tv", **more}
    return EmoteData(f"id-{name}", name, f"https://cdn.7tv.app/emote/{name}/1x.webp", **given)
