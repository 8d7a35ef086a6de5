"""Where our own file lies and what it holds: each format tells it once, at its end."""

from __future__ import annotations

from widget.browser import js
from widget.browser.document import all_matching


class Home:
    """`url` is the address of our file, "" where nobody told; `style` the stylesheet itself where the file holds it.

    `integrity` is that of the stylesheet beside our file, where the page pinned our file itself.
    """

    def __init__(self) -> None:
        self.url: str = ""
        self.style: str = ""
        self.integrity: str = ""


HOME: Home = Home()


def came_from(url: js.Value) -> None:
    HOME.url = str(url)


def bring_style(style: js.Value) -> None:
    HOME.style = str(style)


def pin_style(integrity: str) -> None:
    HOME.integrity = integrity


def style_url(given: str) -> str:
    """The option; else what the page links already; else the file beside ours. "" where the style is on board."""
    if given != "":
        return given
    for link in all_matching("link[rel~=stylesheet]"):
        if "chat-widget" in str(link.href).split("/")[-1]:
            return str(link.href)
    if HOME.style != "" or HOME.url == "":
        return ""
    return _beside()


def style_integrity(url: str) -> str:
    """What the stylesheet must hash to: as the page says where it links the same one; else pinned with our file."""
    for link in all_matching("link[rel~=stylesheet][integrity]"):
        if str(link.href) == url:
            return str(link.integrity)
    return HOME.integrity if HOME.url != "" and url == _beside() else ""


def _beside() -> str:
    name = HOME.url.split("?")[0].split("/")[-1]
    style = "chat-widget.css" if name.endswith(".iife.js") else "chat-widget.min.css"
    return HOME.url[: HOME.url.find(name)] + style
