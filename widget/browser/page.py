"""What the screen asks of the page around it: its address, the clipboard, the reader's zone."""

from __future__ import annotations

from collections.abc import Callable

from widget.browser import js
from widget.browser.document import all_matching, create, listen, unlisten, window_of
from widget.browser.emoji_font import EmojiFont
from widget.browser.language import emoji_of, main_part, texts_of

CHANGES = ["online", "offline", "pageshow", "visibilitychange"]
GOING = "pagehide"
MARK = "#cw="
CALM = "(prefers-reduced-motion: reduce)"
KEPT = "strixun-chat "
MEMORY: dict[str, str] = {}  # of all chats of the page, where nothing is kept


class BrowserPage:
    """Copies text, tells the time. `host` is the chat's, in whatever window it is. `emoji` of the page gives them
    by the first part of a language tag, instead of the files beside ours."""

    def __init__(self, host: js.Value, emoji: js.Value = None) -> None:
        self._host: js.Value = host
        self._emoji: js.Value = emoji
        self._font: EmojiFont = EmojiFont()

    async def copy(self, content: str) -> bool:
        try:
            await js.wait(window_of(self._host).navigator.clipboard.writeText(content))
        except Exception:
            return self._copy_selected(content)
        return True

    def link(self, invite: str) -> str:
        address: str = js.window.location.href
        return address.split("#")[0] + MARK + invite

    def wall_minute(self, at: str | int) -> int:
        return wall_minute(at)

    def complain(self, what: str) -> None:
        js.window.console.error(what)

    def is_touch(self) -> bool:
        return bool(js.window.matchMedia("(hover: none) and (pointer: coarse)").matches)

    def is_hidden(self) -> bool:
        return bool(self._host.ownerDocument.hidden)

    def is_calm(self) -> bool:
        return bool(js.window.matchMedia(CALM).matches)

    def kept(self, name: str) -> str:
        try:
            found = js.window.localStorage.getItem(KEPT + name)
        except Exception:  # storage is blocked
            found = MEMORY.get(name)
        return "" if found is None else found

    def keep(self, name: str, text: str) -> None:
        MEMORY[name] = text
        try:
            js.window.localStorage.setItem(KEPT + name, text)
        except Exception:
            return

    async def emoji(self, locale: str) -> list[str]:
        if self._emoji is None:
            return await emoji_of(locale)
        return texts_of(await js.wait(self._emoji(main_part(locale))))

    def draws(self, emoji: str) -> bool:
        return self._font.draws(emoji)

    def _copy_selected(self, content: str) -> bool:
        """Where the page has no clipboard permission, such as in a frame."""
        area = create("textarea")
        area.value = content
        area.readOnly = True
        self._host.parentNode.appendChild(area)
        area.select()
        copied: bool = self._host.ownerDocument.execCommand("copy")
        area.remove()
        return copied


def room_of(text: str) -> str:
    """"page" is the room of this page: of its canonical address without query and fragment, called by its title.

    Where it has none, or one that is no address, its own counts.
    """
    if text != "page":
        return text
    window = js.window
    try:
        url = js.new(window.URL, all_matching("link[rel=canonical][href]")[0].href)
    except Exception:
        url = window.location
    return f"page:{url.origin}{url.pathname}\n{window.document.title}"


def take_invite() -> str:
    """The invite in the page's address, once: it is a secret, and stays neither in the bar nor in the history."""
    window = js.window
    fragment: str = window.location.hash
    if not fragment.startswith(MARK):
        return ""
    window.history.replaceState(window.history.state, "", window.location.pathname + window.location.search)
    return fragment[len(MARK) :]


def wall_minute(at: str | int) -> int:
    date = js.new(js.window.Date, at)
    ms: int = date.getTime()
    west_min: int = date.getTimezoneOffset()
    return ms // 60_000 - west_min


def on_change(
    hurry: Callable[[bool], None], hide: Callable[[], None], moved: Callable[[], None]
) -> Callable[[], None]:
    """`hurry` hears when the network comes or goes (is it there?) and when the page wakes or comes back from the
    browser's cache; `hide` when the page goes there, or for good; `moved` when the system is set to less motion, or
    no more. The returned function ends it."""

    def heard(event: js.Value) -> None:
        if event.type != "visibilitychange" or not bool(js.window.document.hidden):
            hurry(bool(js.window.navigator.onLine))

    changed = js.listener(heard)
    going = js.listener(lambda _event: hide())
    for event in CHANGES:
        listen(event, changed)
    listen(GOING, going)
    calm = js.window.matchMedia(CALM)
    turned = js.listener(lambda _event: moved())
    calm.addEventListener("change", turned)

    def stop() -> None:
        for event in CHANGES:
            unlisten(event, changed)
        unlisten(GOING, going)
        calm.removeEventListener("change", turned)

    return stop
