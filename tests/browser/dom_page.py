"""A page for tests of the DOM: the real screens and the real stylesheet over a chat that the test speaks for.

`dom_tab.py` copies it, and those that it imports, beside `widget/browser/entry.py` and builds it in its place.
"""

from __future__ import annotations

from dataclasses import replace

from tests.browser.dom_puppet import Puppet
from tests.browser.dom_said import OWL, ROOM, emote, message, person
from widget.browser import js
from widget.browser.clock import BrowserClock
from widget.browser.document import create
from widget.browser.dom import Dom
from widget.browser.home import came_from
from widget.browser.language import english
from widget.browser.mount import Look, Mount, find_container
from widget.browser.page import BrowserPage
from widget.model import EmoteData, MessageType, Participant, RoomMetadata, Status
from widget.ui.app import App
from widget.ui.view import Effect, Node, click, h


class DomPage:
    """What a test calls: `new StrixunChat.DomPage("place", cssUrl)`."""

    def __init__(
        self, container_id: js.Value, css_url: js.Value, in_page: js.Value = False, mode: js.Value = ""
    ) -> None:
        came_from(js.window.location.href, "", "")
        self._chat: Puppet = Puppet()
        self._count: int = 0
        self._room: RoomMetadata = ROOM
        self._ben: str = "Ben"
        container = find_container(str(container_id))
        look = Look("light", "", str(mode))
        self._mount: Mount = Mount(container, str(css_url), look, bool(in_page), lambda _error: None)
        words = english(js.options({}))
        self._app: App = App(self._chat, BrowserClock(raise_it), BrowserPage(container), words, True, "")
        self._below: Dom | None = None
        self._slow_ms: float = 0.0
        self._draws: list[js.Value] = []
        self._dom: Dom = self._mount.show(self._app.view, self._drawn)
        self._app.listen(self._dom.schedule)
        self._mount.resized = self._app.resized
        if str(mode) != "":
            self._app.float(True)
        self._app.start()

    def enter(self, count: js.Value) -> None:
        """Be in a room with that many messages."""
        self._count = int(count)
        self._chat.become(True, ROOM, [message(number) for number in range(self._count)], "connected")

    def lobby(self, count: js.Value) -> None:
        """Be in front of that many rooms."""
        names = [f"Room {place}" for place in range(int(count))]
        self._chat.rooms = [replace(ROOM, room_id=name, custom_name=name) for name in names]
        self._chat.become(True, None, [], "disconnected")

    def visit(self) -> None:
        """Be in front of rooms, not signed in: one may look into the first."""
        rooms = [replace(ROOM, room_id=name, custom_name=name) for name in ("Owls", "Bats", "Voles")]
        self._chat.rooms = [replace(rooms[0], preview=True), *rooms[1:]]
        self._chat.become(False, None, [], "disconnected")

    def offer(self, doors: js.Value) -> None:
        """Be in front of these ways in, with spaces between."""
        self._chat.doors = str(doors).split(" ")
        self._dom.schedule()

    def lead(self) -> None:
        """Be in a room as its host; Eve asks to come in."""
        eve = Participant("eve", "Eve", "2026-11-23T09:00:00.000Z", False, "connecting", False, "member", "waiting")
        self._chat.people = [person("Ada", True, "host"), person("Ben", False), person("Cid", False), eve]
        self.enter(3)

    def crowd(self, count: js.Value) -> None:
        """Be in a room with that many others."""
        self._chat.people = [person("Ada", True), *[person(f"P{place:03d}", False) for place in range(int(count))]]
        self.enter(3)

    def hear(self, text: js.Value) -> None:
        """Ben says something; drawn with the next frame."""
        self._say(str(text), False)

    def tell(self, text: js.Value) -> None:
        """A line of the room itself."""
        self._say(str(text), False, "join")

    def call_room(self, name: js.Value) -> None:
        """The room is called that, and so is its host."""
        self._room = RoomMetadata("r1", "ben", str(name), "2026-11-23T09:00:00.000Z", 2, True, str(name))

    def call_ben(self, name: js.Value) -> None:
        self._chat.people = [person("Ada", True), replace(person("Ben", False), user_name=str(name))]
        self._ben = str(name)

    def clear(self) -> None:
        """No messages."""
        self._chat.become(True, self._room, [], "connected")

    def draw(self) -> None:
        self._dom.draw()

    def slow(self, ms: js.Value) -> None:
        """Each drawing takes so much longer from now on."""
        self._slow_ms = float(ms)

    def draws(self) -> js.Value:
        """When each drawing since the last call was over, and when the time of `slow` in it began."""
        found = js.array(self._draws)
        self._draws = []
        return found

    def _drawn(self) -> list[Effect]:
        clock = js.window.performance
        began: float = clock.now()
        while clock.now() < began + self._slow_ms:
            pass
        self._draws.append(js.array([began, clock.now()]))
        return self._app.stage.effects()

    def say(self, text: js.Value) -> None:
        """A message of mine is in the room."""
        self._say(str(text), True)

    def fail(self, text: js.Value) -> None:
        """A message of mine that did not go out."""
        self._count += 1
        said = replace(message(self._count, str(text), True), delivery="failed")
        self._chat.become(True, ROOM, [*self._chat.state.messages, said], self._chat.state.status)

    def emotes(self, count: js.Value) -> None:
        """The room has that many emotes."""
        found = [EmoteData(f"e{number}", f"owl{number}", OWL, False, 28, 28, "7tv") for number in range(int(count))]
        self._chat.become(True, ROOM, self._chat.state.messages, "connected", found)

    def emoted(self, texts: js.Value) -> None:
        """Ben says these, one below the other, with the emotes of the room: "wave" moves, "rain" has no width."""
        emotes = [
            emote(1, "wave", True),
            emote(2, "owl", False),
            replace(emote(3, "rain", False), zero_width=True, width=64, author="Mira"),
        ]
        ids = [each.id for each in emotes]
        said = [message(place, text, False) for place, text in enumerate(js.items(texts))]
        messages = [replace(each, emote_ids=ids) for each in said]
        self._chat.become(True, ROOM, messages, "connected", emotes)

    def hear_emoted(self, text: js.Value) -> None:
        """One more of those."""
        state = self._chat.state
        said = replace(message(len(state.messages), str(text)), emote_ids=[each.id for each in state.emotes])
        self._chat.become(True, ROOM, [*state.messages, said], "connected", state.emotes)

    def above(self, text: js.Value) -> None:
        """What was said before all that is here comes in now."""
        said = replace(message(0, str(text)), id=str(text))
        self._chat.become(True, ROOM, [said, *self._chat.state.messages], "connected")

    def late(self, place: js.Value) -> None:
        """A message gets a line more."""
        wanted = int(place)
        all_ = self._chat.state.messages
        found = [replace(each, flags=["late"]) if at == wanted else each for at, each in enumerate(all_)]
        self._chat.become(True, ROOM, found, "connected")

    def trouble(self, error: js.Value) -> None:
        """The room has failed."""
        self._chat.become(True, ROOM, self._chat.state.messages, "error", None, str(error))

    def status(self, status: js.Value) -> None:
        word: Status = "connected" if str(status) == "connected" else "disconnected"
        self._chat.become(True, ROOM, self._chat.state.messages, word)

    def time(self, rounds: js.Value) -> js.Value:
        """Milliseconds of each of many messages: from the state to the finished DOM, layout included."""
        taken: list[float] = []
        log = js.window.document.getElementById("place").firstElementChild.shadowRoot.querySelector(".cw-log")
        for number in range(int(rounds)):
            before = js.window.performance.now()
            self._say(f"timed message {number} with a link https://example.org/{number}", False)
            self._dom.draw()
            height = log.scrollHeight
            taken.append(float(js.window.performance.now() - before) + 0.0 * float(height))
        return js.array(taken)

    def calls(self) -> js.Value:
        return js.array(self._chat.calls)

    def swap(self) -> None:
        """Under the widget: a button without a key, which has become another one."""
        root = create("div")
        js.window.document.body.append(root)
        dom = Dom(root, "swap-")
        dom.show(lambda: self._button("first"), lambda: [])
        dom.show(lambda: self._button("second"), lambda: [])

    def nodes(self, given: js.Value) -> None:
        """Below the widget: elements, each a tag, its attributes and a text, in place of those of the last call."""
        wanted = [node_of(each) for each in js.items(given)]
        if self._below is None:
            root = create("div")
            root.id = "below"
            js.window.document.body.append(root)
            self._below = Dom(root, "below")
        self._below.show(lambda: h("div", {}, wanted), lambda: [])

    def _button(self, name: str) -> Node:
        return h("button", {"type": "button"}, [name], click(lambda event: self._chat.calls.append(name)))

    def remove(self) -> None:
        self._app.stop()
        self._mount.remove()

    def _say(self, text: str, mine: bool, kind: MessageType = "message") -> None:
        self._count += 1
        said = replace(message(self._count, text, mine), type=kind, sentence="{} removed {1}.", whom=text)
        if self._ben != "Ben" and not mine:
            said = replace(said, sender_name=self._ben)
        self._chat.become(True, self._room, [*self._chat.state.messages, said], self._chat.state.status)


def node_of(given: js.Value) -> Node:
    tag, attributes, text = js.items(given)
    pairs = [js.items(pair) for pair in js.items(js.window.Object.entries(attributes))]
    return h(str(tag), {str(pair[0]): str(pair[1]) for pair in pairs}, [str(text)])


def raise_it(error: Exception) -> None:
    js.window.console.error(js.failure(error))
