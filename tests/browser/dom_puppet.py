"""The chat on the page for tests of the DOM."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from tests.browser.dom_said import ROOM, message, person
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
    Status,
)


class Puppet:
    """A chat whose state the test sets; what the screen asks for is remembered."""

    def __init__(self) -> None:
        self.doors: list[str] = ["mail"]
        self.state: ChatState = ChatState()
        self.calls: list[str] = []
        self.rooms: list[RoomMetadata] = [ROOM]
        self.people: list[Participant] = [person("Ada", True), person("Ben", False)]
        self.drafts: dict[str, str] = {}
        self._watchers: list[Callable[[ChatState], None]] = []

    def get_state(self) -> ChatState:
        return self.state

    def become(
        self,
        signed_in: bool,
        room: RoomMetadata | None,
        messages: list[ChatMessage],
        status: Status,
        emotes: list[EmoteData] | None = None,
        error: str | None = None,
    ) -> None:
        people = [] if room is None else self.people
        given = [] if emotes is None else emotes
        self.state = ChatState(status, signed_in, "ada", "Ada", room, messages, people, given, error=error)
        for watcher in self._watchers:
            watcher(self.state)

    def subscribe(self, callback: Callable[[ChatState], None]) -> Callable[[], None]:
        self._watchers.append(callback)

        def stop() -> None:
            self._watchers = []

        return stop

    async def restore(self) -> bool:
        return False

    async def request_code(self, email: str, name: str, goes_on: Callable[[], bool]) -> CodeSent:
        self.calls.append(f"request_code {email} {name}")
        return CodeSent(email, 600, 30)

    def pending_code(self) -> CodeSent | None:
        return None

    def forget_code(self) -> None:
        """There is none."""

    async def verify_code(self, code: str) -> None:
        self.calls.append(f"verify_code {code}")
        self.become(True, None, [], "disconnected")

    async def devices(self) -> list[Device]:
        at = "2026-11-22T09:00:00.000Z"
        mine = [Device("aa", "Firefox", "Linux", at, at, True), Device("bb", "Safari", "iOS", at, at, False, True)]
        return [device for device in mine if f"end {device.id}" not in self.calls]

    async def end_device(self, device_id: str) -> None:
        self.calls.append(f"end {device_id}")

    async def approve_device(self, device_id: str) -> None:
        self.calls.append(f"approve {device_id}")

    async def become_guest(self, name: str, goes_on: Callable[[], bool]) -> None:
        self.calls.append(f"become_guest {name}")

    async def logout(self, everywhere: bool) -> None:
        self.become(False, None, [], "disconnected")

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
        self.calls.append(f"create_room {custom_name}")
        self.become(True, ROOM, [], "connected")
        return ROOM

    async def set_emotes(self, emote_set: str, twitch_channel: str) -> None:
        self.calls.append(f"set_emotes {emote_set} {twitch_channel}")

    async def join_room(self, room_id: str) -> RoomMetadata:
        self.become(True, ROOM, [], "connected")
        return ROOM

    def get_invite(self) -> str:
        return ROOM.room_id

    async def renew_invite(self) -> None:
        self.calls.append("renew_invite")

    async def leave_room(self) -> None:
        self.become(True, None, [], "disconnected")

    async def send_message(self, content: str, emote_ids: list[str], custom_emoji_ids: list[str]) -> None:
        self.calls.append(f"send_message {content}")

    async def draft(self, room_id: str) -> str:
        return self.drafts.get(room_id, "")

    def keep_draft(self, room_id: str, text: str) -> None:
        self.drafts[room_id] = text

    async def retry(self, message_id: str) -> None:
        self.calls.append(f"retry {message_id}")

    async def remove_member(self, user_id: str, ban: bool, hide: bool) -> None:
        self.calls.append(f"remove_member {user_id} {ban} {hide}")

    async def readmit_member(self, user_id: str) -> None:
        self.calls.append(f"readmit_member {user_id}")

    async def set_moderator(self, user_id: str, on: bool) -> None:
        self.calls.append(f"set_moderator {user_id} {on}")

    async def approve(self, user_id: str) -> None:
        self.calls.append(f"approve {user_id}")

    async def safety_number(self, user_id: str) -> str:
        return "00417 39285 61730 98264 15073 84926 47158 20639 75314 06982 53847 91620"

    async def compare(self, user_id: str, same: bool) -> None:
        self.calls.append(f"compare {user_id} {same}")

    def room_code(self) -> str:
        return "61730 98264 15073 84926"

    def wanted(self) -> str:
        return ""

    def want(self, room_id: str) -> None:
        if room_id != "":
            self.calls.append(f"want {room_id}")

    async def look(self, room_id: str) -> RoomLook:
        return RoomLook("Ben", [replace(message(number), mine=False) for number in range(20)])

    async def listed_rooms(self, tag: str, again: bool, query: str = "") -> Listing | None:
        return Listing(self.rooms, "")
