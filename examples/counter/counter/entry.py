"""Buttons that say how often they were pressed: `<button data-counter>` anywhere in the page."""

from __future__ import annotations

from widget.browser import js


class Counter:
    """One button and its number."""

    def __init__(self, button: js.Value) -> None:
        self.button: js.Value = button
        self.count: int = 0
        self.show()

    def press(self, event: js.Value) -> None:
        self.count += 1
        self.show()

    def show(self) -> None:
        self.button.textContent = f"Pressed {self.count} {'time' if self.count == 1 else 'times'}"


def start() -> None:
    for button in js.items(js.window.document.querySelectorAll("[data-counter]")):
        counter = Counter(button)
        button.addEventListener("click", js.listener(counter.press))


start()
