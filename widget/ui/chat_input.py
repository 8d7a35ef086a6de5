"""Where one writes."""

from __future__ import annotations

from widget.core.namesakes import namesakes
from widget.emotes.parse import sent_ids
from widget.model import ChatState
from widget.ui.completion import MOST, Choice, Completion, ranked
from widget.ui.emote_image import emote_image
from widget.ui.emote_picker import EmotePicker
from widget.ui.icons import icon
from widget.ui.palette import Palette
from widget.ui.parts import only_if
from widget.ui.powers import is_in, rank
from widget.ui.search import INSIDE, Entry, matches, shortcode
from widget.ui.shortcodes import with_emoji
from widget.ui.stage import Stage
from widget.ui.strings import number, say
from widget.ui.view import Effect, Node, UiEvent, h, listen
from widget.wire.blank import is_blank

MOST_CHARS = 4000
COUNT_FROM = 3600
PICTURE_PX = 24
PASTED_CHARS = 20000  # a message can be cut out of that


class ChatInput:
    """The draft and how it is sent. A draft outlives a lost connection and a refused message."""

    def __init__(self, stage: Stage) -> None:
        self._stage: Stage = stage
        self._draft: str = ""
        self._before: str = ""  # of the draft, what stands before the caret
        self._room_id: str = ""
        self._palette: Palette = Palette(stage)
        self._groups: list[list[Entry]] = self._palette.groups
        self._picker: EmotePicker = EmotePicker(stage, self._palette, self.add)
        self._completion: Completion = Completion(stage, self._choices, self._put)

    def entered(self) -> None:
        """Each room has its own draft."""
        room = self._stage.chat.get_state().room
        self._room_id = "" if room is None else room.room_id
        self._write("")
        self._stage.spawn(self._recall(self._room_id))

    def forget(self) -> None:
        self._palette.forget()
        self._room_id = ""
        self._write("")

    def view(self, state: ChatState) -> Node:
        if self._groups is not self._palette.groups:  # what was begun may be among what has come
            self._groups = self._palette.groups
            self._completion.offer(self._before)
        rows = [self._opener(), self._area(), self._send(), *self._completion.view()]
        parts = [h("div", {"class": "cw-writing"}, rows)]
        left = MOST_CHARS - len(self._draft)
        note = self._note(left)
        if note != "":
            parts.append(h("p", {"class": "cw-count cw-bad" if left < 0 else "cw-count", "role": "status"}, [note]))
        form = {"class": "cw-write", "part": "composer", "novalidate": ""}
        return h("form", form, parts, listen("submit", self.on_submit))

    def _opener(self) -> Node:
        attrs = {
            "class": "cw-button cw-quiet cw-square",
            "part": "button quiet",
            "id": "cw-emotes",
            "type": "button",
            "aria-label": say("Emoji and emotes"),
            "title": say("Emoji and emotes"),
            "aria-haspopup": "dialog",
            "aria-expanded": "true" if self._stage.layers.is_open("emotes") else "false",
        }
        return h("button", attrs, [icon("smile")], listen("click mousedown", self._picker.on_open))

    def _area(self) -> Node:
        attrs = {
            "class": "cw-area",
            "id": "cw-message",
            "rows": "1",
            "dir": "auto",
            "value": self._draft,
            "autofocus": None if self._stage.page.is_touch() else "",  # there the keyboard would cover the room
            "enterkeyhint": "send" if self._stage.enter_sends else "enter",
            "aria-label": say("Message"),
            "aria-autocomplete": "list",
            "aria-controls": None if self._completion.active_id() is None else "cw-offer",
            "aria-activedescendant": self._completion.active_id(),
            "placeholder": say("Write a message"),
        }
        area = h("textarea", attrs, [], listen("input keydown keyup click blur paste", self.on_write))
        return h("span", {"class": "cw-grow", "part": "field", "data-text": f"{self._draft} "}, [area])

    def _send(self) -> Node:
        attrs = {
            "class": "cw-button cw-primary cw-square",
            "part": "button primary",
            "type": "submit",
            "aria-label": say("Send"),
            "aria-disabled": only_if(self._content() == ""),
        }
        return h("button", attrs, [icon("send")], listen("mousedown", stay))

    def _note(self, left: int) -> str:
        if left < 0:
            return say("{} too many", number(-left))
        if left < MOST_CHARS - COUNT_FROM:
            return say("{} left", number(left))
        return say("This cannot be sent now. It is kept.") if self._offline() and self._draft != "" else ""

    def _offline(self) -> bool:
        status = self._stage.chat.get_state().status
        return status == "error" or status == "disconnected"

    def _content(self) -> str:
        """What would be sent now; "" when nothing can be."""
        if self._offline() or len(self._draft) > MOST_CHARS or is_blank(self._draft):
            return ""
        return self._draft.strip()

    def on_write(self, event: UiEvent) -> None:
        """Enter sends, Shift+Enter breaks the line; Enter that picks a word in an input method does neither.

        Where the page wants Enter to break the line, it sends with Control.
        """
        self._before = event.before
        self._completion.look(event.before)
        if event.kind == "paste":
            self._pasted(event)
        elif event.kind == "input":
            self._draft = event.value
            if ":" in event.before:
                self._palette.ask()
            self._completion.offer(event.before)
            self._keep()
            self._stage.changed()
        elif event.kind == "keydown" and self._completion.takes(event):
            return
        elif event.key == "Enter" and (event.control or (self._stage.enter_sends and not event.shift)):
            event.prevent()
            self.on_submit(event)

    def _pasted(self, event: UiEvent) -> None:
        """What is not taken is still on the clipboard."""
        if event.text == "":
            self._stage.tell(lambda: say("Only text can be sent."))
        elif len(event.text) > PASTED_CHARS:
            event.prevent()
            self._stage.tell(lambda: say("This is too long for a message."))

    def on_submit(self, event: UiEvent) -> None:
        content = self._content()
        if content != "":
            self._write("")
            self._keep()
            content = with_emoji(content, self._emoji)
            self._palette.used(content)
            self._stage.spawn(self._deliver(content))
            self._stage.changed()

    def add(self, entry: Entry) -> None:
        """At the caret; a word apart from its neighbours."""
        text = self._palette.text(entry)
        if entry.emote is not None:
            text = f"{text} " if self._before == "" or self._before[-1] in " \n" else f" {text} "
        self._put(self._before, text)

    def _put(self, start: str, text: str) -> None:
        """In place of what stands between `start` and the caret. The field tells what becomes of it."""
        after = self._draft[len(self._before) :]
        self._stage.do(Effect("write", "cw-message", start, text, after))

    def _choices(self, begun: str) -> list[Choice]:
        """Who of the others here can be called, who spoke last before the others; emotes and emoji behind a colon;
        emotes for a bare word."""
        if begun[0] == "@":
            state = self._stage.chat.get_state()
            people = state.participants
            notes = namesakes(people)
            spoke = {message.sender_id: place + 1 for place, message in enumerate(state.messages)}
            recent = sorted(sorted(people, key=rank), key=lambda each: -spoke.get(each.user_id, 0))
            here = [each for each in recent if not each.is_me and is_in(each)]
            return ranked(
                [Choice(each.user_name, each.user_name, notes.get(each.user_id, "")) for each in here], begun[1:]
            )
        palette = self._palette
        known = palette.all()
        if begun[0] != ":":
            known = palette.emotes
        return [self._choice(entry) for entry in matches(known, begun, palette.recent(), INSIDE - 1)[:MOST]]

    def _choice(self, entry: Entry) -> Choice:
        word = self._palette.text(entry)
        if entry.emote is None:
            return Choice(word, shortcode(entry), entry.name, [word])
        return Choice(word, word, "", [emote_image(entry.emote, PICTURE_PX, self._stage.plays)])

    def _emoji(self, code: str) -> str | None:
        """Of a shortcode, unless an emote is called so."""
        entry = self._palette.codes.get(code)
        names = [emote.name for emote in self._stage.chat.get_state().emotes]
        return None if entry is None or f":{code}:" in names else self._palette.text(entry)

    def _keep(self) -> None:
        self._stage.chat.keep_draft(self._room_id, self._draft)

    async def _recall(self, room_id: str) -> None:
        """What was begun here; in front of what is written meanwhile."""
        draft = await self._stage.chat.draft(room_id)
        if draft != "" and room_id == self._room_id:
            self._write(draft + self._draft)
            self._keep()
            self._stage.changed()

    def _write(self, draft: str) -> None:
        """The caret stands at the end."""
        self._draft = draft
        self._before = draft
        self._completion.offer("")

    async def _deliver(self, content: str) -> None:
        """Hand a message to the chat; a refused one comes back into an empty draft."""
        used, own = sent_ids(content, self._stage.chat.get_state().emotes)
        try:
            await self._stage.chat.send_message(content, used, own)
        except Exception:
            if self._draft == "":
                self._write(content)
                self._keep()
            raise


def stay(event: UiEvent) -> None:
    """Pressed, the button leaves the focus in the field, and so a phone its keyboard where it is."""
    event.prevent()
