from __future__ import annotations

from widget.browser import js


def f(target: js.Value) -> None:
    target.send({"a": 1})
    target.items = [1]
    js.new(target, b"x")
