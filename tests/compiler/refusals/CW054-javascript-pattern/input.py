from __future__ import annotations

from widget.browser import js


def f(value: js.Value) -> None:
    match value:
        case "a":
            pass
        case other:
            print(other == 1)
