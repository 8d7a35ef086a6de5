"""The public rooms, a way in for invites, and the door to a new room."""

from __future__ import annotations

from typing import Protocol

from widget.model import ChatState, RoomMetadata
from widget.ui.icons import icon
from widget.ui.parts import around, bar, button, hush, icon_button, loading, mistake, only_if, room_name, search
from widget.ui.row_list import RowList, list_item
from widget.ui.stage import Stage, Work
from widget.ui.strings import say, say_count
from widget.ui.view import Node, UiEvent, click, h, listen

SEARCH_FROM = 7
GUESS_PX = 61.0  # a room with a name of one line


class Doors(Protocol):
    """Where one can go from the list."""

    def enter(self, room_id: str) -> None: ...
    def on_create(self, event: UiEvent) -> None: ...
    def on_sign_in(self, event: UiEvent) -> None: ...
    def on_sign_out(self, event: UiEvent) -> None: ...


class RoomList:
    """The lobby; also the preview for those who are not signed in yet."""

    def __init__(self, stage: Stage, doors: Doors) -> None:
        self._stage: Stage = stage
        self._doors: Doors = doors
        self._work: Work = Work(stage)
        self._rooms: list[RoomMetadata] | None = None
        self._list: RowList = RowList(stage.redraw, GUESS_PX, False)
        self._query: str = ""
        self._invite: str = ""

    def view(self, state: ChatState, joining: str, trouble: str) -> Node:
        """`joining` is the room one is on the way to, `trouble` why the last way did not lead in."""
        body = h("div", {"class": "cw-rooms-body"}, self._body(joining))
        parts = [self._header(state), body, self._foot(joining, trouble)]
        return h("div", {"class": "cw-rooms", "key": "rooms"}, parts)

    def refresh(self) -> None:
        """Ask for the rooms again; the old list stays until the new one is here."""
        if not self._work.busy:
            self._work.spawn(self._load())

    def entered(self) -> None:
        """The invite has done its work. One that led nowhere stays, to be put right."""
        self._invite = ""

    def _header(self, state: ChatState) -> Node:
        title = h("h2", {"class": "cw-title", "tabindex": "-1", "autofocus": ""}, [say("Rooms")])
        refresh = icon_button("refresh", say("Refresh"), self.on_refresh)
        if not state.authenticated:
            ways = [refresh, button("primary", say("Sign in"), self._doors.on_sign_in)]
            return bar([title, h("p", {"class": "cw-sub"}, [say("Sign in to join")])], ways)
        leave = icon_button("out", say("Sign out"), self._doors.on_sign_out)
        ways = [refresh, leave, button("primary", say("New room"), self._doors.on_create)]
        return bar([title, h("p", {"class": "cw-sub"}, [h("bdi", {}, [state.user_name])])], ways)

    def _body(self, joining: str) -> list[Node]:
        rooms = self._rooms
        error = self._work.error
        if rooms is None:
            if error == "":
                return [loading(say("Looking for rooms"))]
            again = button("plain", say("Try again"), self.on_refresh)
            return [hush(say("The rooms could not be loaded"), error, [again])]
        if len(rooms) == 0:
            lead = say("No public room is open. Start one, or join with an invite.")
            return [hush(say("It is quiet here"), lead, [])]
        query = self._query.lower().strip()
        found = [room for room in rooms if query in room.custom_name.lower()]
        parts: list[Node] = []
        if len(rooms) >= SEARCH_FROM:
            find = search(say("Find a room"), self._query, self.on_query, {})
            parts.append(h("div", {"class": "cw-search", "key": "search"}, [icon("search"), find]))
        if error != "":
            parts.append(mistake(error))
        if len(found) == 0:
            return [*parts, h("p", {"class": "cw-none"}, [say("No room is called that.")])]
        attrs = {"class": "cw-list", "role": "list", "aria-label": say("Rooms"), "key": "list"}
        keys = [room.room_id for room in found]

        def row(place: int) -> Node:
            room = found[place]
            return list_item("cw-room-row", room.room_id, place, len(found), [self._row(room, joining)])

        return [*parts, self._list.view(attrs, [], keys, row)]

    def _row(self, room: RoomMetadata, joining: str) -> Node:
        name = room_name(room)
        full = room.participant_count >= room.capacity

        def enter(event: UiEvent) -> None:
            if joining == "" and not full:
                self._doors.enter(room.room_id)

        count = say_count("1 person", "{} people", room.participant_count)
        facts: list[Node | str] = [count]
        if room.broadcaster_name != "":
            facts += around(f" · {say('by {}')}", h("bdi", {}, [room.broadcaster_name]))
        state = say("Full") if full else say("Joining") if joining == room.room_id else say("Join")
        attrs = {"type": "button", "aria-disabled": only_if(full or joining != "")}
        title: list[Node | str] = [h("bdi", {}, [name])]
        if not full:  # who hears it hears "Join" first, who sees it sees that last
            title = [
                h("span", {"class": "cw-hidden"}, [word]) if isinstance(word, str) else word
                for word in around(say("Join {}"), h("bdi", {}, [name]))
            ]
        words = [h("span", {"class": "cw-room-name"}, title), h("span", {"class": "cw-sub"}, facts)]
        seen = {"class": "cw-room-state", "aria-hidden": only_if(not full and joining != room.room_id)}
        parts = [h("span", {"class": "cw-room-words"}, words), h("span", seen, [state])]
        return h("button", {"class": "cw-room", **attrs}, parts, click(enter))

    def _foot(self, joining: str, trouble: str) -> Node:
        attrs = {
            "type": "text",
            "id": "cw-invite",
            "value": self._invite,
            "autocomplete": "off",
            "spellcheck": "false",
            "placeholder": say("Paste an invite or room ID"),
            "maxlength": "400",
        }
        busy = {"type": "submit", "aria-disabled": only_if(joining != "")}
        join = h("button", {"class": "cw-button cw-plain", **busy}, [say("Join")])
        invite = h("input", {"class": "cw-input", **attrs}, [], listen("input", self.on_invite))
        rows = [
            h("label", {"class": "cw-label", "for": "cw-invite"}, [say("Have an invite?")]),
            h("div", {"class": "cw-join"}, [invite, join]),
        ]
        if trouble != "":
            rows.append(mistake(trouble))
        return h("form", {"class": "cw-foot", "novalidate": ""}, rows, listen("submit", self.on_join))

    def on_refresh(self, event: UiEvent) -> None:
        self.refresh()

    def on_query(self, event: UiEvent) -> None:
        self._query = event.value
        self._stage.changed()

    def on_invite(self, event: UiEvent) -> None:
        self._invite = event.value

    def on_join(self, event: UiEvent) -> None:
        invite = self._invite.strip()
        if invite != "":
            self._doors.enter(invite)

    async def _load(self) -> None:
        self._rooms = await self._stage.chat.get_active_rooms()
