"""Where our own file lies and what it holds: each format tells it once, at its end."""

from __future__ import annotations

from widget.browser import js
from widget.browser.document import all_matching


class Home:
    """`url` is the address of our file, "" where nobody told; `style` the stylesheet itself where the file holds it."""

    def __init__(self) -> None:
        self.url: str = ""
        self.style: str = ""


HOME: Home = Home()


def came_from(url: js.Value) -> None:
    HOME.url = str(url)


def bring_style(style: js.Value) -> None:
    HOME.style = str(style)


def style_url(given: str) -> str:
    """The option; else what the page links already; else the file beside ours. "" where the style is on board."""
    if given != "":
        return given
    for link in all_matching("link[rel~=stylesheet]"):
        if "chat-widget" in str(link.href).split("/")[-1]:
            return str(link.href)
    if HOME.style != "" or HOME.url == "":
        return ""
    name = HOME.url.split("?")[0].split("/")[-1]
    style = "chat-widget.css" if name.endswith(".iife.js") else "chat-widget.min.css"
    return HOME.url[: HOME.url.find(name)] + style
