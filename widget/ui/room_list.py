"""The public rooms as they are now, a way in for invites, and the door to a new room."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from widget.errors import ChatError
from widget.model import ChatState, RoomMetadata
from widget.ui.icons import icon
from widget.ui.look_dialog import LookDialog
from widget.ui.parts import (
    around,
    avatar,
    bar,
    button,
    hush,
    icon_button,
    loading,
    mistake,
    only_if,
    room_name,
    search,
    text_input,
)
from widget.ui.row_list import RowList, list_item
from widget.ui.stage import Stage, nothing, words_of
from widget.ui.strings import say, say_count
from widget.ui.view import Node, UiEvent, click, h, listen

POLL_MS = 10_000  # from one look at the list to the next, on average
SPREAD_MS = 4000  # so that pages that came together do not look together
MOST_WAITS = 16  # times as long while the service is away
STILL_MS = 400  # a press just after rows have moved was aimed at another one
SEARCH_FROM = 7
SEARCH_AFTER_MS = 300
GUESS_PX = 61.0  # a room with a name of one line


class Doors(Protocol):
    """Where one can go from the list."""

    def enter(self, room_id: str) -> None: ...
    def on_create(self, event: UiEvent) -> None: ...
    def on_sign_in(self, event: UiEvent) -> None: ...
    def on_sign_out(self, event: UiEvent) -> None: ...


class RoomList:
    """The lobby; also the preview for those who are not signed in yet.

    It is looked at again and again while somebody sees it. Lively rooms stand first, but none moves while a pointer or
    the focus is among them: until then those that ended stay as such, and new ones come last.
    """

    def __init__(self, stage: Stage, doors: Doors) -> None:
        self._stage: Stage = stage
        self._doors: Doors = doors
        self._dialog: LookDialog = LookDialog(stage, doors.enter)
        self._is_shown: bool = False
        self._failure: Exception | None = None
        self._waits: int = 1
        self._is_looking: bool = False
        self._stop: Callable[[], None] = nothing
        self._is_held: bool = False
        self._moved_ms: int = -STILL_MS
        self._tag: str = ""
        self._gone: list[str] = []
        self._rooms: list[RoomMetadata] | None = None
        self._list: RowList = RowList(stage.redraw, GUESS_PX, False)
        self._query: str = ""
        self._is_part: bool = False
        self._stop_search: Callable[[], None] = nothing
        self._found: list[RoomMetadata] = []  # by the service, in lists of which only a part is here
        self.invite: str = ""

    def view(self, state: ChatState, joining: str, trouble: str) -> Node:
        """`joining` is the room one is on the way to, `trouble` why the last way did not lead in."""
        names = "pointerenter pointerleave focusin focusout"
        body = h("div", {"class": "cw-rooms-body"}, self._body(state, joining), listen(names, self.on_hold))
        parts = [self._header(state), body, self._foot(state, joining, trouble)]
        return h("div", {"class": "cw-rooms", "key": "rooms"}, parts)

    def show(self, is_shown: bool) -> None:
        """Whether it is the screen now."""
        self._is_shown = is_shown
        self._is_held = False
        self._stop()
        self.wake()

    def wake(self) -> None:
        """Somebody sees it again, perhaps."""
        if self._is_shown:
            self.refresh()

    def refresh(self) -> None:
        """Look now, and go on looking; the old list stays until the new one is here."""
        if not self._is_looking:
            self._is_looking = True
            self._stop()
            self._stage.clock.spawn(self._look())

    def entered(self) -> None:
        """The invite has done its work. One that led nowhere stays, to be put right."""
        self.invite = ""

    def _header(self, state: ChatState) -> Node:
        title = h("h2", {"class": "cw-title", "tabindex": "-1", "autofocus": ""}, [say("Rooms")])
        if not state.authenticated:
            ways = [button("primary", say("Sign in"), self._doors.on_sign_in)]
            return bar([title, h("p", {"class": "cw-sub"}, [say("Sign in to join")])], ways)
        leave = icon_button("out", say("Sign out"), self._doors.on_sign_out)
        ways = [leave, button("primary", say("New room"), self._doors.on_create)]
        return bar([title, h("p", {"class": "cw-sub"}, [h("bdi", {}, [state.user_name])])], ways)

    def _body(self, state: ChatState, joining: str) -> list[Node]:
        rooms = self._rooms
        error = "" if self._failure is None else words_of(self._failure)()
        if rooms is None:
            if error == "":
                return [loading(say("Looking for rooms"))]
            again = button("plain", say("Try again"), self.on_refresh)
            return [hush(say("The rooms could not be loaded"), error, [again])]
        query = self._query.lower().strip()
        ids = [room.room_id for room in rooms]
        rooms = [*rooms, *[room for room in self._found if room.room_id not in ids]]
        found = [room for room in rooms if query in f"{room_name(room)}\n{room.broadcaster_name}".lower()]
        parts: list[Node] = []
        if len(rooms) >= SEARCH_FROM or query != "":
            find = search(say("Find a room"), self._query, self.on_query, {})
            parts.append(h("div", {"class": "cw-search", "key": "search"}, [icon("search"), find]))
        if error != "":
            parts.append(mistake(say("This list may be old. {}", error)))
        if len(rooms) == 0:
            lead = say("No public room is open. Start one, or join with an invite.")
            return [*parts, hush(say("It is quiet here"), lead, [])]
        if len(found) == 0:
            return [*parts, h("p", {"class": "cw-none"}, [say("No room or host is called that.")])]
        attrs = {"class": "cw-list", "role": "list", "aria-label": say("Rooms"), "key": "list"}
        keys = [room.room_id for room in found]

        def row(place: int) -> Node:
            room = found[place]
            drawn = self._row(room, joining, room.preview and not state.authenticated)
            return list_item("cw-room-row", room.room_id, place, len(found), [drawn])

        return [*parts, self._list.view(attrs, [], keys, row)]

    def _row(self, room: RoomMetadata, joining: str, looks: bool) -> Node:
        """`looks`: one may look into it before one signs in, also where it is full."""
        name = room_name(room)
        over = room.room_id in self._gone
        full = over or (room.participant_count >= room.capacity and not looks)

        def enter(event: UiEvent) -> None:
            if joining == "" and not full and self._stage.clock.steady_ms() - self._moved_ms >= STILL_MS:
                if looks:
                    self._dialog.open(room)
                else:
                    self._doors.enter(room.room_id)

        count = say_count("1 person", "{} people", room.participant_count)
        facts: list[Node | str] = [count]
        if room.broadcaster_name != "":
            facts += around(f" · {say('by {}')}", h("bdi", {}, [room.broadcaster_name]))
        state = say("Joining") if joining == room.room_id else say("Look") if looks else say("Join")
        if full:
            state = say("Ended") if over else say("Full")
        waits = only_if(full or joining != "")
        attrs = {"class": "cw-room", "part": "room", "type": "button", "aria-disabled": waits}
        title: list[Node | str] = [h("bdi", {}, [name])]
        if not full:  # who hears it hears "Join" first, who sees it sees that last
            title = [
                h("span", {"class": "cw-hidden"}, [word]) if isinstance(word, str) else word
                for word in around(say("Look into {}") if looks else say("Join {}"), h("bdi", {}, [name]))
            ]
        words = [h("span", {"class": "cw-room-name"}, title), h("span", {"class": "cw-sub"}, facts)]
        seen = {"class": "cw-room-state", "aria-hidden": only_if(not full and joining != room.room_id)}
        parts = [avatar(room.room_id, name), h("span", {"class": "cw-room-words"}, words), h("span", seen, [state])]
        return h("button", attrs, parts, click(enter))

    def _foot(self, state: ChatState, joining: str, trouble: str) -> Node:
        attrs = {
            "type": "text",
            "id": "cw-invite",
            "value": self.invite,
            "autocomplete": "off",
            "spellcheck": "false",
            "placeholder": say("Paste an invite or room ID"),
            "maxlength": "400",
        }
        classes, busy = "cw-button cw-plain", only_if(joining != "")
        look = {"class": classes, "part": "button plain", "type": "submit", "aria-disabled": busy}
        join = h("button", look, [say("Join")])
        invite = text_input(attrs, self.on_invite)
        rows = [
            h("label", {"class": "cw-label", "for": "cw-invite"}, [say("Have an invite?")]),
            h("div", {"class": "cw-join"}, [invite, join]),
        ]
        if trouble != "":
            rows.append(mistake(trouble))
        if state.via == "guest":
            rows.append(h("div", {"class": "cw-row"}, [button("quiet", say("Sign in"), self._doors.on_sign_in)]))
        return h("form", {"class": "cw-foot", "novalidate": ""}, rows, listen("submit", self.on_join))

    def on_refresh(self, event: UiEvent) -> None:
        self._failure = None
        self.refresh()
        self._stage.changed()

    def on_query(self, event: UiEvent) -> None:
        self._query = event.value
        self._found = []
        self._stage.changed()
        self._stop_search()
        clock = self._stage.clock
        self._stop_search = clock.after(SEARCH_AFTER_MS, lambda: clock.spawn(self._search()))

    def on_invite(self, event: UiEvent) -> None:
        self.invite = event.value

    def on_join(self, event: UiEvent) -> None:
        invite = self.invite.strip()
        if invite != "":
            self._doors.enter(invite)

    def on_hold(self, event: UiEvent) -> None:
        self._is_held = event.kind == "pointerenter" or event.kind == "focusin"

    async def _search(self) -> None:
        """What is not here the service may know. Where that fails the next look at the list says why."""
        query = self._query.strip()
        if self._is_part and query != "":
            try:
                found = await self._stage.chat.listed_rooms("", True, query)
            except ChatError:
                return
            if found is not None and query == self._query.strip():
                self._found = found.rooms
                self._stage.changed()

    async def _look(self) -> None:
        """Whatever comes of it, look again later. Of failures in a row only the first is told to the page."""
        clock = self._stage.clock
        old = self._failure
        try:
            found = await self._stage.chat.listed_rooms(self._tag, old is not None)
            self._failure = None
            self._waits = 1
            if found is not None:
                self._take(found.rooms)
                self._is_part = found.is_part
                self._tag = found.tag
            if found is not None or old is not None:
                self._stage.changed()
        except Exception as failure:
            self._failure = failure
            self._waits = min(2 * self._waits, MOST_WAITS)
            self._stage.changed()
        self._is_looking = False
        wait_ms = POLL_MS - SPREAD_MS // 2 + clock.now_ms() % 1000 * 7919 % SPREAD_MS
        self._stop = clock.after(wait_ms * self._waits, self._look_again)

    def _look_again(self) -> None:
        """Nobody looks for who does not see it; `refresh` begins anew."""
        if self._is_shown and self._stage.is_seen():
            self.refresh()

    def _take(self, rooms: list[RoomMetadata]) -> None:
        before = [] if self._rooms is None else self._rooms
        lively = sorted(rooms, key=lambda room: -room.participant_count)  # else newest first, as they come
        now = {room.room_id: room for room in lively}
        self._gone = []
        if self._is_held:
            kept = {room.room_id: now.get(room.room_id, room) for room in before}
            self._gone = [name for name in kept if name not in now]
            lively = list({**kept, **now}.values())
        names = [room.room_id for room in before]
        if names != [room.room_id for room in lively][: len(names)]:
            self._moved_ms = self._stage.clock.steady_ms()
        self._rooms = lively
