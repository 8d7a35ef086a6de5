"""Puts a layer beside what it belongs to, inside the widget: nothing is cut off by its edge."""

from __future__ import annotations

from widget.browser import js

GAP_PX = 4
EDGE_PX = 8


def place(layer: js.Value, anchor: js.Value, root: js.Value) -> None:
    """Below the anchor, above it where there is no room; its end at the anchor's end, its start at the anchor's start
    where that is cut off by `root`, as far as that lets it."""
    frame = root.getBoundingClientRect()
    beside = anchor.getBoundingClientRect()
    width: float = layer.offsetWidth
    height: float = layer.offsetHeight
    above: float = beside.top - frame.top
    below: float = frame.bottom - beside.bottom
    top: float = beside.bottom - frame.top + GAP_PX
    if below < height + GAP_PX + EDGE_PX:
        top = above - height - GAP_PX
    left: float = beside.left - frame.left
    right: float = beside.right - frame.left - width
    is_rtl = js.window.getComputedStyle(root).direction == "rtl"
    if left + width > frame.width if is_rtl else right >= 0:
        left = right
    layer.style.left = f"{within(left, frame.width - width)}px"
    layer.style.top = f"{within(top, frame.height - height)}px"


def within(wanted: float, room: float) -> js.Value:
    return js.window.Math.round(js.window.Math.max(EDGE_PX, js.window.Math.min(wanted, room - EDGE_PX)))
