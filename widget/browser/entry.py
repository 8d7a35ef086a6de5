"""`StrixunChat.ChatWidget`: the public API of the page, in the spelling of its documentation."""

from __future__ import annotations

from collections.abc import Callable

from widget.browser import js
from widget.browser.document import create, listen
from widget.browser.given import ended_id, ids_of, message_text
from widget.browser.home import HOME
from widget.browser.page import room_of
from widget.browser.screen import Screen
from widget.browser.settings import check_kinds, flag_of, is_floating, own, place_name, text_of
from widget.browser.shapes import StateObjects, device_object, event_object, message_object, room_object
from widget.chat.chat import ChatCore
from widget.model import ChatState
from widget.ui.app import App

# A tag with none of these has a page that starts the chat itself. One that is misspelt is told, if another is right.
TAG = ["containerId", "container", "authApiUrl", "signalingUrl", "otpEncryptionKey", "mode"]


class ChatWidget:
    """One chat in one container. What takes time returns a Promise; what goes wrong is an Error with `code`."""

    def __init__(self, config: js.Value = None) -> None:
        self._states: StateObjects = StateObjects()
        self._listeners: list[tuple[str, js.Value, Callable[[], None]]] = []
        self._screen: Screen = Screen(self, own(config))
        self._core: ChatCore = self._screen.core
        self._app: App = self._screen.app

    def authenticate(self) -> js.Value:
        return js.promise(self._core.authenticate())

    def isAuthenticated(self) -> bool:
        return self._core.is_authenticated()

    def identify(self, token: js.Value) -> js.Value:
        """Sign in with a token of the site's own login; null says that nobody is signed in there any more."""
        if token is None:
            return js.promise(self._core.logout(True))
        return js.promise(self._core.identify(str(token)))

    def logout(self, options: js.Value = None) -> js.Value:
        return js.promise(self._core.logout(flag_of(own(options), "everywhere")))

    def getDevices(self) -> js.Value:
        return js.promise(self._devices())

    def endDevice(self, device_id: js.Value) -> js.Value:
        return js.promise(self._core.end_device(ended_id(device_id)))

    def approveDevice(self, device_id: js.Value) -> js.Value:
        return js.promise(self._core.approve_device(str(device_id)))

    def createRoom(self, options: js.Value = None) -> js.Value:
        return js.promise(self._create_room(own(options)))

    def joinRoom(self, room_id: js.Value) -> js.Value:
        return js.promise(self._join_room(room_of(str(room_id))))

    def getInvite(self) -> str:
        return self._core.get_invite()

    def renewInvite(self) -> js.Value:
        return js.promise(self._core.renew_invite())

    def leaveRoom(self) -> js.Value:
        return js.promise(self._core.leave_room())

    def removeMember(self, user_id: js.Value, options: js.Value = None) -> js.Value:
        given = own(options)
        return js.promise(self._core.remove_member(str(user_id), flag_of(given, "ban"), flag_of(given, "hide")))

    def readmitMember(self, user_id: js.Value) -> js.Value:
        return js.promise(self._core.readmit_member(str(user_id)))

    def setModerator(self, user_id: js.Value, on: js.Value) -> js.Value:
        return js.promise(self._core.set_moderator(str(user_id), bool(on)))

    def approve(self, user_id: js.Value) -> js.Value:
        return js.promise(self._core.approve(str(user_id)))

    def setEmotes(self, options: js.Value = None) -> js.Value:
        return js.promise(self._set_emotes(own(options)))

    def safetyNumber(self, user_id: js.Value) -> js.Value:
        return js.promise(self._core.safety_number(str(user_id)))

    def compare(self, user_id: js.Value, same: js.Value) -> js.Value:
        return js.promise(self._core.compare(str(user_id), bool(same)))

    def getRoomCode(self) -> str:
        return self._core.room_code()

    def sendMessage(self, content: js.Value, options: js.Value = None) -> js.Value:
        given = own(options)
        emotes, emoji = ids_of(given, "emoteIds"), ids_of(given, "customEmojiIds")
        return js.promise(self._send_message(content, emotes, emoji))

    def open(self) -> None:
        self._shown().show(True)

    def close(self) -> None:
        self._shown().show(False)

    def toggle(self) -> None:
        self._shown().show(not self._app.stage.is_open)

    def popOut(self) -> None:
        """Into a window of its own, until that or the page is closed. Pages are let in a click or a key of somebody."""
        self._core.check()
        self._screen.pop_out()

    def setTheme(self, theme: js.Value) -> None:
        """Dark, light, or "" for as the reader's system."""
        self._core.check()
        self._screen.set_theme(theme)

    def setLocale(self, locale: js.Value, messages: js.Value = None) -> js.Value:
        """Another language from now on, by a catalogue of ours or by the page's own messages."""
        return js.promise(self._set_locale(str(locale), messages))

    def setRoom(self, room_id: js.Value) -> None:
        """Into that room, out of any other; after signing in, where that is needed."""
        self._shown().enter(room_of(str(room_id)))

    def getActiveRooms(self) -> js.Value:
        return js.promise(self._active_rooms())

    def look(self, room_id: js.Value) -> js.Value:
        return js.promise(self._look(room_of(str(room_id))))

    def parseEmotes(self, content: js.Value) -> js.Value:
        return js.promise(self._parse_emotes(content))

    def getState(self) -> js.Value:
        return self._states.of(self._core.get_state())

    def subscribe(self, callback: js.Value) -> js.Value:
        """Call back with each new state; the returned function ends it."""

        def tell(state: ChatState) -> None:
            callback(self._states.of(state))

        return js.listener(self._core.subscribe(tell))

    def on(self, event: str, callback: js.Value) -> js.Value:
        """Listen to one kind of event; the returned function ends it."""

        def tell(payload: object) -> None:
            callback(event_object(payload))

        stop = self._core.on(event, tell)
        self._listeners.append((event, callback, stop))
        return js.listener(stop)

    def off(self, event: str, callback: js.Value) -> None:
        kept: list[tuple[str, js.Value, Callable[[], None]]] = []
        for listener in self._listeners:
            if listener[0] == event and listener[1] == callback:
                listener[2]()
            else:
                kept.append(listener)
        self._listeners = kept

    def destroy(self) -> None:
        """Leave the room, close everything and take the widget off the page. It cannot be used again."""
        self._screen.destroy()

    def _shown(self) -> App:
        """The screen, while there is one."""
        self._core.check()
        return self._app

    # Calls whose result has a shape of its own

    async def _send_message(self, content: js.Value, emotes: list[str], emoji: list[str]) -> None:
        await self._core.send_message(message_text(content), emotes, emoji)

    async def _create_room(self, options: js.Value) -> js.Value:
        check_kinds(options)
        name = text_of(options, "customName")
        is_named = js.get(options, "customName") is not None
        history = js.get(options, "history")
        return room_object(
            await self._core.create_room(
                f"{name} " if is_named else "",  # a name that is given is not to be empty
                js.get(options, "isPublic") is None or flag_of(options, "isPublic"),
                "none" if history is None else str(history),
                flag_of(options, "approval"),
                text_of(options, "emoteSet"),
                text_of(options, "twitchChannel"),
                flag_of(options, "preview"),
            )
        )

    async def _set_locale(self, locale: str, messages: js.Value) -> None:
        self._core.check()
        await self._screen.set_locale(locale, messages)

    async def _set_emotes(self, options: js.Value) -> None:
        await self._core.set_emotes(text_of(options, "emoteSet"), text_of(options, "twitchChannel"))

    async def _join_room(self, room_id: str) -> js.Value:
        return room_object(await self._core.join_room(room_id))

    async def _devices(self) -> js.Value:
        return js.array([device_object(device) for device in await self._core.devices()])

    async def _active_rooms(self) -> js.Value:
        rooms = await self._core.get_active_rooms()
        return js.array([room_object(room) for room in rooms])

    async def _look(self, room_id: str) -> js.Value:
        look = await self._core.look(room_id)
        messages = js.array([message_object(message) for message in look.messages])
        return js.record({"shownBy": look.shown_by, "messages": messages})

    async def _parse_emotes(self, content: js.Value) -> js.Value:
        found = await self._core.parse_emotes(message_text(content))
        return js.record({"parsed": found.parsed, "emoteIds": js.array(found.emote_ids)})


def loaded_by(script: js.Value, style: str, style_integrity: str, list_integrity: str) -> None:
    """Start the chat that the script's own tag describes, when the page is parsed and so the container there.

    Only the script for tags calls this, and only while it runs: later the tag cannot be known. Modules have none.
    `style` is the address of the stylesheet beside it. A tag with `integrity` pins that too: our file knows its hash.
    """
    HOME.tell(style, style_integrity if script.integrity != "" else "", list_integrity)
    if js.window.document.readyState == "loading":
        listen("DOMContentLoaded", js.listener(lambda _event: start_from_tag(script)))
    else:
        start_from_tag(script)


def start_from_tag(script: js.Value) -> None:
    settings = own(script.dataset)
    if all(js.get(settings, name) is None for name in TAG):
        return
    if place_name(settings) == "" and not is_floating(text_of(settings, "mode")):
        settings.container = create("div")
        settings.container.id = "strixun-chat"
        script.after(settings.container)
    script.chat = ChatWidget(settings)
