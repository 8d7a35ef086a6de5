"""Emotes' pictures: fetched when they come into view, still where nothing may move, a name where they do not come."""

from __future__ import annotations

from widget.browser import js
from widget.browser.document import window_of

TOUCHES = ("pointerover", "pointerout", "focusin", "focusout")
GIVEN = ("data-still", "data-moving", "data-waits")
AGAIN_MS = 8_000  # 7TV's servers serve an address so many pictures at once and no more


class Pictures:
    """Of one widget, in `root`.

    `data-still` and `data-moving` of an `img` are what its `srcset` may be; one that `data-waits` moves while what it
    stands in is pointed at or has the focus. After a picture that did not come (`data-tries`) its PNG is tried, for
    browsers without WebP, and after a pause the picture once more; `data-failed` of what it stands in tells.
    """

    def __init__(self, root: js.Value) -> None:
        self._root: js.Value = root
        self._touched: js.Value = None
        self._observer: js.Value = None
        self._known: dict[str, bool] = {}  # what came before: of it a new image need not wait to be seen
        for name in TOUCHES:
            root.addEventListener(name, js.listener(self._touch))
        root.addEventListener("error", js.listener(self._failed), True)
        root.addEventListener("load", js.listener(self._came), True)

    def given(self, image: js.Value) -> None:
        """One of those attributes is new."""
        image.removeAttribute("data-tries")
        if self._observer is None:
            self._open()
        self._observer.observe(image)
        if image.getAttribute("data-still") in self._known and not bool(image.isConnected):
            image.toggleAttribute("data-seen", True)
        self._show(image)

    def moved(self) -> None:
        """The widget is in another window, whose view counts now."""
        if self._observer is not None:
            self._observer.disconnect()
            self._open()
            for image in self._all():
                self._observer.observe(image)

    def look(self) -> None:
        """The page was hidden, or is seen again."""
        for image in self._all():
            self._show(image)

    def _open(self) -> None:
        self._observer = js.new(window_of(self._root).IntersectionObserver, js.listener(self._crossed))

    def _all(self) -> list[js.Value]:
        return js.items(self._root.querySelectorAll("[data-still]"))

    def _crossed(self, changes: js.Value) -> None:
        for change in js.items(changes):
            change.target.toggleAttribute("data-seen", bool(change.isIntersecting))
            self._show(change.target)

    def _touch(self, event: js.Value) -> None:
        boxes = [self._touched]
        is_over = event.type == "pointerover" or event.type == "focusin"
        target = event.target
        self._touched = (target.parentNode if target.tagName == "IMG" else target) if is_over else None
        for box in (*boxes, self._touched):
            if box is not None:
                for image in js.items(box.querySelectorAll(":scope > [data-waits]")):
                    self._show(image)

    def _show(self, image: js.Value) -> None:
        wanted = self._wanted(image)
        if wanted is None:
            image.removeAttribute("srcset")
        elif image.srcset != wanted:
            image.srcset = wanted

    def _wanted(self, image: js.Value) -> js.Value:
        tries = tries_of(image)
        if not bool(image.hasAttribute("data-seen")) or tries == 2 or tries > 3:
            return None
        still: str = image.getAttribute("data-still")
        if tries == 1:
            return still.replace(".webp", ".png")
        moving = image.getAttribute("data-moving")
        waits = bool(image.hasAttribute("data-waits")) and image.parentNode != self._touched
        if moving is None or waits:
            return still
        return None if bool(image.ownerDocument.hidden) else moving  # a page that goes has no time for another file

    def _came(self, event: js.Value) -> None:
        self._known[event.target.getAttribute("data-still")] = True
        if event.target.parentNode is not None:
            event.target.parentNode.removeAttribute("data-failed")

    def _failed(self, event: js.Value) -> None:
        image = event.target
        if not bool(image.hasAttribute("data-still")):
            return
        tries = tries_of(image) + 1
        image.dataset.tries = tries
        image.parentNode.toggleAttribute("data-failed", tries > 1)
        self._show(image)
        if tries == 2:
            js.window.setTimeout(js.listener(lambda: self._again(image)), AGAIN_MS)

    def _again(self, image: js.Value) -> None:
        if tries_of(image) == 2:
            image.dataset.tries = 3
            self._show(image)


def tries_of(image: js.Value) -> int:
    tries: int = js.window.Number(image.getAttribute("data-tries"))
    return tries
