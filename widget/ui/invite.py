"""The invite of the room one is in: as a link and a code to be scanned, with who can come in by it."""

from __future__ import annotations

from widget.model import ChatState, RoomMetadata
from widget.ui.powers import my_role
from widget.ui.qr_picture import qr_picture
from widget.ui.question import question
from widget.ui.stage import Stage
from widget.ui.strings import say
from widget.ui.view import Node, h


class Invite:
    """What is copied, and the dialog that shows it. A private room gets a new one from its host and moderators."""

    def __init__(self, stage: Stage) -> None:
        self._stage: Stage = stage
        self._link: str = ""
        self._code: list[Node] = []

    def show(self, state: ChatState, room: RoomMetadata) -> None:
        answers = [("primary", lambda: say("Copy invite"), self.copy)]
        if not room.is_public and my_role(state.participants) != "member":
            answers.append(("quiet", lambda: say("New invite"), self._renew))
        question(self._stage, lambda: say("Invite people"), lambda: self._parts(room), answers)

    def copy(self) -> None:
        self._stage.spawn(self._copy())

    def _now(self) -> str:
        return self._stage.page.link(self._stage.chat.get_invite())

    def _parts(self, room: RoomMetadata) -> list[Node]:
        who = say("Not listed. Only people with the invite can join.")
        if room.is_public:
            who = say("Listed here. Anyone who signs in can join and read.")
        if room.approval:
            who += " " + say("A host or moderator lets each person in.")
        link = self._now()
        if link != self._link:
            self._link = link
            self._code = qr_picture(link)
        return [h("p", {"class": "cw-sub"}, [who]), h("p", {"class": "cw-address", "dir": "ltr"}, [link]), *self._code]

    def _renew(self) -> None:
        self._stage.spawn(self._renewed())

    async def _renewed(self) -> None:
        await self._stage.chat.renew_invite()
        self._stage.tell(lambda: say("There is a new invite. The old one lets nobody new in."))

    async def _copy(self) -> None:
        link = self._now()
        copied = await self._stage.page.copy(link)
        self._stage.tell(
            lambda: say("Invite copied.") if copied else say("The invite could not be copied. It is {}", link)
        )
