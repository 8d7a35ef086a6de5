"""A room with ten thousand messages on a real page: every new one is drawn at once, so that drawing can be timed."""

from __future__ import annotations

from collections.abc import Callable

from bench.kernels.still_clock import StillClock
from widget.browser.document import by_id
from widget.browser.dom import Dom
from widget.browser.page import wall_minute
from widget.core.events import Events
from widget.core.state import State
from widget.errors import OrderError
from widget.model import ChatMessage, ChatState, CodeSent, RoomMetadata
from widget.ui.message_list import MessageList
from widget.ui.stage import Stage
from widget.ui.view import Node, UiEvent, h

START_MS = 1_795_000_000_000
WORDS = ["One", "can", "say", "much", "with", "few", "words:", "https://example.org/words", "shows", "how."]


class FullChat:
    """The part of the chat that the list of messages asks."""

    def __init__(self, state: State) -> None:
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

    async def logout(self) -> None:
        return None

    async def create_room(self, custom_name: str, is_public: bool, history: str, approval: bool) -> RoomMetadata:
        raise OrderError("bench", "not here")

    async def join_room(self, room_id: str) -> RoomMetadata:
        raise OrderError("bench", "not here")

    def get_invite(self) -> str:
        return ""

    async def leave_room(self) -> None:
        return None

    async def send_message(self, content: str, emote_ids: list[str], custom_emoji_ids: list[str]) -> None:
        return None

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

    async def get_active_rooms(self) -> list[RoomMetadata]:
        return []


class StillPage:
    async def copy(self, content: str) -> bool:
        return False

    def wall_minute(self, at: str | int) -> int:
        return wall_minute(at)

    def wall_date(self, at: str) -> tuple[int, str]:
        return 23, "Nov"

    def complain(self, what: str) -> None:
        raise OrderError("bench", what)

    def is_touch(self) -> bool:
        return False

    def is_hidden(self) -> bool:
        return False

    def twelve_hour(self) -> bool:
        return False


class Room:
    """`say` adds one message and draws it; the caller measures and asks for the layout."""

    def __init__(self, count: int) -> None:
        clock = StillClock()
        self._number: int = 0
        self._most: int = count
        self._state: State = State(clock, Events(clock))
        stage = Stage(FullChat(self._state), clock, StillPage())
        self._list: MessageList = MessageList(stage, _on_event)
        for _ in range(count):
            self._add()
        self._list.arrived(self._state.now)
        self._dom: Dom = Dom(by_id("chat-widget"), "cw-1")
        self._dom.show(self._view, stage.effects)

    def say(self) -> None:
        self._add()
        self._list.arrived(self._state.now)
        self._dom.draw()

    def _add(self) -> None:
        number = self._number
        self._number += 1
        who = number // 3 % 7
        content = " ".join(WORDS[: number % len(WORDS) + 1])
        at = StillClock().iso(START_MS + number * 9_000)
        mine = who == 0
        message = ChatMessage(f"{number:032x}", "room", f"user{who}", f"Person {who}", at, content, True, mine=mine)
        self._state.show([*self._state.now.messages, message][-self._most :])

    def _view(self) -> Node:
        return h("div", {"class": "cw-chat"}, [h("div", {"class": "cw-middle"}, [self._list.view(self._state.now)])])


def _on_event(_event: UiEvent) -> None:
    return None
