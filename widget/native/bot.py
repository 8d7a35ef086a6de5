"""A member of the chat that is a program: sign in, enter, listen, speak.

bot = Bot(ChatConfig(auth_api_url=..., signaling_url=..., otp_encryption_key="cwk1..."), "https://example.org")
await bot.sign_in("bot@example.org", "Echo", read_code)
await bot.chat.join_room(room)
async for message in bot.messages():
    await bot.chat.send_message(f"{message.sender_name} said {message.content}")
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

from widget.chat.chat import ChatCore
from widget.core.config import ChatConfig
from widget.model import ChatMessage, ChatState
from widget.native.platform import NativePlatform, native_platform

logger = logging.getLogger(__name__)


class Bot:
    """One ChatCore on the native platform. `folder` keeps the sign-in for the next run; without one it is forgotten."""

    def __init__(self, config: ChatConfig, origin: str, folder: Path | None = None) -> None:
        self._platform: NativePlatform = native_platform(origin, folder, _log)
        self._heard: asyncio.Queue[ChatMessage] = asyncio.Queue()
        self.chat: ChatCore = ChatCore(config, self._platform.ports)
        self.chat.on("message:received", self._hear)

    async def sign_in(self, email: str, name: str, read_code: Callable[[], Awaitable[str]]) -> None:
        """As in an earlier run if it is still good; else with the code that `read_code` gets from the mailbox."""
        if not await self.chat.restore():
            await self.chat.request_code(email, name)
            await self.chat.verify_code(await read_code())

    async def messages(self) -> AsyncIterator[ChatMessage]:
        """Others' messages, each once, in the order they arrive."""
        while True:
            yield await self._heard.get()

    async def next_message(self) -> ChatMessage:
        return await self._heard.get()

    async def until(self, true: Callable[[ChatState], bool]) -> ChatState:
        """The first state of which `true` holds, from now on."""
        found: asyncio.Future[ChatState] = asyncio.get_running_loop().create_future()

        def look(state: ChatState) -> None:
            if not found.done() and true(state):
                found.set_result(state)

        stop = self.chat.subscribe(look)
        look(self.chat.get_state())
        try:
            return await found
        finally:
            stop()

    async def close(self) -> None:
        """Leave, and end everything the bot holds; the sign-in stays."""
        await self.chat.leave_room()
        self.chat.destroy()
        await self._platform.close()

    def _hear(self, payload: object) -> None:
        if isinstance(payload, ChatMessage):
            self._heard.put_nowait(payload)


def _log(error: BaseException) -> None:
    logger.error("unexpected %s", type(error).__name__, exc_info=error)
