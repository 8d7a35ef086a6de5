"""The whole widget on screen: picks the screen for the state and holds the components that remember."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Literal

from widget.model import ChatState
from widget.ports import Clock
from widget.ui.auth_flow import AuthFlow
from widget.ui.chat_client import ChatClient
from widget.ui.connection_badge import is_kept_waiting
from widget.ui.create_room import CreateRoom
from widget.ui.destination import Destination
from widget.ui.devices import Devices
from widget.ui.launcher import launcher
from widget.ui.notices import banner, toast
from widget.ui.pace import Pace
from widget.ui.parts import covered_if, frame, loading
from widget.ui.play import plays
from widget.ui.question import question
from widget.ui.room_list import RoomList
from widget.ui.stage import Chat, Page, Stage, nothing, told, words_of
from widget.ui.strings import Language, say, speak
from widget.ui.view import Node, UiEvent, h, listen

Route = Literal["start", "rooms", "sign-in", "create", "room"]
HEADED = ("rooms", "create", "room")  # notices stand below their header


class App:
    """`view()` is pure; who listens is called when it would give something new.

    `auto_auth` asks people to sign in at once; `room` is joined after that, if they want to go nowhere else.
    """

    def __init__(
        self, chat: Chat, clock: Clock, page: Page, language: Language, auto_auth: bool, room: str
    ) -> None:
        self.stage: Stage = Stage(chat, clock, page, language)
        self.auth_required: Callable[[], None] = nothing
        self.ready: Callable[[], None] = nothing
        self.opened: Callable[[], None] = nothing
        self.closed: Callable[[], None] = nothing
        self.counted: Callable[[int], None] = lambda unread: None
        self.auth: AuthFlow = AuthFlow(self.stage, self.close_sign_in)
        self.rooms: RoomList = RoomList(self.stage, self)
        self.create: CreateRoom = CreateRoom(self.stage, self.on_created)
        self.client: ChatClient = ChatClient(self.stage)
        self.client.people.sign_in = self.on_sign_in
        self._destination: Destination = Destination(self.stage, room, self.rooms.refresh)
        self._devices: Devices = Devices(self.stage)
        self._state: ChatState = chat.get_state()
        self._route: Route = "start"
        self._is_floating: bool = False
        self._unread: int = 0
        self._screens: dict[Route, Callable[[], Node]] = {
            "start": self._start_screen,
            "rooms": self._rooms_screen,
            "sign-in": self.auth.view,
            "create": self.create.view,
            "room": self._room_screen,
        }
        self._auto_auth: bool = auto_auth
        self._is_called: bool = False
        self._dismissed: str | None = None
        self._unsubscribe: Callable[[], None] = nothing
        self._pace: Pace = Pace(self.stage)

    def listen(self, changed: Callable[[], None]) -> None:
        """Who draws the picture."""
        self.stage.changed = changed

    def start(self, invite: str = "", is_new: bool = False) -> None:
        """Follow the chat and sign in silently if that is possible. Who `is_new` here need not wait for that.

        Whoever comes with an `invite`, or was on the way into a room before a reload, goes there.
        """
        self._unsubscribe = self.stage.chat.subscribe(self.on_state)
        wanted = invite if invite != "" else self.stage.chat.wanted()
        if wanted != "":
            self._is_called = True
            self._call(invite)
            self._destination.want(wanted)
        elif is_new and not self._auto_auth:
            self._go("rooms")
        self.stage.clock.spawn(self._restore())

    def stop(self) -> None:
        self.rooms.show(False)
        self._unsubscribe()
        self.stage.changed = nothing

    def float(self, is_floating: bool) -> None:
        """Closed, and a button opens it; or always open, as in its place and in a window of its own."""
        self.show(True)
        self._is_floating = is_floating
        self.show(False)
        self.stage.changed()

    def show(self, is_open: bool) -> None:
        """Open or close a floating chat; any other is always open."""
        if self._is_floating and self.stage.is_open != is_open:
            self.stage.is_open = is_open
            self.stage.layers.close_all()
            self.stage.changed()
            self._count()
            if is_open:
                self.rooms.wake()
                self.opened()
            else:
                self.closed()

    def on_toggle(self, event: UiEvent) -> None:
        self.show(not self.stage.is_open)

    def on_key(self, event: UiEvent) -> None:
        """Escape closes what is open in the chat first, then the chat."""
        if event.key == "Escape" and not event.prevented:
            self.show(False)

    def woke(self) -> None:
        """The page is in front again, or the network is back."""
        self.rooms.wake()

    def resized(self, is_wide: bool) -> None:
        """Whether there is room for a second column."""
        if is_wide != self.stage.is_wide:
            self.stage.is_wide = is_wide
            self.client.people.arrange()
            self.stage.changed()

    def speak(self, language: Language) -> None:
        """Everything is said in that language from now on."""
        self.stage.language = language
        self.stage.changed()

    def view(self) -> Node:
        speak(self.stage.language)
        self.stage.plays = plays(self.stage.page)
        if not self._is_floating:
            return self._frame()
        parts = [self._frame()] if self.stage.is_open else []
        parts.append(launcher(self.stage.is_open, self._unread, self.on_toggle))
        return h("div", {"class": "cw-floating"}, parts, listen("keydown", self.on_key))

    def _frame(self) -> Node:
        layers = self.stage.layers.view()
        notices = self._notices()
        self.stage.is_told = len(notices) > 0
        drawn = self.stage.part(self._route, self._screens[self._route])
        if self._route in HEADED:
            drawn = replace(drawn, children=[*drawn.children[:1], *notices, *drawn.children[1:]])
            notices = []
        screen = h("div", {"class": "cw-screen", **covered_if(self.stage.layers.covers())}, [drawn])
        return frame([*notices, screen, *layers, toast(self.stage.note())], self._route)

    def _notices(self) -> list[Node]:
        """Trouble that nothing else on the screen tells."""
        error = None if is_kept_waiting(self._state) else self._state.error
        if error is None or error == self._dismissed or told(error) in self._said():
            return []
        return [banner(told(error), self.on_dismiss)]

    def _said(self) -> list[str]:
        """What the screen says itself needs no banner."""
        return [self._destination.way.error, self.auth.error, self.create.error]

    def _start_screen(self) -> Node:
        return loading(say("One moment"))

    def _rooms_screen(self) -> Node:
        return self.rooms.view(self._state, self._destination.joining, self._destination.way.error)

    def _room_screen(self) -> Node:
        room = self._state.room
        return self._rooms_screen() if room is None else self.client.view(self._state, room)

    def _go(self, route: Route) -> None:
        """To another screen: what was open over the old one closes, its errors are over."""
        if route != self._route:
            self._route = route
            self.stage.layers.close_all()
            if route != "rooms":
                self._destination.way.clear()
            if route == "create":
                self.create.opened()
        self.rooms.show(route == "rooms")
        self.stage.changed()

    def _go_in(self, state: ChatState) -> None:
        self._go("room")
        self.stage.chat.want("")
        self.client.entered(state)

    def on_state(self, state: ChatState) -> None:
        """Move between screens when one signs in or out, enters or leaves."""
        before = self._state
        self._state = state
        if before.authenticated and not state.authenticated:
            self.auth.reset()
            self.client.forget()
        if state.authenticated and state.room is not None:
            is_other = before.room is None or before.room.room_id != state.room.room_id
            if is_other or self._route not in ("room", "sign-in"):
                self._go_in(state)
            elif before.user_id != state.user_id:  # a guest has signed in
                self._go("room")
        elif self._route == "room" or (self._route == "create" and not state.authenticated):
            self._go("rooms")
        elif self._route != "start" and (before.authenticated, before.user_id) != (state.authenticated, state.user_id):
            self._go("rooms")
            if state.authenticated:
                self._go_on()
        if state.status == "connected" and before.status != "connected":
            self.rooms.entered()
        self.client.arrived(state)
        self._count()
        if state.error is None:
            self._dismissed = None
        self._pace.told()

    def _count(self) -> None:
        unread = self.client.messages.unread()
        if unread != self._unread:
            self._unread = unread
            self.counted(unread)

    def ask_sign_in(self) -> None:
        """Show the sign-in screen; the page or the chat wants it. Who is signed in is not asked, but the page is."""
        if not self._state.authenticated or self._state.via == "guest":
            is_shown = self._route != "start"
            self._go("sign-in")
            if is_shown:
                self.show(True)
            self.auth.opened()
        self.auth_required()

    def invited(self, invite: str) -> None:
        """An invite was opened on this page."""
        self._call(invite)
        self.enter(invite)

    def _call(self, invite: str) -> None:
        self.rooms.invite = invite
        self.show(True)

    def enter(self, room_id: str) -> None:
        """Join a room, after signing in if need be."""
        self._destination.want(room_id)
        if self._state.authenticated:
            self._go_on()
        else:
            self.ask_sign_in()

    def on_create(self, event: UiEvent) -> None:
        self._go("create")

    def on_created(self, event: UiEvent) -> None:
        """Back from the form for a new room."""
        self._go("rooms")

    def on_sign_in(self, event: UiEvent) -> None:
        self.ask_sign_in()

    def close_sign_in(self) -> None:
        self._destination.give_up()
        self._go("rooms" if self._state.room is None else "room")

    def on_sign_out(self, event: UiEvent) -> None:
        question(
            self.stage,
            lambda: say("Sign out?"),
            lambda: [h("p", {"class": "cw-sub"}, [again_by(self._state.via)])],
            [
                ("danger", lambda: say("Sign out"), self._sign_out),
                ("quiet", lambda: say("Your devices"), self._devices.open),
            ],
        )

    def _sign_out(self) -> None:
        self.stage.spawn(self.stage.chat.logout(False))

    def on_dismiss(self, event: UiEvent) -> None:
        self._dismissed = self._state.error
        self.stage.changed()

    def _go_on(self) -> None:
        if self._destination.set_out():
            self._dismissed = self._state.error  # of a former room
        self.stage.changed()

    async def _restore(self) -> None:
        signed_in = False
        try:
            signed_in = await self.stage.chat.restore()
        except Exception as error:
            self.stage.tell(words_of(error))
        is_start = self._route == "start"
        if not signed_in and (is_start or self._route == "rooms"):
            if self.auth.resume() or self._auto_auth or self._is_called:
                self.ask_sign_in()
            else:
                self.auth_required()
        if is_start and self._route == "start":
            if self._state.room is None:
                self._go("rooms")
            else:
                self._go_in(self._state)
        if signed_in and (self._state.room is None or self._is_called):
            self._go_on()
        self.stage.changed()
        self.ready()


def again_by(via: str) -> str:
    """How one comes back after signing out."""
    if via.startswith("site"):
        return say("On the site itself you stay signed in.")
    if via == "guest":
        return say("You cannot come back as this guest.")
    return say("You need a new code to come back.")
