"""A chat that shows its state and does nothing, and a page that stands: for rooms that are timed."""

from __future__ import annotations

from collections.abc import Callable

from widget.browser.page import wall_minute
from widget.core.state import State
from widget.errors import OrderError
from widget.model import ChatState, CodeSent, Device, Listing, RoomLook, RoomMetadata


class FullChat:
    """The part of the chat that the list of messages asks."""

    def __init__(self, state: State) -> None:
        self.doors: list[str] = ["mail"]
        self._state: State = state

    def get_state(self) -> ChatState:
        return self._state.now

    def subscribe(self, callback: Callable[[ChatState], None]) -> Callable[[], None]:
        return self._state.subscribe(callback)

    async def retry(self, message_id: str) -> None:
        return None

    async def restore(self) -> bool:
        return True

    async def request_code(self, email: str, name: str, goes_on: Callable[[], bool]) -> CodeSent:
        raise OrderError("bench", "not here")

    def pending_code(self) -> CodeSent | None:
        return None

    def forget_code(self) -> None:
        """There is none."""

    async def verify_code(self, code: str) -> None:
        return None

    async def become_guest(self, name: str, goes_on: Callable[[], bool]) -> None:
        return None

    async def logout(self, everywhere: bool) -> None:
        return None

    async def devices(self) -> list[Device]:
        return []

    async def end_device(self, device_id: str) -> None:
        return None

    async def approve_device(self, device_id: str) -> None:
        return None

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
        raise OrderError("bench", "not here")

    async def look(self, room_id: str) -> RoomLook:
        raise OrderError("bench", "not here")

    async def join_room(self, room_id: str) -> RoomMetadata:
        raise OrderError("bench", "not here")

    async def set_emotes(self, emote_set: str, twitch_channel: str) -> None:
        return None

    def get_invite(self) -> str:
        return ""

    async def renew_invite(self) -> None:
        return None

    async def leave_room(self) -> None:
        return None

    async def send_message(self, content: str, emote_ids: list[str], custom_emoji_ids: list[str]) -> None:
        return None

    async def draft(self, room_id: str) -> str:
        return ""

    def keep_draft(self, room_id: str, text: str) -> None:
        """Nobody writes."""

    async def remove_member(self, user_id: str, ban: bool, hide: bool) -> None:
        return None

    async def readmit_member(self, user_id: str) -> None:
        return None

    async def set_moderator(self, user_id: str, on: bool) -> None:
        return None

    async def approve(self, user_id: str) -> None:
        return None

    async def safety_number(self, user_id: str) -> str:
        return ""

    async def compare(self, user_id: str, same: bool) -> None:
        return None

    def room_code(self) -> str:
        return ""

    def wanted(self) -> str:
        return ""

    def want(self, room_id: str) -> None:
        """Nobody goes anywhere."""

    async def listed_rooms(self, tag: str, again: bool, query: str = "") -> Listing | None:
        return None


class StillPage:
    async def copy(self, content: str) -> bool:
        return False

    def link(self, invite: str) -> str:
        return invite

    def wall_minute(self, at: str | int) -> int:
        return wall_minute(at)

    def complain(self, what: str) -> None:
        raise OrderError("bench", what)

    def is_touch(self) -> bool:
        return False

    def is_hidden(self) -> bool:
        return False

    def is_calm(self) -> bool:
        return False

    def kept(self, name: str) -> str:
        return ""

    def keep(self, name: str, text: str) -> None:
        raise OrderError("bench", name)

    async def emoji(self, locale: str) -> list[str]:
        raise OrderError("bench", locale)

    def draws(self, emoji: str) -> bool:
        return True
