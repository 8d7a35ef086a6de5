"""What is said in the room: my words on their way out, how far they got, and who came and went."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from widget.core.events import Events
from widget.core.limits import MESSAGE_CHARS, MESSAGE_EMOTES
from widget.core.lines import filled
from widget.core.state import State
from widget.core.times import iso_time
from widget.errors import ChatError
from widget.model import ChatMessage, Delivery, MessageType
from widget.ports import Clock, Digest
from widget.room.comings import Comings
from widget.room.delivery import delivery_of
from widget.room.entry import Entry
from widget.room.fold import Fold
from widget.room.kinds.leave import LEAVE
from widget.room.kinds.text import TEXT, TextBody, is_id, write_text
from widget.room.limits import FRAME_EVENTS, NEVER_MS, RESUME_MS, SAID_BURST, SAID_EACH_MS
from widget.room.log import Log
from widget.transport.bucket import Bucket
from widget.transport.waiting import Lane
from widget.wire.blank import is_blank
from widget.wire.event import EVENT_BYTES, MAX_BODY_BYTES
from widget.wire.frame import CONTENT_BYTES

JOBS_WAITING: int = 64
AGAIN_BYTES: int = 16  # a text that is said once more names its event


class Speaker(Protocol):
    """A session of mine, and those it speaks to."""

    is_closed: bool

    def is_ready(self) -> bool:
        """Something may be said now."""
        ...

    async def say(self, kind: int, bodies: list[bytes]) -> None: ...
    def readers(self) -> list[str]:
        """The sids that can read what is said now, without me."""
        ...

    def holders(self, author: str, seq: int) -> list[str]:
        """The sids that hold that event, as far as they told."""
        ...

    def agrees(self) -> bool:
        """Everybody here holds the same as I."""
        ...


class Said:
    """An event of mine. `readers` are the others of its epoch; `line` is the line that shows it.

    The `speaker` of what was said before the page was loaded anew is none.
    """

    def __init__(
        self, author: str, seq: int, line: str, speaker: Speaker | None, readers: list[str], delivery: Delivery
    ) -> None:
        self.author: str = author
        self.seq: int = seq
        self.line: str = line
        self.speaker: Speaker | None = speaker
        self.readers: list[str] = readers
        self.delivery: Delivery = delivery


class Waiting:
    """A text of mine that is no event yet. `again` is the event of an earlier session that it says once more.

    It `rests` while it may have become an event just before the page was loaded anew.
    """

    def __init__(self, line: ChatMessage, at_ms: int, body: bytes, again: str, rests: bool = False) -> None:
        self.line: ChatMessage = line
        self.at_ms: int = at_ms
        self.body: bytes = body
        self.again: str = again
        self.rests: bool = rests


class Messages:
    """The conversation of one stay in the room that people call `room_id`, through as many sessions as it takes."""

    def __init__(
        self,
        clock: Clock,
        digest: Digest,
        state: State,
        events: Events,
        sub: str,
        name: str,
        room_id: str,
        log: Log,
        fold: Fold,
    ) -> None:
        self._clock: Clock = clock
        self._digest: Digest = digest
        self._state: State = state
        self._events: Events = events
        self._sub: str = sub
        self._name: str = name
        self._room_id: str = room_id
        self._log: Log = log
        self._fold: Fold = fold
        self.comings: Comings = Comings(clock, self.tell)
        self._waiting: list[Waiting] = []
        self._going: list[Waiting] = []
        self._said: list[Said] = []
        self._lane: Lane = Lane(clock, JOBS_WAITING)
        self._pace: Bucket = Bucket(clock, SAID_BURST, SAID_EACH_MS)
        self._speaker: Speaker | None = None
        self._told: dict[str, bool] = {}  # events whose text the page has heard from another event
        self._sids: list[str] = []  # of the sessions in which I spoke
        self._is_resumed: bool = False
        self._resume_ms: int = NEVER_MS  # until then others may show what they have of me
        # Hears the events that count from now on, or none when something else is new, and whether that is mine.
        self.changed: Callable[[list[Entry], bool], None] = lambda entries, is_mine: None

    def begin(self, present: list[str]) -> None:
        """We are in. `present` (subs) were members before us: their arrival is no news."""
        self._show()
        self.comings.begin(present)

    def attach(self, speaker: Speaker, sid: str) -> None:
        """That session of mine speaks from now on. What one that is over could not tell anybody is said anew."""
        self._speaker = speaker
        self._sids.append(sid)
        if self._is_resumed:
            self._resume_ms = min(self._resume_ms, self._clock.steady_ms() + RESUME_MS)
        self._say_rest()
        self.flush()

    def unsaid(self) -> list[Waiting]:
        """My texts that are no events yet."""
        return [*self._going, *self._waiting]

    def resume(self, texts: list[Waiting], undelivered: list[Entry]) -> None:
        """After the page was loaded anew: what had not gone out, and what not everybody had."""
        self._is_resumed = True
        self._waiting = texts
        for entry in undelivered:
            delivery = self._fold.view.deliveries[entry.id]
            self._said.append(Said(entry.author.sid, entry.event.seq, entry.id, None, [], delivery))

    def detach(self, speaker: Speaker) -> None:
        """That session is over; without one that took over from it the room is over for us."""
        if speaker is not self._speaker:
            self._say_rest()
            self.flush()
            return
        for said in self._said:
            if said.delivery == "sending":
                self._fold.view.mark(said.line, "failed")
        for waiting in [*self._going, *self._waiting]:
            waiting.line = waiting.line.delivered("failed")
        self._show()

    async def send(self, content: str, emote_ids: list[str], custom_emoji_ids: list[str]) -> None:
        """Show my message and say it as soon as somebody can be reached."""
        body = _checked_body(content, emote_ids, custom_emoji_ids)
        now_ms = self._clock.now_ms()
        line = self.line(self._digest.random(16).hex(), now_ms, body, "sending")
        self._waiting.append(Waiting(line, now_ms, write_text(body), ""))
        self._show()
        self.changed([], True)
        self.flush()

    def line(self, line_id: str, at_ms: int, body: TextBody, delivery: Delivery) -> ChatMessage:
        """A text of mine that is no event yet, as it is shown."""
        return ChatMessage(
            id=line_id,
            room_id=self._room_id,
            sender_id=self._sub,
            sender_name=self._name,
            timestamp=iso_time(self._clock, at_ms),
            content=body.text,
            encrypted=True,
            emote_ids=body.emotes,
            custom_emoji_ids=body.emoji,
            type="message",
            delivery=delivery,
            mine=True,
        )

    async def retry(self, message_id: str) -> None:
        """Say a failed message of mine once more; nobody sees it twice."""
        for waiting in self._waiting:
            if waiting.line.id == message_id and waiting.line.delivery == "failed":
                waiting.line = waiting.line.delivered("sending")
                self._show()
                self.flush()
                return
        line = self._fold.view.find(message_id)
        if line is None or not line.mine or line.delivery != "failed":
            raise ChatError("message.retry", "This message cannot be sent again. Write it anew.")
        self._fold.view.mark(message_id, "sending")
        self._say_anew(message_id)
        self._show()
        self.flush()

    def flush(self) -> None:
        """There may be a way out now."""
        if len(self._waiting) > 0:
            self._lane.add(self._say_all)

    def heard(self, entries: list[Entry]) -> None:
        """These events count from now on, mine among them."""
        for entry in entries:
            if entry.author.sid in self._sids and entry.event.kind == TEXT:
                self._went(entry)
            elif entry.author.sub == self._sub:
                self._had_gone(entry)
            elif entry.event.kind == LEAVE:
                self.comings.said_goodbye(entry.author.sub)
        self._show()
        self.changed(entries, len(entries) > 0 and entries[0].author.sid in self._sids)
        for entry in entries:
            line = None if entry.author.sid in self._sids else self._fold.view.find(entry.id)
            if line is not None and entry.id not in self._told:
                if entry.again != "":
                    self._told[entry.again] = True
                self._events.emit("message:received", line)

    def look(self) -> None:
        """Somebody has more of what I said than before, came or left."""
        changed = False
        for said in self._said:
            speaker = self._speaker if said.speaker is None else said.speaker
            if speaker is not None:
                holders = speaker.holders(said.author, said.seq)
                said.delivery = delivery_of(said.delivery, said.readers, holders, speaker.readers())
                changed = self._fold.view.mark(said.line, said.delivery) or changed
        self._go_on()
        self._said = [said for said in self._said if said.delivery != "delivered"][-SAID_BURST:]
        if changed:
            self._show()

    def tell(self, kind: MessageType, sub: str, name: str, sentence: str, whom: str = "") -> None:
        """A line that no event brought."""
        line = ChatMessage(
            id=self._digest.random(16).hex(),
            room_id=self._room_id,
            sender_id=sub,
            sender_name=name,
            timestamp=iso_time(self._clock, self._clock.now_ms()),
            content=filled(sentence, name, whom),
            encrypted=True,
            type=kind,
            sentence=sentence,
            whom=whom,
        )
        self._fold.note(self._log.clock, line)
        self._show()

    def _say_anew(self, message_id: str) -> None:
        line = self._fold.view.find(message_id)
        if line is not None:
            body = TextBody(line.content, line.emote_ids, line.custom_emoji_ids, message_id)
            self._waiting.append(Waiting(line, self._clock.now_ms(), write_text(body), message_id))

    async def _say_all(self) -> None:
        while True:
            speaker = self._speaker
            batch = self._batch()
            if speaker is None or len(batch) == 0 or not speaker.is_ready():
                return
            if not self._pace.take(len(batch)):
                self._clock.after(SAID_EACH_MS, self.flush)
                return
            self._waiting = [waiting for waiting in self._waiting if waiting not in batch]
            self._going = list(batch)
            try:
                await speaker.say(TEXT, [waiting.body for waiting in batch])
            except ChatError as error:
                self._fail(error)

    def _batch(self) -> list[Waiting]:
        """The next ones that fit into a frame together."""
        batch: list[Waiting] = []
        size = 1
        for waiting in self._waiting:
            size += EVENT_BYTES + 2 + len(waiting.body)
            if size > CONTENT_BYTES or len(batch) == FRAME_EVENTS or waiting.rests:
                break
            if waiting.line.delivery != "failed":
                batch.append(waiting)
        return batch

    def _fail(self, error: ChatError) -> None:
        for waiting in self._going:
            waiting.line = waiting.line.delivered("failed")
        self._waiting = [*self._going, *self._waiting]
        self._going = []
        self._show()
        self._events.emit("error", error)

    def _went(self, entry: Entry) -> None:
        """A text of mine is an event now."""
        speaker = self._speaker
        if speaker is not None and len(self._going) > 0:
            went = self._going[0]
            self._going = self._going[1:]
            entry.line = went.line.id
            readers = speaker.readers()
            said = Said(
                entry.author.sid,
                entry.event.seq,
                entry.id if went.again == "" else went.again,
                speaker,
                readers,
                "unheard" if len(readers) == 0 else "sending",
            )
            self._said.append(said)
            self._fold.view.mark(said.line, said.delivery)

    def _say_rest(self) -> None:
        """What a session that is over told nobody."""
        self._take_over([said for said in self._said if said.speaker is not None and said.speaker.is_closed])

    def _take_over(self, over: list[Said]) -> None:
        """Nobody is known to have those of them that are still on their way; how far the others get is still told."""
        self._said = [said for said in self._said if said not in over or said.delivery != "sending"]
        for said in over:
            said.speaker = None
            if said.delivery == "sending":
                self._say_anew(said.line)

    def _had_gone(self, entry: Entry) -> None:
        """A text that rests was an event after all, as others show me."""
        body = entry.event.body
        for one in self._waiting:
            if one.rests and body is not None and one.body == body:
                self._waiting = [other for other in self._waiting if other is not one]
                return

    def _go_on(self) -> None:
        """After the page was loaded anew: once others had their chance, what nobody has is said anew."""
        speaker = self._speaker
        if not self._is_resumed or speaker is None:
            return
        is_time = self._clock.steady_ms() >= self._resume_ms
        if is_time or speaker.agrees():
            for waiting in self._waiting:
                waiting.rests = False
        if is_time:
            self._is_resumed = False
            if len(speaker.readers()) > 0:
                self._take_over([said for said in self._said if said.speaker is None])
        self.flush()

    def _show(self) -> None:
        self._state.show([*self._fold.view.lines, *[one.line for one in self.unsaid() if one.again == ""]])
        self.changed([], False)


def _checked_body(content: str, emote_ids: list[str], custom_emoji_ids: list[str]) -> TextBody:
    """The body of a message, or a ChatError that says what is wrong with it. A line ends with LF, as in every field."""
    content = content.replace("\r\n", "\n").replace("\r", "\n")
    if is_blank(content):
        raise ChatError("message.empty", "There is nothing to send. Write something first.")
    text = f"A message can have at most {MESSAGE_CHARS} characters, fewer with emoji. Shorten it."
    too_long = ChatError("message.long", text)
    if len(content) > MESSAGE_CHARS:
        raise too_long
    for ids in (emote_ids, custom_emoji_ids):
        if len(ids) > MESSAGE_EMOTES or not all(is_id(emote_id) for emote_id in ids):
            raise ChatError(
                "message.emotes", f"A message can have at most {MESSAGE_EMOTES} emotes, each with a valid id."
            )
    body = TextBody(content, emote_ids, custom_emoji_ids)
    try:
        size = len(write_text(body))
    except ValueError as error:  # half of a surrogate pair
        raise ChatError("message.text", "This message holds characters that cannot be sent.") from error
    if size > MAX_BODY_BYTES - AGAIN_BYTES:
        raise too_long
    return body
