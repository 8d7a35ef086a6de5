"""`StrixunChat.ChatWidget`: the public API of the page, in the spelling of its documentation."""

from __future__ import annotations

from collections.abc import Callable

from widget.browser import js
from widget.browser.document import create, listen
from widget.browser.dom import Dom
from widget.browser.home import came_from, pin_style, style_url
from widget.browser.mount import Mount, find_container
from widget.browser.page import BrowserPage, offset_min, on_wake, twelve_hour
from widget.browser.platform import browser_platform
from widget.browser.settings import container_of, own, read_settings
from widget.browser.shapes import StateObjects, message_object, room_object
from widget.core.chat import ChatCore
from widget.errors import ChatError, ConfigError
from widget.model import ChatMessage, ChatState, RoomMetadata
from widget.ui.app import App
from widget.ui.parts import problem
from widget.ui.stage import ScreenOptions, nothing
from widget.ui.strings import say
from widget.ui.view import Node, h


class ChatWidget:
    """One chat in one container. What takes time returns a Promise; what goes wrong is an Error with `code`."""

    def __init__(self, config: js.Value = None) -> None:
        self._config: js.Value = own(config)
        self._mount: Mount | None = None
        self._core: ChatCore | None = None
        self._app: App | None = None
        self._unwake: Callable[[], None] = nothing
        self._states: StateObjects = StateObjects()
        self._listeners: list[tuple[str, js.Value, Callable[[], None]]] = []
        try:
            self._start()
        except ChatError as error:
            self._show_problem(error.message)
            self._report(error)
            raise

    def authenticate(self) -> js.Value:
        return js.promise(self._chat().authenticate())

    def isAuthenticated(self) -> bool:
        return self._chat().is_authenticated()

    def logout(self) -> js.Value:
        return js.promise(self._chat().logout())

    def createRoom(self, options: js.Value = None) -> js.Value:
        return js.promise(self._create_room(own(options)))

    def joinRoom(self, room_id: js.Value) -> js.Value:
        return js.promise(self._join_room(str(room_id)))

    def leaveRoom(self) -> js.Value:
        return js.promise(self._chat().leave_room())

    def sendMessage(self, content: js.Value, options: js.Value = None) -> js.Value:
        given = own(options)
        emotes, emoji = ids_of(given, "emoteIds"), ids_of(given, "customEmojiIds")
        return js.promise(self._chat().send_message(str(content), emotes, emoji))

    def getActiveRooms(self) -> js.Value:
        return js.promise(self._active_rooms())

    def parseEmotes(self, content: js.Value) -> js.Value:
        return js.promise(self._parse_emotes(str(content)))

    def getState(self) -> js.Value:
        return self._states.of(self._chat().get_state())

    def subscribe(self, callback: js.Value) -> js.Value:
        """Call back with each new state; the returned function ends it."""

        def tell(state: ChatState) -> None:
            callback(self._states.of(state))

        return js.listener(self._chat().subscribe(tell))

    def on(self, event: js.Value, callback: js.Value) -> js.Value:
        """Listen to one kind of event; the returned function ends it."""

        def tell(payload: object) -> None:
            callback(event_object(payload))

        stop = self._chat().on(str(event), tell)
        self._listeners.append((str(event), callback, stop))
        return js.listener(stop)

    def off(self, event: js.Value, callback: js.Value) -> None:
        kept: list[tuple[str, js.Value, Callable[[], None]]] = []
        for listener in self._listeners:
            if listener[0] == str(event) and listener[1] == callback:
                listener[2]()
            else:
                kept.append(listener)
        self._listeners = kept

    def destroy(self) -> None:
        """Leave the room, close everything and take the widget off the page. It cannot be used again."""
        self._unwake()
        if self._app is not None:
            self._app.stop()
        if self._core is not None:
            self._core.destroy()
        if self._mount is not None:
            self._mount.remove()
        self._listeners = []

    # Starting

    def _start(self) -> None:
        settings = read_settings(self._config)
        container = find_container(settings.container_id) if settings.container is None else settings.container
        css_url = style_url(settings.css_url)
        mount = Mount(container, css_url, settings.theme, settings.in_page)
        self._mount = mount
        if not secure():
            raise ConfigError("config.insecure", say("problem.https"))
        platform = browser_platform(self._report)
        core = ChatCore(settings.chat, platform)
        self._core = core
        options = ScreenOptions(settings.chat.auto_auth, settings.room, offset_min(), twelve_hour())
        app = App(core, platform.clock, BrowserPage(container), options)
        self._app = app
        app.auth_required = self._auth_required
        app.ready = self._ready
        core.on("auth:required", lambda payload: app.ask_sign_in())
        core.on("error", self._error)
        dom: Dom = mount.show(app.view)
        app.listen(dom.schedule)
        app.start()
        self._unwake = on_wake(core.hurry)

    def _chat(self) -> ChatCore:
        core = self._core
        if core is None:
            raise ConfigError("config.missing", "The chat did not start; its first error says why.")
        return core

    def _show_problem(self, message: str) -> None:
        """The reader of the page sees what its author has to put right."""
        if self._mount is not None:
            self._mount.show(lambda: problem_screen(message))

    # What the page wants to hear

    def _ready(self) -> None:
        self._call_back("onReady", self)

    def _auth_required(self) -> None:
        self._call_back("onAuthRequired", None)

    def _error(self, payload: object) -> None:
        if isinstance(payload, Exception):
            self._report(payload)

    def _report(self, error: Exception) -> None:
        self._call_back("onError", js.failure(error))

    def _call_back(self, name: str, value: js.Value) -> None:
        """Call a function of the configuration. What it throws is the page's own and goes to its console."""
        if self._config is None:
            return
        callback = js.get(self._config, name)
        if js.type_of(callback) == "function":
            try:
                callback(value)
            except Exception as error:
                js.window.console.error(js.failure(error))

    # Calls whose result has a shape of its own

    async def _create_room(self, options: js.Value) -> js.Value:
        name = "" if options is None else js.get(options, "customName")
        public = options is None or js.get(options, "isPublic") is not False
        return room_object(await self._chat().create_room("" if name is None else str(name), public))

    async def _join_room(self, room_id: str) -> js.Value:
        return room_object(await self._chat().join_room(room_id))

    async def _active_rooms(self) -> js.Value:
        rooms = await self._chat().get_active_rooms()
        return js.array([room_object(room) for room in rooms])

    async def _parse_emotes(self, content: str) -> js.Value:
        found = await self._chat().parse_emotes(content)
        return js.record({"parsed": found.parsed, "emoteIds": js.array(found.emote_ids)})


def event_object(payload: object) -> js.Value:
    """What the page gets for the payload of an event."""
    if isinstance(payload, RoomMetadata):
        return room_object(payload)
    if isinstance(payload, ChatMessage):
        return message_object(payload)
    if isinstance(payload, Exception):
        return js.failure(payload)
    if isinstance(payload, dict):
        return js.record({"authenticated": payload["authenticated"], "token": None})
    return payload


def ids_of(options: js.Value, name: str) -> list[str]:
    given = None if options is None else js.get(options, name)
    return [] if given is None else [str(value) for value in js.items(given)]


def secure() -> bool:
    """Browsers give WebCrypto to https and to this machine only."""
    crypto = js.get(js.window, "crypto")
    return crypto is not None and js.get(crypto, "subtle") is not None


def problem_screen(message: str) -> Node:
    return h("section", {"class": "cw-app", "aria-label": say("app.label")}, [problem(message)])


def loaded_by(script: js.Value, style_integrity: str) -> None:
    """Start the chat that the script's own tag describes, when the page is parsed and so the container there.

    Only the script for tags calls this, and only while it runs: later the tag cannot be known. Modules have none.
    A tag with `integrity` pins the stylesheet too, which our file knows the hash of.
    """
    if script is None:
        return
    came_from(script.src)
    if str(script.integrity) != "":
        pin_style(style_integrity)
    if js.window.document.readyState == "loading":
        listen("DOMContentLoaded", js.listener(lambda _event: start_from_tag(script)))
    else:
        start_from_tag(script)


def start_from_tag(script: js.Value) -> None:
    data = script.dataset
    if js.has(data, "authApiUrl") or container_of(data) != "":
        if container_of(data) == "":
            place = create("div")
            place.id = "strixun-chat"
            script.parentNode.insertBefore(place, script.nextSibling)
            data.container = place.id
        js.put(script, "chat", ChatWidget(data))
