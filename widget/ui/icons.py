"""The owl and the icons, drawn as SVG nodes on a 24 x 24 grid."""

from __future__ import annotations

from collections.abc import Sequence

from widget.ui.view import Node, h

PATHS: dict[str, str] = {
    "send": "M5 12h14M13 6l6 6-6 6",
    "people": "M9 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6M3 19c1-6 11-6 12 0M15 5a3 3 0 0 1 0 6M17 14c2 1 4 2 4 5",
    "link": "M10 14a4 4 0 0 0 6 0l3-3a4 4 0 0 0-6-6l-1 1M14 10a4 4 0 0 0-6 0l-3 3a4 4 0 0 0 6 6l1-1",
    "leave": "M14 5H6v14h8M11 12h9M16 8l4 4-4 4",
    "back": "M15 6l-6 6 6 6",
    "close": "M6 6l12 12M6 18L18 6",
    "search": "M11 17a6 6 0 1 0 0-12 6 6 0 0 0 0 12M15 15l5 5",
    "lock": "M6 11h12v8H6zM8 11V8a4 4 0 0 1 8 0v3",
    "down": "M12 5v13M6 12l6 6 6-6",
    "smile": "M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16M9 14c1 2 5 2 6 0M9 9v1M15 9v1",
    "sent": "M5 12l5 5 9-9",
    "delivered": "M1 12l5 5 9-9M12 15l2 2 9-9",
    "sending": "M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16M12 8v4l3 2",
    "chat": "M5 6h14v10h-8l-4 4v-4H5z",
    "copy": "M9 9h10v10H9zM5 15V5h10",
    "out": "M12 4v8M7 7a7 7 0 1 0 10 0",
    "more": "M5 11a1 1 0 1 0 0 2 1 1 0 0 0 0-2M12 11a1 1 0 1 0 0 2 1 1 0 0 0 0-2M19 11a1 1 0 1 0 0 2 1 1 0 0 0 0-2",
    "settings": "M4 7h9M17 7h3M15 5a2 2 0 1 0 0 4 2 2 0 0 0 0-4M4 17h3M11 17h9M9 15a2 2 0 1 0 0 4 2 2 0 0 0 0-4",
    "alert": "M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16M12 8v4M12 16v0",
}
HEAD = "M4 3c3 0 4 2 8 2s5-2 8-2q1 3 1 7c0 7-4 11-9 11S3 17 3 10q0-4 1-7"
EYES_AND_BEAK = "M8 7a3 3 0 1 1 0 7 3 3 0 1 1 0-7M16 7a3 3 0 1 1 0 7 3 3 0 1 1 0-7M12 13l2 2-2 3-2-3"
PUPILS = "M8 9a1 1 0 1 1 0 3 1 1 0 1 1 0-3M16 9a1 1 0 1 1 0 3 1 1 0 1 1 0-3"


def icon(name: str) -> Node:
    """A line icon; decoration beside words or under an aria-label."""
    return svg(f"cw-icon cw-icon-{name}", [path("", PATHS[name])])


def owl() -> Node:
    """The mark: an owl's face with two watchful eyes."""
    return svg("cw-owl", [path("cw-owl-head", HEAD), path("cw-owl-eyes", EYES_AND_BEAK), path("cw-owl-head", PUPILS)])


def path(classes: str, data: str) -> Node:
    return h("path", {"class": classes, "d": data})


def svg(classes: str, children: Sequence[Node]) -> Node:
    return h("svg", {"class": classes, "viewBox": "0 0 24 24", "aria-hidden": "true"}, children)
