"""Where the focus goes when what had it goes, and when something new wants it."""

from __future__ import annotations

from widget.browser import js


class Focus:
    """Of one widget, in `root`. It never takes the focus from a field of the page."""

    def __init__(self, root: js.Value) -> None:
        self._root: js.Value = root
        self._wanted: js.Value = None
        self._came_from: list[js.Value] = []
        self.engaged: bool = False  # one has used the widget

    def now(self) -> js.Value:
        return self._root.getRootNode().activeElement

    def want(self, element: js.Value) -> None:
        """It appears with `autofocus`, of which a drawing has one."""
        self._wanted = element

    def keep(self, before: js.Value) -> None:
        """After a drawing; `before` had the focus.

        When what has the focus goes, the last that gave it away and can have it gets it back, or the dialog does.
        """
        wanted = self._wanted
        self._wanted = None
        self._came_from = [each for each in self._came_from if bool(each.isConnected)]
        inside = bool(self._root.contains(before))
        gone = before is not None and not bool(before.isConnected)
        target: js.Value = None
        if wanted is None and gone:
            free = [each for each in self._came_from if each.closest("[inert]") is None]
            target = free[-1] if len(free) > 0 else self._root.querySelector("[aria-modal]:not([inert])")
        elif wanted is not None and (inside or gone or self._free()):
            target = wanted
            if inside:
                self._came_from = [*[each for each in self._came_from if each != before], before]
        if target is not None:
            give(target, inside or gone)

    def _free(self) -> bool:
        """Nothing else on the page has the focus."""
        active = self._root.ownerDocument.activeElement
        return self.engaged and (active is None or active.tagName == "BODY")


def give(target: js.Value, reader_is_there: bool) -> None:
    """Otherwise the page stays where it is."""
    target.focus(js.options({"preventScroll": True}))
    if reader_is_there:
        target.scrollIntoView(js.options({"block": "nearest"}))
