"""The digits that two people read to each other, to be sure that nobody sits between them."""

from __future__ import annotations

from collections.abc import Callable

from widget.model import Participant
from widget.ui.parts import button, opened
from widget.ui.stage import Stage
from widget.ui.strings import say
from widget.ui.view import Node, UiEvent, h


class Numbers:
    """The safety number with `who`, and the two answers to it, after which it closes."""

    def __init__(self, stage: Stage, close: Callable[[], None]) -> None:
        self._stage: Stage = stage
        self._close: Callable[[], None] = close
        self.who: str = ""
        self._number: str = ""

    def view(self, person: Participant) -> Node:
        """Read aloud, the digits are single ones."""
        seen = self._number
        aloud = " ".join(list(seen.replace(" ", ",")))
        lead = say(
            "Read these to {} by another way, such as a call. If both see the same, nobody sits between you.",
            person.user_name,
        )

        def answer(same: bool) -> None:
            self._stage.spawn(self._compare(person, seen, same))

        parts = [
            h("p", {"class": "cw-digits", "dir": "ltr", "role": "img", "aria-label": aloud}, [seen]),
            h("p", {"class": "cw-sub"}, [lead]),
            button("plain", say("They are the same"), lambda event: answer(True)),
            button("plain", say("They differ"), lambda event: answer(False)),
            button("quiet", say("Cancel"), self.on_cancel),
        ]
        return opened(say("Compare numbers"), parts, "numbers")

    async def show(self, who: str) -> None:
        self._number = await self._stage.chat.safety_number(who)
        self.who = who
        self._stage.changed()

    async def _compare(self, person: Participant, seen: str, same: bool) -> None:
        """The answer is about what was seen, not about a device that has come in between."""
        await self.show(person.user_id)
        if self._number != seen:
            self._stage.tell(say("The numbers have changed. Compare them again."))
            return
        self._close()
        await self._stage.chat.compare(person.user_id, same)
        if not same:
            self._stage.tell(say("Somebody may sit between you: tell {} no secrets here.", person.user_name))

    def on_cancel(self, event: UiEvent) -> None:
        self._close()
