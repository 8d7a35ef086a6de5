"""What was said last in a room, for who has not signed in: a dialog, and from there the way in."""

from __future__ import annotations

from collections.abc import Callable

from widget.model import ChatMessage, RoomLook, RoomMetadata
from widget.ui.chat_message import Shown, head, token_node
from widget.ui.parts import avatar, loading, mistake, room_name, vouched
from widget.ui.question import ANSWERS, question
from widget.ui.stage import Stage, Work
from widget.ui.strings import isolated, say
from widget.ui.tokens import tokenize
from widget.ui.view import Effect, Node, h


class LookDialog:
    """`enter` leads into a room, through the sign-in."""

    def __init__(self, stage: Stage, enter: Callable[[str], None]) -> None:
        self._stage: Stage = stage
        self._enter: Callable[[str], None] = enter
        self._work: Work = Work(stage)
        self._room_id: str = ""
        self._look: RoomLook | None = None

    def open(self, room: RoomMetadata) -> None:
        self._room_id = room.room_id
        self._look = None
        self._work.spawn(self._ask(room.room_id))
        join = ("primary", lambda: say("Sign in to join"), lambda: self._enter(room.room_id))
        question(self._stage, lambda: room_name(room), self._parts, [join])

    async def _ask(self, room_id: str) -> None:
        look = await self._stage.chat.look(room_id)
        if room_id == self._room_id:
            self._look = look
            self._stage.do(Effect("show", ANSWERS))  # the newest stand above them

    def _parts(self) -> list[Node]:
        look = self._look
        if look is None:
            return [loading(say("One moment")) if self._work.busy else mistake(self._work.error)]
        words = say("Nothing was said yet.")
        if len(look.messages) > 0:
            words = say("Shown by {}. There may be more.", isolated(look.shown_by))
        return [*[self._line(message) for message in look.messages], h("p", {"class": "cw-sub"}, [words])]

    def _line(self, message: ChatMessage) -> Node:
        time = self._stage.language.time(message.timestamp)
        shown = Shown(time, True, True, False, {}, [], "never", vouched(message.via))
        text = [token_node(token) for token in tokenize(message.content, {}, [])]
        said = [head(message, shown), h("p", {"class": "cw-bubble", "dir": "auto"}, text)]
        parts = [avatar(message.sender_id, message.sender_name), h("div", {"class": "cw-said"}, said)]
        return h("article", {"class": "cw-message cw-theirs cw-first", "key": message.id}, parts)
