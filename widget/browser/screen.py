"""The chat on its page: mounted there, started, drawn in a language, and taken away again."""

from __future__ import annotations

from collections.abc import Callable

from widget.browser import js
from widget.browser.document import listen, unlisten
from widget.browser.home import style_url
from widget.browser.language import BrowserLanguage, english, messages_of
from widget.browser.mount import Look, Mount
from widget.browser.page import BrowserPage, on_change, room_of, take_invite
from widget.browser.platform import browser_platform
from widget.browser.pop_out import PopOut
from widget.browser.settings import (
    MODES,
    POPOUT,
    flag_of,
    is_floating,
    one_of,
    own,
    place_of,
    read_config,
    text_of,
    word_of,
)
from widget.browser.storage import is_unused
from widget.chat.chat import ChatCore
from widget.core.config import ChatConfig
from widget.errors import ChatError, ConfigError
from widget.ui.app import App
from widget.ui.launcher import launcher
from widget.ui.parts import problem
from widget.ui.strings import say, speak
from widget.ui.view import Node, UiEvent, h

THEMES = ["dark", "light", "auto", "contrast"]
LINKED = "hashchange"
WORDS_WAIT_MS = 3000


class Screen:
    """Of `widget`, by its `config`, whose functions are told what the page wants to hear."""

    core: ChatCore
    app: App
    _mount: Mount
    _window: PopOut
    _deafen: Callable[[], None]

    def __init__(self, widget: js.Value, config: js.Value) -> None:
        self._widget: js.Value = widget
        self._config: js.Value = config
        self._heard: js.Value = js.listener(self._linked)
        self._is_drawn: bool = False
        self._is_open: bool = False  # where it could not start
        self._asked: int = 0  # how often for a language
        try:
            self._mount_in(place_of(config))
        except ChatError as error:
            self._report(error)
            raise

    def pop_out(self) -> None:
        """Into a window of its own, until that or the page is closed. Pages are let in a click or a key of somebody."""
        if not self._window.out():
            self.app.show(True)
            self.app.stage.tell(lambda: say("The browser opens no window. Allow this site to, then try again."))

    def set_theme(self, theme: js.Value) -> None:
        """Dark, light, or "" for as the reader's system."""
        self._mount.set_theme(one_of(js.options({"theme": theme}), "theme", THEMES))

    async def set_locale(self, locale: str, messages: js.Value) -> None:
        """The last call counts, whichever words come last."""
        self._asked += 1
        asked = self._asked
        try:
            given = await messages_of(locale) if messages is None else messages
            language = BrowserLanguage(locale, own(given))
        except Exception as error:
            raise ConfigError(
                "config.locale",
                f"There are no words for '{locale}': choose a locale of docs/LANGUAGES.md, let connect-src "
                "reach the folder of the script, or set messages.",
            ) from error
        if asked == self._asked:
            self._mount.speak(locale)
            self.app.speak(language)

    def destroy(self) -> None:
        """Leave the room, close everything and take the widget off the page. It cannot be used again."""
        self._deafen()
        unlisten(LINKED, self._heard)
        self._window.back()
        self.app.stop()
        self.core.destroy()
        self._mount.remove()
        self._config = own(None)  # what is still under way has nobody to tell

    # Starting

    def _mount_in(self, place: js.Value) -> None:
        config = self._config
        css_url = style_url(word_of(config, "cssUrl"))
        mode = word_of(config, "mode")
        look = Look(word_of(config, "theme"), word_of(config, "density"), "bubble" if mode == POPOUT else mode)
        self._mount = Mount(place, css_url, look, flag_of(config, "mountInPage"), self._report)
        try:
            self._start(place, read_config(config))
        except ChatError as error:
            self._explain(error.message, is_floating(mode))
            raise

    def _explain(self, message: str, floats: bool) -> None:
        """The reader of the page sees what its author has to put right; beside the page's own content when asked."""
        speak(english(own(None)))

        def toggle(event: UiEvent) -> None:
            self._is_open = not self._is_open
            self._mount.changed()

        def view() -> Node:
            if not floats:
                return problem(message)
            parts = [problem(message)] if self._is_open else []
            return h("div", {"class": "cw-floating"}, [*parts, launcher(self._is_open, 0, toggle)])

        self._mount.show(view, lambda: [])

    def _start(self, place: js.Value, config: ChatConfig) -> None:
        if not bool(js.window.isSecureContext):  # browsers give WebCrypto to https and to this machine only
            raise ConfigError(
                "config.insecure", "This page is not secure. Open it over https, then the chat can encrypt."
            )
        text_of(self._config, "cssUrl")
        one_of(self._config, "theme", THEMES)
        one_of(self._config, "density", ["cosy", "compact"])
        mode = one_of(self._config, "mode", MODES)
        enter_key = one_of(self._config, "enterKey", ["send", "newline"])
        wanted = room_of(text_of(self._config, "room"))
        slot = wanted.split("\n")[0]  # a title may change
        platform = browser_platform(self._report, f"{place.id} {config.signaling_url} {slot}")
        core = ChatCore(config, platform)
        locale = text_of(self._config, "locale")
        messages = js.get(self._config, "messages")
        page = BrowserPage(self._mount.host, js.get(self._config, "emoji"))
        app = App(core, platform.clock, page, english(own(messages)), config.auto_auth, wanted)
        self.core = core
        self.app = app
        app.auth_required = lambda: self._call_back("onAuthRequired", None)
        app.ready = lambda: self._call_back("onReady", self._widget)
        app.stage.enter_sends = enter_key != "newline"
        floats = is_floating(mode)
        app.float(floats)
        app.opened = lambda: self._opened(mode)
        app.closed = lambda: core.emit("close", None)
        app.counted = lambda unread: core.emit("unread", unread)
        self._window = PopOut(self._mount, place, lambda is_out: app.float(floats and not is_out))
        core.on("auth:required", lambda payload: app.ask_sign_in())
        core.on("error", self._error)
        app.start(take_invite(), is_unused())
        if locale == "":
            self._draw()
        else:
            js.window.setTimeout(js.listener(self._draw), WORDS_WAIT_MS)
            js.start(self._bring(locale, messages))
        self._mount.resized = app.resized
        self._deafen = on_change(self._woke, core.hide, app.stage.redraw)
        listen(LINKED, self._heard)
        self._mount.removed = self.destroy

    def _woke(self, is_online: bool) -> None:
        self.core.hurry(is_online)
        self.app.woke()

    def _linked(self, _event: js.Value) -> None:
        """Another fragment: perhaps an invite was opened on this page."""
        invite = take_invite()
        if invite != "":
            self.app.invited(invite)

    def _draw(self) -> None:
        """Once, with the words here or on their way for too long."""
        if not self._is_drawn:
            self._is_drawn = True
            self.app.listen(self._mount.show(self.app.view, self.app.stage.effects).schedule)

    async def _bring(self, locale: str, messages: js.Value) -> None:
        """Words that do not come leave the chat in English."""
        try:
            await self.set_locale(locale, messages)
        except ChatError as error:
            self._report(error)
            js.window.console.error(error.message)
        self._draw()

    # What the page wants to hear

    def _opened(self, mode: str) -> None:
        self.core.emit("open", None)
        if mode == POPOUT:
            self.pop_out()

    def _error(self, payload: object) -> None:
        if isinstance(payload, Exception):
            self._report(payload)

    def _report(self, error: Exception) -> None:
        self._call_back("onError", js.failure(error))

    def _call_back(self, name: str, value: js.Value) -> None:
        """Call a function of the configuration. What it throws is the page's own and goes to its console."""
        callback = js.get(self._config, name)
        if js.type_of(callback) == "function":
            try:
                callback(value)
            except Exception as error:
                js.window.console.error(js.failure(error))
