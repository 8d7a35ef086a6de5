"""The whole widget on screen: picks the screen for the state and holds the components that remember."""

from __future__ import annotations

from collections.abc import Callable

from widget.model import ChatState
from widget.ports import Clock
from widget.ui.auth_flow import AuthFlow
from widget.ui.chat_client import ChatClient
from widget.ui.connection_badge import is_kept_waiting
from widget.ui.create_room import CreateRoom
from widget.ui.notices import banner, toast
from widget.ui.parts import frame, loading
from widget.ui.room_list import RoomList
from widget.ui.stage import Chat, Page, Stage, Work, nothing, words_of
from widget.ui.strings import say
from widget.ui.view import Node, UiEvent, h

# What the chat tells is drawn a moment later, many changes at once: a drawing takes as long as several packets,
# and they come and go together. What somebody does on the screen is drawn with the next frame.
SHOW_AFTER_MS = 64
FLOOD_MS = 200  # while change follows change


class App:
    """`view()` is pure; who listens is called when it would give something new.

    `auto_auth` asks people to sign in at once; `room` is joined after that.
    """

    def __init__(self, chat: Chat, clock: Clock, page: Page, auto_auth: bool, room: str) -> None:
        self.stage: Stage = Stage(chat, clock, page)
        self.auth_required: Callable[[], None] = nothing
        self.ready: Callable[[], None] = nothing
        self.auth: AuthFlow = AuthFlow(self.stage, self.close_sign_in)
        self.rooms: RoomList = RoomList(self.stage, self)
        self.create: CreateRoom = CreateRoom(self.stage, self.on_created)
        self.client: ChatClient = ChatClient(self.stage)
        self._entry: Work = Work(self.stage)
        self._entry.failed = self._not_entered
        self._state: ChatState = chat.get_state()
        self._starting: bool = True
        self._signing_in: bool = False
        self._creating: bool = False
        self._auto_auth: bool = auto_auth
        self._wanted: str = room
        self._joining: str = ""
        self._dismissed: str | None = None
        self._unsubscribe: Callable[[], None] = nothing
        self._is_due: bool = False
        self._shown_ms: int = -FLOOD_MS

    def listen(self, changed: Callable[[], None]) -> None:
        """Who draws the picture."""
        self.stage.changed = changed

    def start(self) -> None:
        """Follow the chat and sign in silently if that is possible."""
        self._unsubscribe = self.stage.chat.subscribe(self.on_state)
        self.stage.clock.spawn(self._restore())

    def stop(self) -> None:
        self._unsubscribe()
        self.stage.changed = nothing

    def view(self) -> Node:
        parts = [h("div", {"class": "cw-screen"}, [self._screen(self._state)]), toast(self.stage.note)]
        error = None if is_kept_waiting(self._state) else self._state.error
        if error is not None and error != self._dismissed and error != self._entry.error:
            parts = [banner(error, self.on_dismiss), *parts]
        return frame(parts)

    def _screen(self, state: ChatState) -> Node:
        if self._starting:
            return loading(say("One moment"))
        if state.authenticated and state.room is not None:
            return self.client.view(state, state.room)
        if state.authenticated and self._creating:
            return self.create.view()
        if self._signing_in and not state.authenticated:
            return self.auth.view()
        return self.rooms.view(state, self._joining if self._entry.busy else "", self._entry.error)

    def on_state(self, state: ChatState) -> None:
        """Move between screens when one signs in or out, enters or leaves."""
        before = self._state
        self._state = state
        if state.authenticated and not before.authenticated:
            self._signing_in = False
            if not self._starting:
                self._go_on()
        if before.authenticated and not state.authenticated:
            self.auth.reset()
        if state.room is None and (before.room is not None or before.authenticated != state.authenticated):
            self.rooms.refresh()
        if state.room is not None and (before.room is None or before.room.room_id != state.room.room_id):
            self._creating = False
            self.client.entered()
        self.client.arrived(state)
        if state.error is None:
            self._dismissed = None
        if not self._is_due:
            self._is_due = True
            is_flood = self.stage.clock.steady_ms() - self._shown_ms < FLOOD_MS
            self.stage.clock.after(FLOOD_MS if is_flood else SHOW_AFTER_MS, self._show)

    def _show(self) -> None:
        self._is_due = False
        self._shown_ms = self.stage.clock.steady_ms()
        self.stage.changed()

    def ask_sign_in(self) -> None:
        """Show the sign-in screen; the page or the chat wants it."""
        self._starting = False
        self._signing_in = True
        self.stage.changed()
        self.auth_required()

    def enter(self, room_id: str) -> None:
        """Join a room, after signing in if need be."""
        self._wanted = room_id
        if self._state.authenticated:
            self._go_on()
        else:
            self.ask_sign_in()

    def on_create(self, event: UiEvent) -> None:
        self._creating = True
        self.stage.changed()

    def on_created(self, event: UiEvent) -> None:
        """Back from the form for a new room."""
        self._creating = False
        self.rooms.refresh()

    def on_sign_in(self, event: UiEvent) -> None:
        self._wanted = ""
        self.ask_sign_in()

    def close_sign_in(self) -> None:
        self._signing_in = False
        self._wanted = ""
        self.rooms.refresh()

    def on_sign_out(self, event: UiEvent) -> None:
        self.stage.spawn(self.stage.chat.logout())

    def on_dismiss(self, event: UiEvent) -> None:
        self._dismissed = self._state.error
        self.stage.changed()

    def _go_on(self) -> None:
        """Into the room one wanted before signing in."""
        if self._wanted != "" and not self._entry.busy:
            self._joining = self._wanted
            self._wanted = ""
            self._entry.spawn(self.stage.chat.join_room(self._joining))
        self.stage.changed()

    def _not_entered(self, error: Exception) -> None:
        """The room may be gone from the list."""
        self.rooms.refresh()

    async def _restore(self) -> None:
        signed_in = False
        try:
            signed_in = await self.stage.chat.restore()
        except Exception as error:
            self.stage.tell(words_of(error))
        if self._starting and not signed_in:
            if self._auto_auth:
                self.ask_sign_in()
            else:
                self.auth_required()
        if signed_in and self._state.room is None:
            self._go_on()
        if not self._signing_in and self._state.room is None:
            self.rooms.refresh()
        self._starting = False
        self.stage.changed()
        self.ready()
