"""Where our own file lies and what it holds: each format tells it once, at its end."""

from __future__ import annotations

from widget.browser import js
from widget.browser.document import all_matching


class Home:
    """`url` is the address of the stylesheet beside our file, `style` the stylesheet itself where the file holds it.

    Both are "" where nobody told. `integrity` is that of `url`, where the page pinned our file itself;
    `list_integrity` that of the list of languages, which lies there too.
    """

    def __init__(self) -> None:
        self.url: str = ""
        self.integrity: str = ""
        self.list_integrity: str = ""
        self.style: str = ""

    def tell(self, url: str, integrity: str, list_integrity: str) -> None:
        self.url = url
        self.integrity = integrity
        self.list_integrity = list_integrity


HOME: Home = Home()


def came_from(url: str, integrity: str, list_integrity: str) -> None:
    HOME.tell(url, integrity, list_integrity)


def bring_style(style: str) -> None:
    HOME.style = style


def style_url(given: str) -> str:
    """The option; else what the page links already; else the file beside ours. "" where the style is on board."""
    if given != "":
        return given
    for link in style_links():
        url: str = link.href
        if "chat-widget" in url.split("/")[-1]:
            return url
    return HOME.url


def style_integrity(url: str) -> str:
    """What the stylesheet must hash to: as the page says where it links the same one; else pinned with our file."""
    for link in style_links():
        if link.href == url and link.integrity != "":
            return str(link.integrity)
    return HOME.integrity if url == HOME.url else ""


def style_links() -> list[js.Value]:
    return all_matching("link[rel~=stylesheet]")
