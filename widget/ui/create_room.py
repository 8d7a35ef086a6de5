"""Starting a room: its name, who may come in, its emotes."""

from __future__ import annotations

from widget.ui.empty_room import seen
from widget.ui.parts import choice, field, icon_button, mistake, submit
from widget.ui.room_emotes import emotes_field, no_choice, read_choice
from widget.ui.stage import Stage, Work
from widget.ui.strings import say
from widget.ui.view import Handler, Node, UiEvent, h, listen


class CreateRoom:
    """The form for a new room. `leave` goes back to the list."""

    def __init__(self, stage: Stage, leave: Handler) -> None:
        self._stage: Stage = stage
        self._leave: Handler = leave
        self._work: Work = Work(stage)
        self._name: str = ""
        self._public: bool = True
        self._approval: bool = False
        self._preview: bool = False
        self._emotes: str = ""

    @property
    def error(self) -> str:
        return self._work.error

    def opened(self) -> None:
        """What went wrong last time is over."""
        self._work.clear()

    def view(self) -> Node:
        back = icon_button("back", say("Back"), self._leave)
        bar = h("header", {"class": "cw-bar"}, [back, h("h2", {"class": "cw-title"}, [say("New room")])])
        attrs = {
            "type": "text",
            "maxlength": "60",
            "autocomplete": "off",
            "autofocus": "",
            "placeholder": say("Friday quiz"),
            "value": self._name,
        }
        rows = [field("room", say("Room name"), say("optional"), attrs, self.on_name), self._who()]
        rows.append(emotes_field(self._emotes, self.on_emotes))
        if self._work.error != "":
            rows.append(mistake(self._work.error))
        rows.append(submit(say("Creating") if self._work.busy else say("Create room"), self._work.busy))
        form = h("form", {"class": "cw-form", "novalidate": ""}, rows, listen("submit", self.on_submit))
        return h("div", {"class": "cw-create", "key": "create"}, [bar, h("div", {"class": "cw-create-body"}, [form])])

    def _who(self) -> Node:
        public = self._choice(True, say("Public"), say("Listed here. Anyone who signs in can join and read."))
        private = self._choice(False, say("Private"), say("Not listed. Only people with the invite can join."))
        lead = say("A host or moderator lets each person in.")
        ways = [public] if self._is_guest() else [public, private]
        ways.append(choice("checkbox", self._approval, say("Ask before letting people in"), lead, self.on_approval))
        if self._is_public():
            ways.append(choice("checkbox", self._preview, say("Let visitors look in"), seen(), self.on_preview))
        return h("fieldset", {}, [h("legend", {"class": "cw-label"}, [say("Who can join")]), *ways])

    def _is_guest(self) -> bool:
        """To whom private rooms are closed."""
        return self._stage.chat.get_state().via == "guest"

    def _is_public(self) -> bool:
        return self._public or self._is_guest()

    def _choice(self, public: bool, name: str, lead: str) -> Node:
        def choose(event: UiEvent) -> None:
            self._public = public
            self._stage.changed()

        return choice("radio", public == self._is_public(), name, lead, choose)

    def on_name(self, event: UiEvent) -> None:
        self._name = event.value

    def on_approval(self, event: UiEvent) -> None:
        self._approval = not self._approval
        self._stage.changed()

    def on_preview(self, event: UiEvent) -> None:
        self._preview = not self._preview
        self._stage.changed()

    def on_emotes(self, event: UiEvent) -> None:
        self._emotes = event.value

    def on_submit(self, event: UiEvent) -> None:
        chosen = read_choice(self._emotes)
        if len(chosen) == 0:
            self._work.wrong(no_choice)
        elif not self._work.busy:
            self._work.spawn(self._create(chosen))

    async def _create(self, chosen: list[str]) -> None:
        name, chat = self._name.strip(), self._stage.chat
        is_public = self._is_public()
        preview = self._preview and is_public
        await chat.create_room(name, is_public, "none", self._approval, chosen[0], chosen[1], preview)
        self._name = ""
        self._emotes = ""
