"""The owl and the icons, drawn as SVG nodes on a 24 x 24 grid."""

from __future__ import annotations

from collections.abc import Sequence

from widget.ui.view import Node

PATHS: dict[str, str] = {
    "send": "M4.5 12h14M13 6.5l5.5 5.5-5.5 5.5",
    "people": "M9 11.5a3.2 3.2 0 1 0 0-6.4 3.2 3.2 0 0 0 0 6.4ZM3.5 19c.4-3 2.6-4.8 5.5-4.8s5.1 1.8 5.5 4.8"
    "M15.5 5.4a3 3 0 0 1 0 5.8"
    "M17 14.6c2 .6 3.2 2.2 3.5 4.4",
    "link": "M10 14a4 4 0 0 0 5.7 0l3-3A4 4 0 0 0 13 5.3l-1 1M14 10a4 4 0 0 0-5.7 0l-3 3a4 4 0 0 0 5.7 5.7l1-1",
    "leave": "M14 5H7a1.5 1.5 0 0 0-1.5 1.5v11A1.5 1.5 0 0 0 7 19h7M10.5 12h9M16 8.5l3.5 3.5-3.5 3.5",
    "back": "M14.5 6l-6 6 6 6",
    "close": "M6.5 6.5l11 11M17.5 6.5l-11 11",
    "refresh": "M19 12a7 7 0 1 1-2.2-5.1M19 4.5v4h-4",
    "search": "M11 17a6 6 0 1 0 0-12 6 6 0 0 0 0 12ZM15.5 15.5L20 20",
    "lock": "M7 11V8.5a5 5 0 0 1 10 0V11M6.5 11h11a1 1 0 0 1 1 1v6.5a1 1 0 0 1-1 1h-11a1 1 0 0 1-1-1V12a1 1 0 0 1 1-1Z",
    "down": "M12 5.5v12M6.5 12.5L12 18l5.5-5.5",
    "smile": "M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17ZM8.5 14.2c1.8 2.4 5.2 2.4 7 0M9 9.4v.4M15 9.4v.4",
    "check": "M5.5 12.5l4.2 4.2L18.5 8",
    "clock": "M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16ZM12 7.5V12l3 2",
    "alert": "M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17ZM12 7.5v5.2M12 16v.3",
}

HEAD = (
    "M4.2 3.2c2.2.2 4.4 1.5 7.8 1.5s5.6-1.3 7.8-1.5c.8 2 1.2 4.3 1.2 6.8 0 6.4-3.9 11-9 11"
    "s-9-4.6-9-11c0-2.5.4-4.8 1.2-6.8Z"
)
BEAK = "M12 12.6l1.7 2.2L12 17.4l-1.7-2.6Z"


def icon(name: str) -> Node:
    """A line icon; decoration beside words or under an aria-label."""
    return svg(f"cw-icon cw-icon-{name}", [path("", PATHS[name])])


def owl() -> Node:
    """The mark: an owl's face with two watchful eyes."""
    return svg("cw-owl", [path("cw-owl-head", HEAD), path("cw-owl-beak", BEAK), *eye("8"), *eye("16")])


def eye(x: str) -> list[Node]:
    return [circle("cw-owl-eye", x, "3.3"), circle("cw-owl-pupil", x, "1.5")]


def circle(name: str, x: str, radius: str) -> Node:
    return Node("circle", name, [], ["cx", x, "cy", "10.4", "r", radius])


def path(name: str, data: str) -> Node:
    return Node("path", name, [], ["d", data])


def svg(name: str, children: Sequence[Node]) -> Node:
    return Node("svg", name, children, ["viewBox", "0 0 24 24", "aria-hidden", "true"])
