"""Where one writes."""

from __future__ import annotations

from widget.model import ChatState, EmoteData
from widget.ui.emote_picker import EmotePicker
from widget.ui.icons import icon
from widget.ui.parts import icon_button
from widget.ui.stage import Stage, words_of
from widget.ui.strings import say
from widget.ui.view import Node, UiEvent, h, text

MOST_CHARS = 4000
COUNT_FROM = 3600


class ChatInput:
    """The draft and how it is sent. A draft outlives a lost connection and a refused message."""

    def __init__(self, stage: Stage) -> None:
        self._stage: Stage = stage
        self._draft: str = ""
        self._emotes: dict[str, EmoteData] = {}
        self.picker: EmotePicker = EmotePicker(stage, self.add_emote)

    def view(self, state: ChatState) -> Node:
        self._emotes = {emote.name: emote for emote in state.emotes}
        offline = state.status == "error" or state.status == "disconnected"
        rows: list[Node] = []
        if len(state.emotes) > 0:
            rows.append(icon_button("smile", say("Emotes"), self.picker.on_toggle, self.picker.pressed()))
        rows += [self._area(), self._send(offline)]
        parts = [self.picker.view(state.emotes), h("div", {"class": "cw-writing"}, rows)]
        note = self._note(offline)
        if note != "":
            over = len(self._draft) > MOST_CHARS
            parts.append(h("p", {"class": "cw-count cw-bad" if over else "cw-count", "role": "status"}, [text(note)]))
        return h("form", {"class": "cw-write", "novalidate": ""}, parts, {"submit": self.on_submit}, "write")

    def _area(self) -> Node:
        attrs = {
            "class": "cw-area", "rows": "1", "dir": "auto", "value": self._draft, "autofocus": "",
            "enterkeyhint": "send",
            "aria-label": say("Message"), "placeholder": say("Write a message"),
        }  # fmt: skip
        return h(
            "span",
            {"class": "cw-grow", "data-text": self._draft + " "},
            [h("textarea", attrs, [], {"input": self.on_input, "keydown": self.on_key})],
        )

    def _send(self, offline: bool) -> Node:
        attrs = {"class": "cw-button cw-primary cw-square", "type": "submit", "aria-label": say("Send")}
        if offline or self._text() == "" or len(self._draft) > MOST_CHARS:
            attrs["aria-disabled"] = "true"
        return h("button", attrs, [icon("send")])

    def _note(self, offline: bool) -> str:
        left = MOST_CHARS - len(self._draft)
        if left < 0:
            return say("{} too many", str(-left))
        if len(self._draft) > COUNT_FROM:
            return say("{} left", str(left))
        return say("You are offline. What you write here is kept.") if offline else ""

    def _text(self) -> str:
        return self._draft.strip()

    def on_input(self, event: UiEvent) -> None:
        self._draft = event.value
        self._stage.changed()

    def on_key(self, event: UiEvent) -> None:
        """Enter sends, Shift+Enter breaks the line; Enter that picks a word in an input method does neither."""
        if event.key == "Enter" and not event.shift and not event.composing:
            event.prevent()
            self._go()

    def on_submit(self, event: UiEvent) -> None:
        event.prevent()
        self._go()

    def add_emote(self, name: str) -> None:
        """Append an emote to the draft, apart from the word before it."""
        space = "" if self._draft == "" or self._draft.endswith(" ") else " "
        self._draft = f"{self._draft}{space}{name} "
        self._stage.changed()

    def _go(self) -> None:
        status = self._stage.chat.get_state().status
        content = self._text()
        if content == "" or len(self._draft) > MOST_CHARS or status == "error" or status == "disconnected":
            return
        self._draft = ""
        self.picker.close()
        self._stage.clock.spawn(self.send(content))
        self._stage.changed()

    async def send(self, content: str) -> None:
        """Hand a message to the chat; a refused one comes back into an empty draft."""
        try:
            await self._stage.chat.send_message(content, self._used(content), [])
        except Exception as error:
            if self._draft == "":
                self._draft = content
            self._stage.tell(words_of(error))

    def _used(self, content: str) -> list[str]:
        """The ids of the emotes a text names, each once."""
        found: list[str] = []
        for word in content.replace("\n", " ").split(" "):
            if word in self._emotes and self._emotes[word].id not in found:
                found.append(self._emotes[word].id)
        return found
