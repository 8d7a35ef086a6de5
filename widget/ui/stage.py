"""What every component shares: the chat, the clock, the page around it, and how to ask for a new picture."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any, Protocol

from widget.errors import AGAIN, ChatError, RefusedError, StoppedError
from widget.model import ChatState, CodeSent, Device, Listing, RoomLook, RoomMetadata
from widget.ports import Clock
from widget.ui.layers import Layers
from widget.ui.play import Plays
from widget.ui.strings import Language, Words, say, silence
from widget.ui.view import NO_ATTRIBUTES, Attributes, Effect, Node, h

ODD = "Something went wrong. Try again."
SITE = "This site cannot sign you in just now. Try again later."  # what is wrong is for its owner
WAIT = "(Possible again in {} s.)"


class Chat(Protocol):
    """The part of ChatCore that the screen uses.

    `doors`: the ways in, the preferred one first: "site" asks the page who is signed in there.
    """

    doors: list[str]

    def get_state(self) -> ChatState: ...
    def subscribe(self, callback: Callable[[ChatState], None]) -> Callable[[], None]: ...
    async def restore(self) -> bool: ...
    async def request_code(self, email: str, name: str, goes_on: Callable[[], bool]) -> CodeSent: ...
    def pending_code(self) -> CodeSent | None: ...
    def forget_code(self) -> None: ...
    async def verify_code(self, code: str) -> None: ...
    async def become_guest(self, name: str, goes_on: Callable[[], bool]) -> None: ...
    async def logout(self, everywhere: bool) -> None: ...
    async def devices(self) -> list[Device]: ...
    async def end_device(self, device_id: str) -> None: ...
    async def approve_device(self, device_id: str) -> None: ...
    async def create_room(
        self,
        custom_name: str,
        is_public: bool,
        history: str,
        approval: bool,
        emote_set: str,
        twitch_channel: str,
        preview: bool,
    ) -> RoomMetadata: ...
    async def set_emotes(self, emote_set: str, twitch_channel: str) -> None: ...
    async def join_room(self, room_id: str) -> RoomMetadata: ...
    def wanted(self) -> str: ...
    def want(self, room_id: str) -> None: ...
    def get_invite(self) -> str: ...
    async def renew_invite(self) -> None: ...
    async def leave_room(self) -> None: ...
    async def send_message(self, content: str, emote_ids: list[str], custom_emoji_ids: list[str]) -> None: ...
    async def retry(self, message_id: str) -> None: ...
    async def draft(self, room_id: str) -> str: ...
    def keep_draft(self, room_id: str, text: str) -> None: ...
    async def remove_member(self, user_id: str, ban: bool, hide: bool) -> None: ...
    async def readmit_member(self, user_id: str) -> None: ...
    async def set_moderator(self, user_id: str, on: bool) -> None: ...
    async def approve(self, user_id: str) -> None: ...
    async def safety_number(self, user_id: str) -> str: ...
    async def compare(self, user_id: str, same: bool) -> None: ...
    def room_code(self) -> str: ...
    async def look(self, room_id: str) -> RoomLook: ...
    async def listed_rooms(self, tag: str, again: bool, query: str = "") -> Listing | None: ...


class Page(Protocol):
    """What only the page can do."""

    async def copy(self, content: str) -> bool:
        """Put text on the clipboard; False when the browser does not let us."""
        ...

    def link(self, invite: str) -> str:
        """The address of this page that leads whoever opens it into the room."""
        ...

    def wall_minute(self, at: str | int) -> int:
        """ISO 8601 or milliseconds since 1970, as minutes since 1970 on the reader's wall clock."""
        ...

    def complain(self, what: str) -> None:
        """For whoever looks into the console."""
        ...

    def is_touch(self) -> bool:
        """The keyboard is on the screen."""
        ...

    def is_hidden(self) -> bool:
        """Nobody looks: another tab is in front."""
        ...

    def is_calm(self) -> bool:
        """The system is set to less motion."""
        ...

    def kept(self, name: str) -> str:
        """What was kept on this device under that name, "" where nothing was."""
        ...

    def keep(self, name: str, text: str) -> None: ...

    async def emoji(self, locale: str) -> list[str]:
        """The emoji, for "", or their names in a language: texts as build/emoji.py makes them."""
        ...

    def draws(self, emoji: str) -> bool:
        """The system's font has a picture of it."""
        ...


def nothing() -> None:
    """No one is listening."""


def ignore(error: Exception) -> None:
    """The words of it are enough."""


class Stage:
    """Handed to each component that remembers something."""

    def __init__(self, chat: Chat, clock: Clock, page: Page, language: Language) -> None:
        self.chat: Chat = chat
        self.clock: Clock = clock
        self.page: Page = page
        self.language: Language = language
        self.changed: Callable[[], None] = nothing
        self.layers: Layers = Layers()
        self.layers.changed = lambda: self.changed()
        self.is_wide: bool = False  # room for a second column
        self.is_told: bool = False  # a banner says what is wrong
        self.is_open: bool = True  # a floating chat may be closed
        self.enter_sends: bool = True
        self.plays: Plays = "always"  # whether emotes move; asked for once a drawing
        self.note: Words = silence
        self._effects: list[Effect] = []
        self._broken: list[str] = []
        self._unnote: Callable[[], None] = nothing

    def part(self, name: str, draw: Callable[[], Node], instead: Attributes = NO_ATTRIBUTES) -> Node:
        """What cannot be drawn, for a state that it does not know, is nothing; the console is told so once."""
        try:
            return draw()
        except Exception:
            if name not in self._broken:
                self._broken.append(name)
                self.page.complain(f"Strixun Chat cannot draw its {name}.")
            return h("div", instead)

    def is_seen(self) -> bool:
        """Somebody may look at it."""
        return self.is_open and not self.page.is_hidden()

    def redraw(self) -> None:
        self.changed()

    def do(self, effect: Effect) -> None:
        """After the next drawing."""
        self._effects.append(effect)
        self.changed()

    def effects(self) -> list[Effect]:
        """What is to be done now, once."""
        found = self._effects
        self._effects = []
        return found

    def tell(self, note: Words) -> None:
        """Show a passing note for six seconds."""
        self._unnote()
        self.note = note
        self._unnote = self.clock.after(6000, self.untell)
        self.changed()

    def untell(self) -> None:
        self.note = silence
        self.changed()

    def spawn(self, work: Coroutine[Any, Any, object]) -> None:
        """Start `work`; a passing note tells what it raises."""
        self.clock.spawn(self._told(work))

    async def _told(self, work: Coroutine[Any, Any, object]) -> None:
        try:
            await work
        except Exception as error:
            self.tell(words_of(error))


class Work:
    """One piece of work at a time: whether it is under way, and what went wrong. `failed` hears that too.

    `turn` is another number for each piece: whatever came before it says nothing any more.
    """

    def __init__(self, stage: Stage) -> None:
        self._stage: Stage = stage
        self.failed: Callable[[Exception], None] = ignore
        self.turn: int = 0
        self.busy: bool = False
        self._words: Words = silence

    @property
    def error(self) -> str:
        """What went wrong, while something is drawn."""
        return self._words()

    def spawn(self, work: Coroutine[Any, Any, object]) -> None:
        self.clear()
        self.busy = True
        self._stage.changed()
        self._stage.clock.spawn(self._run(work, self.turn))

    def clear(self) -> None:
        """Something else begins: what is under way or went wrong concerns nobody any more."""
        self.turn += 1
        self.busy = False
        self._words = silence

    def wrong(self, words: Words) -> None:
        """Something is to be put right."""
        self._words = words
        self._stage.changed()

    async def _run(self, work: Coroutine[Any, Any, object], turn: int) -> None:
        try:
            await work
        except StoppedError:
            pass
        except Exception as error:
            if turn == self.turn:
                self._words = words_of(error)
                self.failed(error)
        if turn == self.turn:
            self.busy = False
            self._stage.changed()


def words_of(error: Exception) -> Words:
    """The sentence to show for an error: ours say what to do, others are not for people."""
    message = error.message if isinstance(error, ChatError) else ODD
    if isinstance(error, ChatError) and error.code.startswith("site.") and error.code != "site.out":
        message = SITE
    elif isinstance(error, RefusedError) and error.code == "guest.closed":
        message = error.plain
    return lambda: told(message)


def told(error: str) -> str:
    """The English sentence of an error in the reader's language, with how long to wait where it says so."""
    parts = error.split(AGAIN)
    plain = say(parts[0])
    return plain if len(parts) == 1 else f"{plain} {say(WAIT, parts[1].split(' ')[0])}"
