"""The page as a `Platform`."""

from __future__ import annotations

from collections.abc import Callable

from widget.browser import js
from widget.browser.clock import BrowserClock
from widget.browser.http import BrowserHttp
from widget.browser.puzzle import search
from widget.browser.rtc import BrowserRtc
from widget.browser.siblings import BrowserSiblings
from widget.browser.sockets import BrowserSockets
from widget.browser.storage import BrowserStorage
from widget.browser.web_crypto import web_crypto
from widget.ports import Platform


def browser_platform(on_error: Callable[[Exception], None], place: str) -> Platform:
    """`on_error` hears what spawned work raises; `place` is one of those in the page."""
    return Platform(
        BrowserClock(on_error),
        BrowserHttp(),
        BrowserSockets(),
        BrowserRtc(),
        web_crypto(),
        BrowserStorage(place),
        BrowserSiblings(),
        search,
        js.window.location.origin,
    )
