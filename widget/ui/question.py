"""A question before something that cannot be undone."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from widget.ui.layers import Layer
from widget.ui.parts import button
from widget.ui.stage import Stage
from widget.ui.strings import Words, say
from widget.ui.view import Node, UiEvent, h

NAME = "question"
ANSWERS = "cw-answers"  # the id of the row of buttons


def ask(stage: Stage, title: Words, lead: Words, yes: Words, act: Callable[[], None], look: str = "danger") -> None:
    """A dialog with the answers `yes`, after which `act` is called, and Cancel."""
    question(stage, title, lambda: [h("p", {"class": "cw-sub"}, [lead()])], [(look, yes, act)])


def question(
    stage: Stage,
    title: Words,
    parts: Callable[[], Sequence[Node]],
    answers: Sequence[tuple[str, Words, Callable[[], None]]],
) -> None:
    """The dialog `title` with `parts` in it and a button for each answer: its look, its words, what it does."""

    def view() -> list[Node]:
        head = h("h3", {"class": "cw-panel-title"}, [h("bdi", {}, [title()])])
        ways = [answer(name, label, act) for name, label, act in answers]
        ways.append(button("quiet", say("Cancel"), close))
        return [head, *parts(), h("div", {"class": "cw-row", "id": ANSWERS}, ways)]

    def answer(name: str, label: Words, act: Callable[[], None]) -> Node:
        def chosen(event: UiEvent) -> None:
            stage.layers.close(NAME)
            act()

        return button(name, label(), chosen)

    def close(event: UiEvent) -> None:
        stage.layers.close(NAME)

    stage.layers.open(Layer(NAME, "dialog", title, "", view, lambda: None))
