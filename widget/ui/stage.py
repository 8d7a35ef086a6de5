"""What every component shares: the chat, the clock, the page around it, and how to ask for a new picture."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from widget.errors import ChatError
from widget.model import ChatState, CodeSent, RoomMetadata
from widget.ports import Clock
from widget.ui.strings import say


class Chat(Protocol):
    """The part of ChatCore that the screen uses."""

    def get_state(self) -> ChatState: ...
    def subscribe(self, callback: Callable[[ChatState], None]) -> Callable[[], None]: ...
    async def restore(self) -> bool: ...
    async def request_code(self, email: str, name: str) -> CodeSent: ...
    async def verify_code(self, code: str) -> None: ...
    async def logout(self) -> None: ...
    async def create_room(self, custom_name: str, is_public: bool) -> RoomMetadata: ...
    async def join_room(self, room_id: str) -> RoomMetadata: ...
    async def leave_room(self) -> None: ...
    async def send_message(self, content: str, emote_ids: list[str], custom_emoji_ids: list[str]) -> None: ...
    async def retry(self, message_id: str) -> None: ...
    async def get_active_rooms(self) -> list[RoomMetadata]: ...


class Page(Protocol):
    """What only the page can do."""

    async def copy(self, content: str) -> bool:
        """Put text on the clipboard; False when the browser does not let us."""
        ...


@dataclass(frozen=True)
class ScreenOptions:
    """How this screen starts. `offset_min` is the reader's zone east of UTC; `room` is joined after sign-in."""

    auto_auth: bool = False
    room: str = ""
    offset_min: int = 0
    twelve_hour: bool = False


def nothing() -> None:
    """No one is listening."""


class Stage:
    """Handed to each component that remembers something."""

    def __init__(self, chat: Chat, clock: Clock, page: Page, options: ScreenOptions) -> None:
        self.chat: Chat = chat
        self.clock: Clock = clock
        self.page: Page = page
        self.options: ScreenOptions = options
        self.changed: Callable[[], None] = nothing
        self.note: str = ""
        self._unnote: Callable[[], None] = nothing

    def tell(self, note: str) -> None:
        """Show a passing note for six seconds."""
        self._unnote()
        self.note = note
        self._unnote = self.clock.after(6000, self.untell)
        self.changed()

    def untell(self) -> None:
        self.note = ""
        self.changed()


def words_of(error: Exception) -> str:
    """The sentence to show for an error: ours say what to do, others are not for people."""
    if isinstance(error, ChatError):
        return error.message
    return say("Something went wrong. Try again.")
