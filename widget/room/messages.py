"""What is said in the room: my words until they are events, how far they got, and who came and went."""

from __future__ import annotations

from collections.abc import Callable

from widget.core.events import Events
from widget.core.lines import filled
from widget.core.state import State
from widget.core.times import iso_time
from widget.crypto.trust import Identity
from widget.errors import ChatError
from widget.model import ChatMessage, Delivery, MessageType
from widget.ports import Clock, Digest
from widget.room.comings import Comings
from widget.room.delivery import delivery_of
from widget.room.entry import Entry
from widget.room.fold import Fold
from widget.room.kinds.leave import LEAVE
from widget.room.kinds.text import TEXT, TextBody, write_text
from widget.room.limits import NEVER_MS, RESUME_MS, SAID_BURST
from widget.room.log import Log
from widget.room.outbox import Outbox
from widget.room.own_text import Waiting, checked_body
from widget.room.said import Said, Speaker


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
        self.outbox: Outbox = Outbox(clock, self._failed)
        self._said: list[Said] = []
        self._told: dict[str, bool] = {}  # events whose text the page has heard from another event
        self._sids: list[str] = []  # of the sessions in which I spoke
        self._is_resumed: bool = False
        self._resume_ms: int = NEVER_MS  # until then others may show what they have of me
        # Hears the events that count from now on, or none when something else is new, and whether that is mine.
        self.changed: Callable[[list[Entry], bool], None] = lambda entries, is_mine: None

    def become(self, me: Identity) -> None:
        """I am called so from now on: what I say next waits for a session that is."""
        self._sub, self._name = me.sub, me.name
        self.outbox.is_held = True
        self._show()

    def begin(self, present: list[str]) -> None:
        """We are in. `present` (subs) were members before us: their arrival is no news."""
        self._show()
        self.comings.begin(present)

    def attach(self, speaker: Speaker, sid: str) -> None:
        """That session of mine speaks from now on. What one that is over could not tell anybody is said anew."""
        self.outbox.speaker = speaker
        self.outbox.is_held = False
        self._sids.append(sid)
        if self._is_resumed:
            self._resume_ms = min(self._resume_ms, self._clock.steady_ms() + RESUME_MS)
        self._say_rest()

    def resume(self, texts: list[Waiting], undelivered: list[Entry]) -> None:
        """After the page was loaded anew: what had not gone out, and what not everybody had."""
        self._is_resumed = True
        self.outbox.waiting = texts
        for entry in undelivered:
            delivery = self._fold.view.deliveries[entry.id]
            self._said.append(Said(entry.author.sid, entry.event.seq, entry.id, None, [], delivery))

    def detach(self, speaker: Speaker) -> None:
        """That session is over; without one that took over from it the room is over for us."""
        if speaker is not self.outbox.speaker:
            self._say_rest()
            return
        for said in self._said:
            if said.delivery == "sending":
                self._fold.view.mark(said.line, "failed")
        self.outbox.end()
        self._show()

    async def send(self, content: str, emote_ids: list[str], custom_emoji_ids: list[str]) -> None:
        """Show my message and say it as soon as somebody can be reached."""
        body = checked_body(content, emote_ids, custom_emoji_ids)
        now_ms = self._clock.now_ms()
        line = self.line(self._digest.random(16).hex(), now_ms, body, "sending")
        self.outbox.waiting.append(Waiting(line, now_ms, write_text(body), ""))
        self._show()
        self.changed([], True)
        self.outbox.flush()

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
        if not self.outbox.retry(message_id):
            line = self._fold.view.find(message_id)
            if line is None or not line.mine or line.delivery != "failed":
                raise ChatError("message.retry", "This message cannot be sent again. Write it anew.")
            self._fold.view.mark(message_id, "sending")
            self._say_anew(message_id)
        self._show()
        self.outbox.flush()

    def heard(self, entries: list[Entry]) -> None:
        """These events count from now on, mine among them."""
        for entry in entries:
            if entry.author.sid in self._sids and entry.event.kind == TEXT:
                self._went(entry)
            elif entry.author.sub == self._sub:
                self.outbox.had_gone(entry.event.body)
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
            speaker = self.outbox.speaker if said.speaker is None else said.speaker
            if speaker is not None:
                holders = speaker.holders(said.author, said.seq)
                said.delivery = delivery_of(said.delivery, said.readers, holders, speaker.people())
                changed = self._fold.view.mark(said.line, said.delivery) or changed
        self._go_on()
        self._said = [said for said in self._said if said.delivery != "delivered"][-SAID_BURST:]
        if changed:
            self._show()
        self.outbox.flush()

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
        self._fold.note(self._log.clock, line, self.comings.sids(sub) if kind == "join" else [])
        self._show()

    def _say_anew(self, message_id: str) -> None:
        line = self._fold.view.find(message_id)
        if line is not None:
            body = TextBody(line.content, line.emote_ids, line.custom_emoji_ids, message_id)
            self.outbox.waiting.append(Waiting(line, self._clock.now_ms(), write_text(body), message_id))

    def _failed(self, error: ChatError) -> None:
        self._show()
        self._events.emit("error", error)

    def _went(self, entry: Entry) -> None:
        """A text of mine is an event now."""
        went, speaker = self.outbox.went(), self.outbox.speaker
        if went is not None and speaker is not None:
            entry.line = went.line.id
            readers = list(speaker.people())
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
        self.outbox.flush()

    def _take_over(self, over: list[Said]) -> None:
        """Nobody is known to have those of them that are still on their way; how far the others get is still told."""
        self._said = [said for said in self._said if said not in over or said.delivery != "sending"]
        for said in over:
            said.speaker = None
            if said.delivery == "sending":
                self._say_anew(said.line)

    def _go_on(self) -> None:
        """After the page was loaded anew: once others had their chance, what nobody has is said anew."""
        speaker = self.outbox.speaker
        if not self._is_resumed or speaker is None:
            return
        is_time = self._clock.steady_ms() >= self._resume_ms
        if is_time or speaker.agrees():
            for waiting in self.outbox.waiting:
                waiting.rests = False
        if is_time:
            self._is_resumed = False
            if len(speaker.people()) > 0:
                self._take_over([said for said in self._said if said.speaker is None])

    def _show(self) -> None:
        self._state.show([*self._fold.view.lines, *[one.line for one in self.outbox.texts() if one.again == ""]])
        self.changed([], False)
