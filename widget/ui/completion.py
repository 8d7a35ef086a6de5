"""What is offered while one writes: names behind an @, emoji and emotes behind a colon; and emotes by Tab."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from widget.ui.stage import Stage
from widget.ui.strings import say, say_count
from widget.ui.view import Effect, Node, UiEvent, h, listen

MOST = 6
LONGEST = 40
LEAST = 2  # letters: behind one there is many a :) and :P


@dataclass(frozen=True)
class Choice:
    """`word` is what is written; `label` what is offered, with a `note` and a `picture` of it."""

    word: str
    label: str
    note: str = ""
    picture: Sequence[Node | str] = ()


class Completion:
    """`choices` are those for what is begun, "@be" or ":ow" or, for Tab, a bare word. `write` puts a text in place of
    what stands behind a part of what is before the caret.

    Of what is offered Enter and Tab take what is marked, arrows move. Tab behind a word without an offer writes the
    first emote that it begins, and then the next; with Shift the one before. Escape undoes either; then Tab leaves.
    """

    def __init__(
        self, stage: Stage, choices: Callable[[str], Sequence[Choice]], write: Callable[[str, str], None]
    ) -> None:
        self._stage: Stage = stage
        self._choices: Callable[[str], Sequence[Choice]] = choices
        self._write: Callable[[str, str], None] = write
        self._before: str = ""
        self._found: list[Choice] = []
        self._marked: int = 0
        self._put_away: int = -1  # where the word begins that it was put away for
        self._left: str = ""  # what stood before the caret at the last Escape
        self._ring: list[Choice] = []  # what Tab goes through
        self._turn: int = 0
        self._start: str = ""  # what stands before the word
        self._typed: str = ""
        self._written: str = ""  # before the caret, by Tab

    def offer(self, before: str) -> None:
        """What stands before the caret now."""
        self._before = before
        self._marked = 0
        if before != self._written:
            self._ring = []
        begun = begun_word(before)
        place = -1 if begun == "" else len(before) - len(begun)
        self._found = [] if place < 0 or place == self._put_away else [*self._choices(begun)]
        if place != self._put_away:
            self._put_away = -1

    def look(self, before: str) -> None:
        """Where the caret stands now: what is offered for another place would be written into the wrong word."""
        if len(self._found) > 0 and before != self._before:
            self._found = []
            self._stage.changed()

    def active_id(self) -> str | None:
        """The id of the marked choice, while there are any."""
        return choice_id(self._marked) if len(self._found) > 0 else None

    def takes(self, event: UiEvent) -> bool:
        """Whether the key was meant for the offer."""
        total = len(self._found)
        steps = {"ArrowDown": 1, "ArrowUp": total - 1}
        if event.key == "Escape":
            self._left = event.before
            if total == 0 and len(self._ring) == 0:
                return False
            self._escape()
        elif total == 0:
            if event.key != "Tab" or event.control or not self._tab(event):
                return False
        elif event.key in steps:
            self._marked = (self._marked + steps[event.key]) % total
            self._stage.do(Effect("show", choice_id(self._marked)))
        elif (event.key == "Enter" or event.key == "Tab") and not event.shift and not event.control:
            self._take(self._found[self._marked])
        else:
            return False
        event.prevent()
        self._stage.changed()
        return True

    def _escape(self) -> None:
        if len(self._found) > 0:
            self._put_away = len(self._before) - len(begun_word(self._before))
            self._found = []
        else:
            self._ring = []
            self._left = self._start + self._typed
            self._write(self._start, self._typed)

    def _tab(self, event: UiEvent) -> bool:
        """Whether there is an emote for it. Only behind a word: elsewhere Tab leads on."""
        if len(self._ring) == 0 or event.before != self._written:
            word = event.before.replace("\n", " ").split(" ")[-1]
            if event.shift or len(word) < LEAST or event.before == self._left or event.after[:1] not in ("", " ", "\n"):
                return False
            self._ring = [*self._choices(word)]
            self._start = event.before[: len(event.before) - len(word)]
            self._typed = word
            self._turn = -1
        total = len(self._ring)
        if total == 0:
            return False
        self._turn = (self._turn + (total - 1 if event.shift else 1)) % total
        word = f"{self._ring[self._turn].word} "
        self._written = self._start + word
        self._write(self._start, word)
        return True

    def view(self) -> list[Node]:
        """A list above the field, which keeps the focus; and what a screen reader says of it."""
        total = len(self._found)
        heard = ""
        if total > 0:
            heard = f"{say_count('1 suggestion', '{} suggestions', total)}, {self._found[self._marked].label}"
        elif len(self._ring) > 0:
            heard = self._ring[self._turn].label
        status = h("p", {"class": "cw-hidden", "role": "status", "key": "heard"}, [heard])
        if total == 0:
            return [status]
        options = [self._option(place, choice) for place, choice in enumerate(self._found)]
        attrs = {
            "class": "cw-offer", "id": "cw-offer", "role": "listbox", "aria-label": say("Suggestions"), "key": "offer",
        }  # fmt: skip
        return [status, h("ul", attrs, options)]

    def _option(self, place: int, choice: Choice) -> Node:
        def take(event: UiEvent) -> None:
            event.prevent()  # the field keeps the focus
            self._take(choice)

        attrs = {
            "class": "cw-option",
            "id": choice_id(place),
            "role": "option",
            "aria-selected": "true" if place == self._marked else "false",
            "key": f"{place} {choice.word}",  # another one's picture would stay until its own has come
        }
        words: list[Node | str] = [h("bdi", {}, [choice.label])]
        if len(choice.picture) > 0:
            words = [h("span", {"class": "cw-option-picture", "aria-hidden": "true"}, choice.picture), *words]
        if choice.note != "":
            words.append(h("span", {"class": "cw-note"}, [choice.note]))
        return h("li", attrs, words, listen("pointerdown", take))

    def _take(self, choice: Choice) -> None:
        begun = begun_word(self._before)
        kept = 1 if begun[0] == "@" else 0
        self._found = []
        self._write(self._before[: len(self._before) - len(begun) + kept], f"{choice.word} ")


def begun_word(before: str) -> str:
    """The sign and what follows it up to the caret, "" when none is begun. Names of people may have spaces in them."""
    tail = before[-LONGEST:]
    word = tail.replace("\n", " ").split(" ")[-1].lstrip("([")
    if word[:1] == ":" and len(word) > LEAST and ":" not in word[1:]:
        return word
    at = tail.rfind("@")
    if at < 0 or "\n" in tail[at:] or (at > 0 and tail[at - 1] not in " \n(["):
        return ""
    return tail[at:]


def ranked(choices: Sequence[Choice], begun: str) -> list[Choice]:
    """Those that begin so, then those of which a word does; not one that is written whole with a space behind it."""
    sought = begun.lower()
    first = [each for each in choices if each.label.lower().startswith(sought)]
    later = [each for each in choices if not each.label.lower().startswith(sought)]
    inside = [each for each in later if f" {sought}" in each.label.lower()]
    return [*first, *inside][:MOST]


def choice_id(place: int) -> str:
    return f"cw-option-{place}"
