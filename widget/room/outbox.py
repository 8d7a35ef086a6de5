"""My texts on their way out: each waits until a session of mine may speak, and goes with others in a frame."""

from __future__ import annotations

from collections.abc import Callable

from widget.errors import ChatError
from widget.ports import Clock
from widget.room.kinds.text import TEXT
from widget.room.limits import FRAME_EVENTS, GUEST_BURST, GUEST_EACH_MS, SAID_BURST, SAID_EACH_MS
from widget.room.own_text import Waiting
from widget.room.said import Speaker
from widget.transport.bucket import Bucket
from widget.transport.waiting import Lane
from widget.wire.event import EVENT_BYTES
from widget.wire.frame import CONTENT_BYTES

JOBS_WAITING: int = 64


class Outbox:
    """In their order. `failed` hears why some could not be said; they stay and say so."""

    def __init__(self, clock: Clock, failed: Callable[[ChatError], None]) -> None:
        self._clock: Clock = clock
        self._failed: Callable[[ChatError], None] = failed
        self._going: list[Waiting] = []
        self._lane: Lane = Lane(clock, JOBS_WAITING)
        self._pace: Bucket = Bucket(clock, SAID_BURST, SAID_EACH_MS)
        self._guest_pace: Bucket = Bucket(clock, GUEST_BURST, GUEST_EACH_MS)
        self.speaker: Speaker | None = None
        self.is_held: bool = False  # the next session is to speak
        self.waiting: list[Waiting] = []

    def texts(self) -> list[Waiting]:
        """All that are no events yet."""
        return [*self._going, *self.waiting]

    def flush(self) -> None:
        """There may be a way out now."""
        if len(self.waiting) > 0:
            self._lane.add(self._say_all)

    def retry(self, line_id: str) -> bool:
        """False where none of that line has failed."""
        for waiting in self.waiting:
            if waiting.line.id == line_id and waiting.line.delivery == "failed":
                waiting.line = waiting.line.delivered("sending")
                return True
        return False

    def went(self) -> Waiting | None:
        """The next one is an event now."""
        if len(self._going) == 0:
            return None
        went = self._going[0]
        self._going = self._going[1:]
        return went

    def had_gone(self, body: bytes | None) -> None:
        """A text that rests was an event after all, as others show me."""
        for one in self.waiting:
            if one.rests and body is not None and one.body == body:
                self.waiting = [other for other in self.waiting if other is not one]
                return

    def end(self) -> None:
        """No session of mine will speak any more."""
        fail(self.texts())

    async def _say_all(self) -> None:
        while True:
            speaker = self.speaker
            batch = self._batch()
            if speaker is None or self.is_held or len(batch) == 0 or not speaker.is_ready():
                return
            pace, each_ms = self._pace, SAID_EACH_MS
            if speaker.is_guest:
                batch, pace, each_ms = batch[:1], self._guest_pace, GUEST_EACH_MS
            if not pace.take(len(batch)):
                self._clock.after(each_ms, self.flush)
                return
            self.waiting = [waiting for waiting in self.waiting if waiting not in batch]
            self._going = list(batch)
            try:
                await speaker.say(TEXT, [waiting.body for waiting in batch])
            except ChatError as error:
                fail(self._going)
                self.waiting = self.texts()
                self._going = []
                self._failed(error)

    def _batch(self) -> list[Waiting]:
        """The next ones that fit into a frame together."""
        batch: list[Waiting] = []
        size = 1
        for waiting in self.waiting:
            size += EVENT_BYTES + 2 + len(waiting.body)
            if size > CONTENT_BYTES or len(batch) == FRAME_EVENTS or waiting.rests:
                break
            if waiting.line.delivery != "failed":
                batch.append(waiting)
        return batch


def fail(texts: list[Waiting]) -> None:
    for waiting in texts:
        waiting.line = waiting.line.delivered("failed")
