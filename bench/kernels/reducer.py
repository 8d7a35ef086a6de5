"""The message reducer: authenticated texts become the next immutable state, and subscribers hear of each."""

from __future__ import annotations

from bench.kernels.open_frame import StillDigest
from bench.kernels.still_clock import StillClock
from widget.core.events import Events
from widget.core.messages import Messages
from widget.core.outbox import Outbox
from widget.core.state import State
from widget.crypto.opened import OpenedFrame
from widget.crypto.session import PeerSession
from widget.model import ChatState
from widget.wire.body import TextBody, write_text

ROOM_OF = 400
START_MS = 1_795_000_000_000


class Kernel:
    """One time is one message; after 400 the room is new. Every fourth message is marked as sent."""

    def __init__(self) -> None:
        self._texts: list[OpenedFrame] = []
        for number in range(ROOM_OF):
            body = write_text(TextBody(f"Message {number}, which is neither short nor long.", [], []))
            sub = f"user{number % 5}"
            msg_id = f"{number:032x}"
            ts_ms = START_MS + number * 777
            self._texts.append(OpenedFrame("sid", sub, f"Person {number % 5}", 1, 1, msg_id, ts_ms, body, []))
        self._heard: int = 0
        self._lengths: int = 0

    def run(self, times: int) -> str:
        self._heard = 0
        self._lengths = 0
        state = self._state()
        messages = self._messages(state)
        for number in range(times):
            place = number % ROOM_OF
            if place == 0:
                state = self._state()
                messages = self._messages(state)
            messages.received(self._texts[place])
            if place % 4 == 0:
                state.mark(self._texts[place].msg_id, "sent")
        shown = state.now.messages[-1]
        return f"{self._heard} {self._lengths} {shown.id} {shown.timestamp} {shown.content} {len(state.now.messages)}"

    def _state(self) -> State:
        clock = StillClock()
        return State(clock, Events(clock))

    def _messages(self, state: State) -> Messages:
        clock = StillClock()
        events = Events(clock)
        events.on("message:received", self._on_message)
        state.subscribe(self._on_state)
        me = PeerSession("sid0", "user0", "Person 0", b"", False, b"", b"", 0, 0, b"", "", b"")
        return Messages(clock, StillDigest(), state, events, Outbox(clock, state, events), me, "room")

    def _on_message(self, _message: object) -> None:
        self._heard += 1

    def _on_state(self, state: ChatState) -> None:
        self._lengths += len(state.messages)
