"""The public rooms, a way in for invites, and the door to a new room."""

from __future__ import annotations

from typing import Protocol

from widget.model import ChatState, RoomMetadata
from widget.ui.icons import icon
from widget.ui.parts import button, hush, icon_button, loading, mistake
from widget.ui.stage import Stage, words_of
from widget.ui.strings import say, say_count
from widget.ui.view import Node, UiEvent, box, h, line, text

SEARCH_FROM = 7


class Doors(Protocol):
    """Where one can go from the list."""

    def enter(self, room_id: str) -> None: ...
    def open_create(self) -> None: ...
    def open_sign_in(self) -> None: ...
    def sign_out(self) -> None: ...


class RoomList:
    """The lobby; also the preview for those who are not signed in yet."""

    def __init__(self, stage: Stage, doors: Doors) -> None:
        self._stage: Stage = stage
        self._doors: Doors = doors
        self._rooms: list[RoomMetadata] | None = None
        self._loading: bool = False
        self._error: str = ""
        self._query: str = ""
        self._invite: str = ""

    def view(self, state: ChatState, joining: str, trouble: str) -> Node:
        """`joining` is the room one is on the way to, `trouble` why the last way did not lead in."""
        parts = [self._header(state), self._list(joining), self._invite_form(joining, trouble)]
        return h("div", {"class": "cw-rooms"}, parts, None, "rooms")

    def refresh(self) -> None:
        """Ask for the rooms again; the old list stays until the new one is here."""
        if not self._loading:
            self._loading = True
            self._stage.clock.spawn(self._load())
            self._stage.changed()

    def _header(self, state: ChatState) -> Node:
        title = [h("h2", {"class": "cw-title", "tabindex": "-1", "autofocus": ""}, [text(say("Rooms"))])]
        if state.authenticated:
            title.append(h("p", {"class": "cw-sub"}, [h("bdi", {}, [text(state.user_name)])]))
            ways = [
                icon_button("leave", say("Sign out"), self.on_sign_out),
                button("primary", say("New room"), self.on_new),
            ]
        else:
            title.append(line("p", "sub", say("Sign in to join")))
            ways = [button("primary", say("Sign in"), self.on_sign_in)]
        refresh = icon_button("refresh", say("Refresh"), self.on_refresh)
        return h("header", {"class": "cw-bar"}, [box("bar-title", title), box("bar-ways", [refresh, *ways])])

    def _list(self, joining: str) -> Node:
        rooms = self._rooms
        if rooms is None:
            body = self._failure() if self._error != "" else loading(say("Looking for rooms"))
            return box("rooms-body", [body])
        if len(rooms) == 0:
            return box(
                "rooms-body",
                [hush(say("It is quiet here"), say("No public room is open. Start one, or join with an invite."), [])],
            )
        found = [room for room in rooms if self._query.lower().strip() in room.custom_name.lower()]
        parts: list[Node] = []
        if len(rooms) >= SEARCH_FROM:
            parts.append(self._search())
        if self._error != "":
            parts.append(mistake(self._error, "cw-rooms-error"))
        if len(found) == 0:
            parts.append(line("p", "none", say("No room is called that.")))
        rows = [self._row(room, joining) for room in found]
        parts.append(h("ul", {"class": "cw-list", "aria-label": say("Rooms")}, rows, None, "list"))
        return box("rooms-body", parts)

    def _failure(self) -> Node:
        return hush(
            say("The rooms could not be loaded"), self._error, [button("plain", say("Try again"), self.on_refresh)]
        )

    def _search(self) -> Node:
        attrs = {
            "class": "cw-input", "type": "search", "value": self._query, "placeholder": say("Find a room"),
            "aria-label": say("Find a room"), "autocomplete": "off",
        }  # fmt: skip
        return h(
            "div",
            {"class": "cw-search"},
            [icon("search"), h("input", attrs, [], {"input": self.on_query})],
            None,
            "search",
        )

    def _row(self, room: RoomMetadata, joining: str) -> Node:
        name = room.custom_name if room.custom_name != "" else say("Room without a name")
        full = room.participant_count >= room.capacity

        def enter(event: UiEvent) -> None:
            if joining == "" and not full:
                self._doors.enter(room.room_id)

        count = say_count("1 person", "{} people", room.participant_count)
        facts = [text(count)]
        if room.broadcaster_name != "":
            before, after = say("by {}").split("{}")
            facts += [text(f" · {before}"), h("bdi", {}, [text(room.broadcaster_name)]), text(after)]
        words = [
            h("span", {"class": "cw-room-name"}, [h("bdi", {}, [text(name)])]),
            h("span", {"class": "cw-sub"}, facts),
        ]
        state = say("Full") if full else say("Joining") if joining == room.room_id else say("Join")
        label = name if full else say("Join {}", name)
        attrs = {"class": "cw-room", "type": "button", "aria-label": f"{label}, {count}"}
        if full or joining != "":
            attrs["aria-disabled"] = "true"
        parts = [h("span", {"class": "cw-room-words"}, words), line("span", "room-state", state)]
        return h("li", {}, [h("button", attrs, parts, {"click": enter})], None, room.room_id)

    def _invite_form(self, joining: str, trouble: str) -> Node:
        attrs = {
            "class": "cw-input", "type": "text", "id": "cw-invite", "value": self._invite, "autocomplete": "off",
            "spellcheck": "false", "placeholder": say("Paste an invite or room ID"), "maxlength": "400",
        }  # fmt: skip
        join = h("button", {"class": "cw-button cw-plain", "type": "submit"}, [text(say("Join"))])
        if joining != "":
            join.attrs["aria-disabled"] = "true"
        row = h("div", {"class": "cw-join"}, [h("input", attrs, [], {"input": self.on_invite}), join])
        label = h("label", {"class": "cw-label", "for": "cw-invite"}, [text(say("Have an invite?"))])
        rows = [label, row] + ([mistake(trouble, "cw-join-error")] if trouble != "" else [])
        return h("form", {"class": "cw-foot", "novalidate": ""}, rows, {"submit": self.on_join})

    def on_refresh(self, event: UiEvent) -> None:
        self.refresh()

    def on_query(self, event: UiEvent) -> None:
        self._query = event.value
        self._stage.changed()

    def on_invite(self, event: UiEvent) -> None:
        self._invite = event.value

    def on_join(self, event: UiEvent) -> None:
        event.prevent()
        if self._invite.strip() != "":
            self._doors.enter(self._invite.strip())
            self._invite = ""

    def on_new(self, event: UiEvent) -> None:
        self._doors.open_create()

    def on_sign_in(self, event: UiEvent) -> None:
        self._doors.open_sign_in()

    def on_sign_out(self, event: UiEvent) -> None:
        self._doors.sign_out()

    async def _load(self) -> None:
        try:
            self._rooms = await self._stage.chat.get_active_rooms()
            self._error = ""
        except Exception as error:
            self._error = words_of(error)
        self._loading = False
        self._stage.changed()
