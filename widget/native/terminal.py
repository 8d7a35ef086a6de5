"""A chat in a terminal: lines in, lines out, so that people and scripts can both use it.

Ann: text            somebody's message           * Ann joined.       who comes and goes
# room ...           where we are                 - connected         how the connection is
! sentence           what went wrong
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable

from widget.core.namesakes import namesakes
from widget.errors import ChatError, OrderError
from widget.model import ChatMessage, ChatState, RoomMetadata
from widget.native.bot import Bot
from widget.native.people_commands import PeopleCommands
from widget.wire.blank import is_blank

HELP = (
    "/rooms  /create NAME  /private NAME  /asking NAME  /join ROOM  /leave  /who  /code  /invite  /quit; "
    "anything else is said in the room"
)
CREATE = ("/create", "/private", "/asking")
TRIES = 5
SENT_S = 10
JOINERS = "\u200c\u200d"
NONE_COMES = "none comes where another device has just asked for this address: ask again in a minute"


class Terminal:
    """`read` gives the next line, or None at the end of the input."""

    def __init__(self, bot: Bot, lines: asyncio.StreamReader, write: Callable[[str], None]) -> None:
        self._bot: Bot = bot
        self._lines: asyncio.StreamReader = lines
        self._write: Callable[[str], None] = write
        self._shown: set[str] = set()
        self._status: str = "disconnected"
        self._is_told: bool = False
        self._people: PeopleCommands = PeopleCommands(bot.chat, write)

    async def sign_in(self, email: str, name: str) -> bool:
        """Ask for what is missing; False when there is no way to sign in."""
        chat = self._bot.chat
        try:
            if await chat.restore():
                self._write(f"- signed in as {chat.get_state().user_name}")
                return True
        except ChatError as error:
            self._write(f"! {error.message}")
        pending = chat.pending_code()
        if pending is not None and email in ("", pending.email):
            self._write(f"- the code that comes by mail to {pending.email} is still good")
            if await self._enter_code():
                return True
            chat.forget_code()
        for _ in range(TRIES):
            address = email if email != "" else await self._ask("E-mail: ")
            shown = name if name != "" else await self._ask("Name: ")
            if address is None or shown is None:
                return False
            try:
                self._is_told = False
                sent = await chat.request_code(address, shown, self._goes_on)
            except ChatError as error:
                self._write(f"! {error.message}")
                if email != "":
                    return False
                continue
            self._write(f"- a code comes by mail, good for {sent.expires_in_s // 60} minutes; {NONE_COMES}")
            return await self._enter_code()
        return False

    async def run(self, room: str, create: str) -> None:
        """Until /quit or the end of the input."""
        stop = self._bot.chat.subscribe(self._show)
        try:
            if create != "":
                await self._do(f"/create {create}")
            elif room != "":
                await self._do(f"/join {room}")
            else:
                await self._do("/rooms")
                self._write(HELP)
            line = await self._line()
            while line is not None and line != "/quit":
                await self._do(line)
                line = await self._line()
            await self._finish()
        finally:
            stop()

    def _goes_on(self) -> bool:
        """The device works for a code; Ctrl-C ends it with the program."""
        if not self._is_told:
            self._is_told = True
            self._write("- many people are signing in right now; this takes a few seconds")
        return True

    async def _enter_code(self) -> bool:
        for _ in range(TRIES):
            code = await self._ask("Code: ")
            if code is None:
                return False
            try:
                await self._bot.chat.verify_code(code)
            except ChatError as error:
                self._write(f"! {error.message}")
                continue
            self._write(f"- signed in as {self._bot.chat.get_state().user_name}")
            return True
        return False

    async def _do(self, line: str) -> None:
        command, _, rest = line.strip().partition(" ")
        try:
            if command == "/rooms":
                await self._list_rooms()
            elif command in CREATE:
                is_public = command != "/private"
                self._entered(await self._bot.chat.create_room(rest, is_public, approval=command == "/asking"))
            elif command == "/join":
                self._entered(await self._bot.chat.join_room(rest.strip()))
            elif command == "/leave":
                await self._bot.chat.leave_room()
            elif command == "/who":
                self._people.list()
            elif command == "/code":
                self._write(f"# code {self._bot.chat.room_code()}")
            elif command == "/invite":
                self._write(f"# invite {self._bot.chat.get_invite()}")
            elif self._people.knows(command):
                await self._people.act(command, rest)
            elif command.startswith("/"):
                self._write(HELP)
                self._write(self._people.help)
            elif not is_blank(line):
                await self._bot.chat.send_message(line)
        except ChatError as error:
            self._write(f"! {error.message}")
            if isinstance(error, OrderError) and error.code == "order.room":
                self._write(HELP)

    async def _list_rooms(self) -> None:
        rooms = await self._bot.chat.get_active_rooms()
        for room in rooms:
            self._write(f"# {room.room_id} {room.participant_count}/{room.capacity} {room.custom_name}")
        if len(rooms) == 0:
            self._write("# no public rooms yet")

    def _entered(self, room: RoomMetadata) -> None:
        self._write(f"# room {room.room_id} {room.custom_name}".rstrip())
        if not room.is_public:
            self._write(f"# invite {self._bot.chat.get_invite()}")

    def _show(self, state: ChatState) -> None:
        if state.status != self._status:
            self._status = state.status
            self._write(f"- {state.status}" + (f": {state.error}" if state.error is not None else ""))
        for message in state.messages:  # also above the last ones: what was held up appears at its place
            if message.id not in self._shown:
                self._shown.add(message.id)
                self._show_message(message)

    def _show_message(self, message: ChatMessage) -> None:
        if message.type != "message":
            self._write(f"* {_plain(message.content)}")
        elif not message.mine or message.delivery == "received":
            note = namesakes(self._bot.chat.get_state().participants).get(message.sender_id, "")
            self._write(f"{_plain(f'{message.sender_name} {note}'.rstrip())}: {_plain(message.content)}")

    async def _finish(self) -> None:
        """What was typed last is still on its way: wait for it, for a while."""
        try:
            async with asyncio.timeout(SENT_S):
                await self._bot.until(lambda state: all(message.delivery != "sending" for message in state.messages))
        except TimeoutError:
            self._write("! The last message may not have arrived.")

    async def _ask(self, question: str) -> str | None:
        self._write(question)
        return await self._line()

    async def _line(self) -> str | None:
        data = await self._lines.readline()
        return None if data == b"" else data.decode("utf-8", "replace").rstrip("\r\n")


async def standard_input() -> asyncio.StreamReader:
    lines = asyncio.StreamReader()
    protocol = asyncio.StreamReaderProtocol(lines)
    await asyncio.get_running_loop().connect_read_pipe(lambda: protocol, sys.stdin)
    return lines


def _plain(text: str) -> str:
    """Without control characters: a message must not steer the terminal it is shown in. Joiners steer nothing."""
    return "".join(character if character.isprintable() or character in JOINERS else " " for character in text)
