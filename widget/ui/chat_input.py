"""Where one writes."""

from __future__ import annotations

from widget.model import ChatState
from widget.ui.emote_picker import EmotePicker
from widget.ui.icons import icon
from widget.ui.parts import icon_button, only_if
from widget.ui.stage import Stage
from widget.ui.strings import say
from widget.ui.view import Node, UiEvent, h, listen

MOST_CHARS = 4000
COUNT_FROM = 3600


class ChatInput:
    """The draft and how it is sent. A draft outlives a lost connection and a refused message."""

    def __init__(self, stage: Stage) -> None:
        self._stage: Stage = stage
        self._draft: str = ""
        self.picker: EmotePicker = EmotePicker(stage, self.add_emote)

    def view(self, state: ChatState) -> Node:
        rows = [self._area(), self._send()]
        parts: list[Node] = []
        if len(state.emotes) > 0:
            opened = "true" if self.picker.is_open else "false"
            rows = [icon_button("smile", say("Emotes"), self.picker.on_toggle, opened), *rows]
        if self.picker.is_open:
            parts.append(self.picker.view(state.emotes))
        parts.append(h("div", {"class": "cw-writing"}, rows))
        left = MOST_CHARS - len(self._draft)
        note = self._note(left)
        if note != "":
            parts.append(h("p", {"class": "cw-count cw-bad" if left < 0 else "cw-count", "role": "status"}, [note]))
        return h("form", {"class": "cw-write", "novalidate": ""}, parts, listen("submit", self.on_submit))

    def _area(self) -> Node:
        attrs = {
            "rows": "1",
            "dir": "auto",
            "value": self._draft,
            "autofocus": "",
            "enterkeyhint": "send",
            "aria-label": say("Message"),
            "placeholder": say("Write a message"),
        }
        area = h("textarea", {"class": "cw-area", **attrs}, [], listen("input keydown", self.on_write))
        return h("span", {"class": "cw-grow", "data-text": f"{self._draft} "}, [area])

    def _send(self) -> Node:
        attrs = {"type": "submit", "aria-label": say("Send"), "aria-disabled": only_if(self._content() == "")}
        # The key keeps it apart from the button for emotes, which comes and goes.
        return h("button", {"class": "cw-button cw-primary cw-square", **attrs, "key": "send"}, [icon("send")])

    def _note(self, left: int) -> str:
        if left < 0:
            return say("{} too many", str(-left))
        if left < MOST_CHARS - COUNT_FROM:
            return say("{} left", str(left))
        return say("You are offline. What you write here is kept.") if self._offline() else ""

    def _offline(self) -> bool:
        status = self._stage.chat.get_state().status
        return status == "error" or status == "disconnected"

    def _content(self) -> str:
        """What would be sent now; "" when nothing can be."""
        return "" if self._offline() or len(self._draft) > MOST_CHARS else self._draft.strip()

    def on_write(self, event: UiEvent) -> None:
        """Enter sends, Shift+Enter breaks the line; Enter that picks a word in an input method does neither."""
        if event.key == "":
            self._draft = event.value
            self._stage.changed()
        elif event.key == "Enter" and not event.shift:
            event.prevent()
            self.on_submit(event)

    def on_submit(self, event: UiEvent) -> None:
        content = self._content()
        if content != "":
            self._draft = ""
            self.picker.is_open = False
            self._stage.spawn(self._deliver(content))
            self._stage.changed()

    def add_emote(self, name: str) -> None:
        """Append an emote to the draft, apart from the word before it."""
        space = "" if self._draft == "" or self._draft.endswith(" ") else " "
        self._draft = f"{self._draft}{space}{name} "
        self._stage.changed()

    async def _deliver(self, content: str) -> None:
        """Hand a message to the chat; a refused one comes back into an empty draft."""
        words = content.replace("\n", " ").split(" ")
        used = [emote.id for emote in self._stage.chat.get_state().emotes if emote.name in words]
        try:
            await self._stage.chat.send_message(content, used, [])
        except Exception:
            if self._draft == "":
                self._draft = content
            raise
