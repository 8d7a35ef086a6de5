"""The digits that two people read to each other, to be sure that nobody sits between them."""

from __future__ import annotations

from widget.model import Participant
from widget.ui.qr_picture import qr_picture
from widget.ui.question import question
from widget.ui.stage import Stage
from widget.ui.strings import isolated, say
from widget.ui.view import Node, h


class Numbers:
    """The safety number with one person, and the two answers to it."""

    def __init__(self, stage: Stage) -> None:
        self._stage: Stage = stage

    async def show(self, person: Participant, top: str) -> None:
        """Over the layer `top`: not to who has opened or closed something meanwhile."""
        number = await self._stage.chat.safety_number(person.user_id)
        if self._stage.layers.top() != top:
            return
        picture = qr_picture(number.replace(" ", ""))
        question(
            self._stage,
            lambda: say("Compare numbers"),
            lambda: digits(number, person.user_name, picture),
            [
                ("plain", lambda: say("They are the same"), lambda: self._answer(person, number, True)),
                ("plain", lambda: say("They differ"), lambda: self._answer(person, number, False)),
            ],
        )

    def _answer(self, person: Participant, seen: str, same: bool) -> None:
        self._stage.spawn(self._compare(person, seen, same))

    async def _compare(self, person: Participant, seen: str, same: bool) -> None:
        """The answer is about what was seen, not about a device that has come in between."""
        if await self._stage.chat.safety_number(person.user_id) != seen:
            await self.show(person, self._stage.layers.top())
            self._stage.tell(lambda: say("The numbers have changed. Compare them again."))
            return
        await self._stage.chat.compare(person.user_id, same)
        if not same:
            name = isolated(person.user_name)
            self._stage.tell(lambda: say("Somebody may sit between you: tell {} no secrets here.", name))


def digits(number: str, name: str, picture: list[Node]) -> list[Node]:
    """Read aloud, they are single ones. The other may scan them as well."""
    aloud = " ".join(list(number.replace(" ", ",")))
    lead = say(
        "Read these to {} by another way, such as a call. If both see the same, nobody sits between you.",
        isolated(name),
    )
    return [
        h("p", {"class": "cw-digits", "dir": "ltr", "role": "img", "aria-label": aloud}, [number]),
        h("p", {"class": "cw-sub"}, [lead]),
        *picture,
    ]
