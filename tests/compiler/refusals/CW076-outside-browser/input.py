# module: widget.core.sample
from __future__ import annotations

from widget.browser import js


def f() -> js.Value:
    return js.window.document
