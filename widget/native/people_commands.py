"""What the terminal's lines about people do: `/remove Ben`, by name or by the beginning of the id that /who shows."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from widget.chat.chat import ChatCore
from widget.errors import ChatError
from widget.model import Participant

ID_CHARS = 8


class PeopleCommands:
    """Acts on the people of the room that the chat is in; `write` takes what there is to tell."""

    def __init__(self, chat: ChatCore, write: Callable[[str], None]) -> None:
        self._chat: ChatCore = chat
        self._write: Callable[[str], None] = write
        self._acts: dict[str, Callable[[str], Awaitable[None]]] = {
            "/remove": chat.remove_member,
            "/ban": lambda who: chat.remove_member(who, ban=True),
            "/readmit": chat.readmit_member,
            "/admit": chat.approve,
            "/moderator": lambda who: chat.set_moderator(who, True),
            "/member": lambda who: chat.set_moderator(who, False),
            "/number": self._number,
            "/same": lambda who: chat.compare(who, True),
            "/different": lambda who: chat.compare(who, False),
        }

    @property
    def help(self) -> str:
        return "  ".join(f"{command} WHO" for command in self._acts)

    def knows(self, command: str) -> bool:
        return command in self._acts

    async def act(self, command: str, who: str) -> None:
        """ChatError where nobody, or more than one, is meant."""
        await self._acts[command](self._find(who).user_id)

    def list(self) -> None:
        for person in self._chat.get_state().participants:
            marks = [person.link] + ["me"] * person.is_me
            marks += [mark for mark in (person.role, person.standing, person.acquaintance) if mark not in QUIET]
            self._write(f"# {person.user_name} ({', '.join(marks)}) {person.user_id[:ID_CHARS]}")

    async def _number(self, user_id: str) -> None:
        self._write(f"# number {await self._chat.safety_number(user_id)}")

    def _find(self, who: str) -> Participant:
        wanted = who.strip()
        people = self._chat.get_state().participants
        found = [one for one in people if one.user_name == wanted or (wanted != "" and one.user_id.startswith(wanted))]
        if len(found) != 1:
            few = "Nobody here is" if len(found) == 0 else "More than one is"
            raise ChatError("room.person", f"{few} called so. Write a name or the beginning of an id from /who.")
        return found[0]


QUIET = ("member", "in", "met")
