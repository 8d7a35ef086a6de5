"""What the terminal writes of a conversation, and what of its lines it takes for words."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from types import SimpleNamespace
from typing import Any, cast

from tests.fakes.core import FakeChat, person, said
from widget.model import ChatState
from widget.native.terminal import Terminal


class Spoken(FakeChat):
    async def send_message(
        self, content: str, emote_ids: Sequence[str] = (), custom_emoji_ids: Sequence[str] = ()
    ) -> None:
        await super().send_message(content, list(emote_ids), list(custom_emoji_ids))


async def written(chat: FakeChat, typed: str) -> list[str]:
    """What is written while those lines are typed."""
    lines, found = asyncio.StreamReader(), list[str]()

    async def until(true: Any) -> None:
        assert true(chat.get_state())

    terminal = Terminal(cast("Any", SimpleNamespace(chat=chat, until=until)), lines, found.append)
    running = asyncio.ensure_future(terminal.run("", ""))
    await asyncio.sleep(0)
    chat.become(status="connected")
    lines.feed_data(typed.encode())
    lines.feed_eof()
    await running
    return found


async def test_a_line_that_shows_nothing_is_no_message() -> None:
    chat = Spoken(ChatState())
    await written(chat, " \u2800\u200d\n\u3164\nhello\n")
    assert [call for call in chat.calls if call[0] == "send_message"] == [("send_message", "hello", [])]


async def test_two_of_one_name_are_told_apart_and_joiners_stay() -> None:
    people = [replace(person("Ann"), user_id="a1b2c3"), replace(person("ann"), user_id="d4e5f6"), person("Ben")]
    messages = [
        replace(said(1, "Ann", "\u0645\u06cc\u200c\u062e"), sender_id="a1b2c3"),
        said(2, "Ben", "a\x1b[2J\u202eb"),
    ]
    found = await written(FakeChat(ChatState(participants=people, messages=messages)), "")
    words = [line for line in found if line[0] not in "-#/"]
    assert words[-2:] == ["Ann a1b2: \u0645\u06cc\u200c\u062e", "Ben: a [2J b"]
