"""Names offered while one writes: what stands behind an @ just before the caret, completed from those who are here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from widget.ui.stage import Stage
from widget.ui.strings import say
from widget.ui.view import Node, UiEvent, h, listen

MOST = 6
LONGEST = 40


@dataclass(frozen=True)
class Choice:
    """`word` is what is written; `label` what is offered, with a `note` where two are alike."""

    word: str
    label: str
    note: str = ""


class Completion:
    """`choices` are those for a sign such as "@", in the order in which equals are offered; `write` puts the text
    before the caret in place. Enter and Tab take what is marked, arrows move, Escape puts the offer away."""

    def __init__(self, stage: Stage, choices: Callable[[str], Sequence[Choice]], write: Callable[[str], None]) -> None:
        self._stage: Stage = stage
        self._choices: Callable[[str], Sequence[Choice]] = choices
        self._write: Callable[[str], None] = write
        self._before: str = ""
        self._found: list[Choice] = []
        self._marked: int = 0
        self._put_away: str = ""  # the text it was put away for

    def offer(self, before: str) -> None:
        """What stands before the caret now."""
        self._before = before
        self._marked = 0
        begun = begun_word(before)
        self._found = []
        if begun != "" and before != self._put_away:
            self._found = ranked(self._choices(begun[0]), begun[1:])
        if begun == "":
            self._put_away = ""

    def active_id(self) -> str | None:
        """The id of the marked choice, while there are any."""
        return choice_id(self._marked) if len(self._found) > 0 else None

    def takes(self, event: UiEvent) -> bool:
        """Whether the key was meant for the offer."""
        total = len(self._found)
        if total == 0:
            return False
        steps = {"ArrowDown": 1, "ArrowUp": total - 1}
        if event.key in steps:
            self._marked = (self._marked + steps[event.key]) % total
        elif event.key == "Escape":
            self._put_away = self._before
            self._found = []
        elif (event.key == "Enter" or event.key == "Tab") and not event.shift:
            self._take(self._found[self._marked])
        else:
            return False
        event.prevent()
        self._stage.changed()
        return True

    def view(self) -> list[Node]:
        """A list above the field, which keeps the focus."""
        if len(self._found) == 0:
            return []
        options = [self._option(place, choice) for place, choice in enumerate(self._found)]
        attrs = {
            "class": "cw-offer", "id": "cw-offer", "role": "listbox", "aria-label": say("Suggestions"), "key": "offer",
        }  # fmt: skip
        return [h("ul", attrs, options)]

    def _option(self, place: int, choice: Choice) -> Node:
        def take(event: UiEvent) -> None:
            event.prevent()  # the field keeps the focus
            self._take(choice)

        attrs = {
            "class": "cw-option",
            "id": choice_id(place),
            "role": "option",
            "aria-selected": "true" if place == self._marked else "false",
        }
        words: list[Node | str] = [h("bdi", {}, [choice.label])]
        if choice.note != "":
            words.append(h("span", {"class": "cw-note"}, [choice.note]))
        return h("li", attrs, words, listen("pointerdown", take))

    def _take(self, choice: Choice) -> None:
        begun = begun_word(self._before)
        self._found = []
        self._write(f"{self._before[: len(self._before) - len(begun) + 1]}{choice.word} ")


def begun_word(before: str) -> str:
    """The sign and what follows it up to the caret, "" when none is begun. Names may have spaces in them."""
    tail = before[-LONGEST:]
    at = tail.rfind("@")
    if at < 0 or "\n" in tail[at:] or (at > 0 and tail[at - 1] not in " \n(["):
        return ""
    return tail[at:]


def ranked(choices: Sequence[Choice], begun: str) -> list[Choice]:
    """Those that begin so, then those of which a word does; not one that is written whole with a space behind it."""
    sought = begun.casefold()
    first = [each for each in choices if each.label.casefold().startswith(sought)]
    later = [each for each in choices if not each.label.casefold().startswith(sought)]
    inside = [each for each in later if f" {sought}" in each.label.casefold()]
    return [*first, *inside][:MOST]


def choice_id(place: int) -> str:
    return f"cw-option-{place}"
