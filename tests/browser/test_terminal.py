"""A third kind of peer: the terminal chat on CPython, in one room with a compiled page."""

from __future__ import annotations

import asyncio
import sys
from asyncio.subprocess import PIPE, Process

import pytest

from tests.browser.conftest import ROOT, Arrive
from tests.browser.site import Site

pytestmark = pytest.mark.no_cover

PATIENCE_S = 30


async def start(site: Site, email: str, name: str, room: str) -> Process:
    services = ["--auth", f"{site.origin}/auth", "--signaling", f"{site.origin}/signal", "--key", site.service_key]
    who = ["--origin", site.origin, "--email", email, "--name", name, "--room", room]
    program = [sys.executable, "-m", "widget.native", *services, *who]
    return await asyncio.create_subprocess_exec(*program, stdin=PIPE, stdout=PIPE, cwd=ROOT)


async def hears(terminal: Process, start_of_line: str) -> None:
    assert terminal.stdout is not None
    seen = ""
    async with asyncio.timeout(PATIENCE_S):
        while not seen.startswith(start_of_line):
            data = await terminal.stdout.readline()
            assert data != b"", "the terminal ended"
            seen = data.decode()


async def says(terminal: Process, line: str) -> None:
    assert terminal.stdin is not None
    terminal.stdin.write(f"{line}\n".encode())
    await terminal.stdin.drain()


async def test_a_terminal_and_a_page_talk_directly(arrive: Arrive, site: Site) -> None:
    ada = await arrive()
    await ada.come_in("ada.terminal@example.org", "Ada")
    await ada.rooms.create("terminal")
    await ada.chat.input.wait_for()
    room = await ada.page.evaluate("chat.getState().room.roomId")
    terminal = await start(site, "tilda@example.org", "Tilda", room)
    await hears(terminal, "- a code comes by mail")
    await says(terminal, await ada.code_for("tilda@example.org"))
    await hears(terminal, "# room")
    await ada.chat.is_connected("Connected directly")
    await says(terminal, "hello from a terminal")
    await ada.chat.hears("hello from a terminal")
    await ada.chat.say("hello from a page")
    await hears(terminal, "Ada: hello from a page")
    await says(terminal, "/quit")
    async with asyncio.timeout(PATIENCE_S):
        assert await terminal.wait() == 0
