"""Starting a room: its name and who may come in."""

from __future__ import annotations

from collections.abc import Callable

from widget.ui.parts import field, icon_button, mistake, submit
from widget.ui.stage import Stage, words_of
from widget.ui.strings import say
from widget.ui.view import Node, UiEvent, box, h, line, text


class CreateRoom:
    """The form for a new room. `leave` goes back to the list."""

    def __init__(self, stage: Stage, leave: Callable[[], None]) -> None:
        self._stage: Stage = stage
        self._leave: Callable[[], None] = leave
        self._name: str = ""
        self._public: bool = True
        self._busy: bool = False
        self._error: str = ""

    def view(self) -> Node:
        title = h("h2", {"class": "cw-title"}, [text(say("New room"))])
        bar = h("header", {"class": "cw-bar"}, [icon_button("back", say("Back"), self.on_back), title])
        name = {
            "name": "room", "type": "text", "maxlength": "60", "autocomplete": "off", "autofocus": "",
            "placeholder": say("Friday quiz"), "value": self._name,
        }  # fmt: skip
        who = h(
            "fieldset",
            {"class": "cw-who"},
            [
                h("legend", {"class": "cw-label"}, [text(say("Who can join"))]),
                self._choice(
                    "public",
                    say("Public"),
                    say("Listed here. Anyone who signs in can join and read."),
                    self._public,
                    self.on_public,
                ),
                self._choice(
                    "private",
                    say("Private"),
                    say("Not listed. Only people with the invite can join."),
                    not self._public,
                    self.on_private,
                ),
            ],
        )
        rows = [field(say("Room name"), say("optional"), name, self.on_name), who]
        if self._error != "":
            rows.append(mistake(self._error, "cw-create-error"))
        rows.append(submit(say("Creating") if self._busy else say("Create room"), self._busy))
        form = h("form", {"class": "cw-form", "novalidate": ""}, rows, {"submit": self.on_submit})
        return h("div", {"class": "cw-create"}, [bar, box("create-body", [form])], None, "create")

    def _choice(self, kind: str, name: str, lead: str, chosen: bool, action: Callable[[UiEvent], None]) -> Node:
        attrs = {"type": "radio", "name": "cw-who", "value": kind}
        if chosen:
            attrs["checked"] = ""
        words = h(
            "span",
            {},
            [line("span", "choice-name", name), line("span", "sub", lead)],
        )
        return h("label", {"class": "cw-choice"}, [h("input", attrs, [], {"change": action}), words])

    def on_name(self, event: UiEvent) -> None:
        self._name = event.value

    def on_public(self, event: UiEvent) -> None:
        self._choose(True)

    def on_private(self, event: UiEvent) -> None:
        self._choose(False)

    def _choose(self, public: bool) -> None:
        self._public = public
        self._stage.changed()

    def on_back(self, event: UiEvent) -> None:
        self._leave()

    def on_submit(self, event: UiEvent) -> None:
        event.prevent()
        if not self._busy:
            self._busy = True
            self._error = ""
            self._stage.changed()
            self._stage.clock.spawn(self._create())

    async def _create(self) -> None:
        try:
            await self._stage.chat.create_room(self._name.strip(), self._public)
            self._name = ""
        except Exception as error:
            self._error = words_of(error)
        self._busy = False
        self._stage.changed()
