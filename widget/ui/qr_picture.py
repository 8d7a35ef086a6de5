"""A QR code as it is drawn."""

from __future__ import annotations

from widget.ui.qr import QUIET, qr_path
from widget.ui.strings import say
from widget.ui.view import Node, h


def qr_picture(text: str) -> list[Node]:
    """Dark on light in every theme, or nothing for a text that is too long."""
    squares, size = qr_path(text)
    if size == 0:
        return []
    box = f"-{QUIET} -{QUIET} {size + 2 * QUIET} {size + 2 * QUIET}"
    attrs = {"class": "cw-qr", "viewBox": box, "role": "img", "aria-label": say("QR code")}
    return [h("svg", attrs, [h("path", {"d": squares})])]
