"""The whole widget on a real page, in a room with many messages into which more come; bench/list/ times it."""

from __future__ import annotations

from bench.kernels.room import FullChat
from bench.kernels.still_clock import StillClock
from widget.browser import js
from widget.browser.clock import BrowserClock
from widget.browser.document import by_id
from widget.browser.language import english
from widget.browser.mount import Look, Mount
from widget.browser.page import BrowserPage
from widget.core.events import Events
from widget.core.state import State
from widget.model import ChatMessage, Participant, RoomMetadata
from widget.ui.app import App

START_MS = 1_795_000_000_000
EACH_MS = 9_000
PEOPLE = 7
IN_A_ROW = 3
MESSAGES = 10_000  # in the room, which lets the oldest go
WORDS = ["One", "can", "say", "much", "with", "few", "words:", "https://example.org/words", "shows", "how."]


class BusyRoom:
    """Signed in and connected, with `count` messages before the screen begins. `say` is one more."""

    def __init__(self, count: int) -> None:
        self._still: StillClock = StillClock()
        self._number: int = 0
        clock = BrowserClock(_failed)
        self._state: State = State(clock, Events(clock))
        at = self._still.iso(START_MS)
        self._state.user("user0", "Person 0", "mail")
        self._state.participants([person(number, at) for number in range(PEOPLE)])
        self._state.show([self._next() for _ in range(count)])
        self._state.room(RoomMetadata("room", "user0", "Person 0", at, PEOPLE, True, "A busy room"))
        self._state.status("connected", None)
        place = by_id("chat-widget")
        mount = Mount(place, "/chat-widget.min.css", Look("light", "", ""), False, _failed)
        app = App(FullChat(self._state), clock, BrowserPage(place), english(js.options({})), False, "")
        app.listen(mount.show(app.view, app.stage.effects).schedule)
        mount.resized = app.resized
        app.start()

    def say(self) -> None:
        self._state.show([*self._state.now.messages, self._next()][-MESSAGES:])

    def _next(self) -> ChatMessage:
        number = self._number
        self._number += 1
        who = number // IN_A_ROW % PEOPLE
        content = " ".join(WORDS[: number % len(WORDS) + 1])
        at = self._still.iso(START_MS + number * EACH_MS)
        return ChatMessage(f"{number:032x}", "room", f"user{who}", f"Person {who}", at, content, True, mine=who == 0)


def person(number: int, at: str) -> Participant:
    return Participant(f"user{number}", f"Person {number}", at, True, "direct", number == 0)


def _failed(error: Exception) -> None:
    raise error
