"""The terminal chat, as a script would use it: a process of its own, lines in, lines out."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

import pytest

from tests.flows.deployment import ORIGIN, PATIENCE_S, Deployment

pytestmark = pytest.mark.no_cover


class Terminal:
    """One running `python -m widget.native`."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self.lines: list[str] = []

    async def line(self, start: str) -> str:
        """The next line that begins so."""
        assert self._process.stdout is not None
        async with asyncio.timeout(PATIENCE_S):
            while True:
                line = (await self._process.stdout.readline()).decode()
                assert line != "", self.lines
                self.lines.append(line.rstrip("\n"))
                if line.startswith(start):
                    return line.rstrip("\n")

    async def say(self, line: str) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(f"{line}\n".encode())
        await self._process.stdin.drain()

    async def end(self) -> int:
        assert self._process.stdin is not None
        self._process.stdin.close()
        async with asyncio.timeout(PATIENCE_S):
            return await self._process.wait()


async def _start(deployment: Deployment, *more: str) -> Terminal:
    services = ["--auth", deployment.auth.url, "--signaling", deployment.signaling.url, "--key", deployment.key]
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "widget.native", *services, "--origin", ORIGIN, *more,
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    return Terminal(process)


async def test_a_terminal_that_was_closed_goes_on_with_the_code_that_is_on_its_way(
    deployment: Deployment, tmp_path: Path
) -> None:
    folder = ("--folder", str(tmp_path / "terminal"))
    terminal = await _start(deployment, *folder, "--email", "tom@people.example.org", "--name", "Tom")
    await terminal.line("- a code comes by mail, good for 10 minutes")
    await terminal.end()
    code = await deployment.code_for("tom@people.example.org")
    terminal = await _start(deployment, *folder)
    await terminal.line("- the code that comes by mail to tom@people.example.org is still good")
    await terminal.line("Code:")
    await terminal.say(f"Your code is {code[:4]} {code[4:]}.")
    await terminal.line("- signed in as Tom")
    await terminal.say("/quit")
    assert await terminal.end() == 0


async def test_a_terminal_signs_in_talks_and_quits(deployment: Deployment) -> None:
    ann = await deployment.signed_in("Ann")
    room = await ann.chat.create_room("Kitchen")
    terminal = await _start(deployment)
    await terminal.line("E-mail:")
    await terminal.say("terry@people.example.org")
    await terminal.line("Name:")
    await terminal.say("Terry")
    await terminal.line("Code:")
    await terminal.say("00000000")
    assert "not the code" in await terminal.line("!")
    await terminal.line("Code:")
    await terminal.say(await deployment.code_for("terry@people.example.org"))
    await terminal.line("- signed in as Terry")
    assert await terminal.line(f"# {room.room_id}") == f"# {room.room_id} 1/16 Kitchen"
    await terminal.say("too early")
    assert "Not in a room" in await terminal.line("!")
    await terminal.say(f"/join {room.room_id}")
    await terminal.line("# room")
    await ann.links_are({"Terry": "direct"})
    await ann.chat.send_message("hello terminal\x1b[2J")
    assert await terminal.line("Ann:") == "Ann: hello terminal [2J"
    await terminal.say("/who")
    await terminal.line("# Ann (direct, host)")
    await terminal.say("hello window")
    await ann.hears("hello window")
    await terminal.say("and goodbye")
    await terminal.say("/quit")
    assert await terminal.end() == 0
    await ann.hears("and goodbye")
    await ann.links_are({})


async def test_a_script_pipes_lines_into_a_room(deployment: Deployment) -> None:
    terminal = await _start(
        deployment, "--email", "script@people.example.org", "--name", "Script", "--create", "From a pipe"
    )
    await terminal.line("Code:")
    await terminal.say(await deployment.code_for("script@people.example.org"))
    room = (await terminal.line("# room")).split()[2]
    ann = await deployment.signed_in("Ann")
    await ann.chat.join_room(room)
    await terminal.line("* Ann joined.")
    for number in range(5):
        await terminal.say(f"line {number}")
    assert await terminal.end() == 0
    await ann.hears(*[f"line {number}" for number in range(5)])


async def test_a_wrong_key_is_told_at_the_start(deployment: Deployment) -> None:
    deployment.key = "your-encryption-key-here"
    terminal = await _start(deployment)
    assert "otpEncryptionKey" in await terminal.line("!")
    assert await terminal.end() == 2
