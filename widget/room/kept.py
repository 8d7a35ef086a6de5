"""A talk as records for the disk, and back: what was verified then is believed now.

A record is u32 length | JSON | events as in `widget/wire/event.py`. The JSON is one of
{"version", "sub", "room", "host", "name", "psk", "older", "epochs", "devices", "owners", "deliveries", "proofs",
"texts"}, the state with the room's decisions as its events,
{"people": [[credential, psk proof, sub, name, jkt, is host]]} and
{"number", "events": [[id, epoch, held since, is odd, is late, line]]}, a segment of the log; bytes are in hex.
"""

from __future__ import annotations

import json
from typing import Any

from widget.crypto.event import event_id
from widget.crypto.genesis import RoomAddress, room_id
from widget.crypto.session import PeerSession, credential_hash
from widget.crypto.trust import Identity
from widget.errors import CwError
from widget.model import Delivery
from widget.ports import Clock, Crypto
from widget.room.arrival import Plan
from widget.room.chain import contradicts
from widget.room.entry import Entry
from widget.room.kinds.text import read_text
from widget.room.limits import KEPT_MS, KEPT_OF_ONE
from widget.room.own_text import Waiting
from widget.room.shared import Shared
from widget.room.talk import Talk
from widget.wire.base16 import from_hex
from widget.wire.codec import Reader, Writer, utf8
from widget.wire.credential import read_credential
from widget.wire.event import Event, read_events, write_events
from widget.wire.fields import write_object
from widget.wire.genesis import read_genesis, write_genesis
from widget.wire.notes import Fork, read_note
from widget.wire.room import RoomRecord

VERSION = 3


def record_of(fields: dict[str, Any], events: list[Event]) -> bytes:
    text = write_object(fields).encode("utf-8")
    return Writer().u32(len(text)).raw(text).raw(write_events(events)).done()


def state_of(talk: Talk) -> bytes:
    readers = talk.readers
    record = talk.record
    return record_of(
        {
            "version": VERSION,
            "sub": talk.sub,
            "room": write_genesis(talk.plan.genesis).hex(),
            "host": "" if record is None else record.host_name,
            "name": talk.plan.name,
            "emotes": talk.plan.emotes,
            "psk": talk.plan.address.psk.hex(),
            "older": [secret.hex() for secret in talk.plan.older],
            "epochs": readers.numbers,
            "devices": readers.entered,
            "owners": readers.owners,
            "deliveries": {
                line: delivery
                for line, delivery in talk.fold.view.deliveries.items()
                if delivery != "delivered" and talk.log.has(line)
            },
            "proofs": [proof.hex() for proof in talk.log.proofs.values()],
            "texts": [
                [one.line.id, one.line.delivery, one.at_ms, one.again, one.body.hex()]
                for one in talk.messages.outbox.texts()
            ],
        },
        [entry.event for entry in talk.book.entries()],
    )


def people_of(people: list[PeerSession]) -> bytes:
    return record_of(
        {
            "people": [
                [one.credential.hex(), one.psk_proof.hex(), one.sub, one.name, one.jkt.hex(), one.is_host, one.via]
                for one in people
            ]
        },
        [],
    )


def segment_of(number: int, entries: list[Entry], clock: Clock) -> bytes:
    wall_ms = clock.now_ms() - clock.steady_ms()
    marks = [[one.id, one.epoch_n, wall_ms + one.since_ms, one.is_odd, one.is_late, one.line] for one in entries]
    return record_of({"number": number, "events": marks}, [one.event for one in entries])


class Mark:
    """An event as it was held."""

    def __init__(self, event: Event, marks: list[Any]) -> None:
        self.event: Event = event
        self.id: str = marks[0]
        self.epoch_n: int = marks[1]
        self.held_ms: int = marks[2]
        self.is_odd: bool = marks[3]
        self.is_late: bool = marks[4]
        self.line: str = marks[5]


class Kept:
    """What the records of one room hold; CwError for one that is none of ours. `number` is the newest segment's."""

    def __init__(self, records: list[bytes]) -> None:
        self.state: dict[str, Any] = {}
        self.number: int = 0
        self._decisions: list[Event] = []
        self._people: list[list[Any]] = []
        self._segments: dict[int, list[Mark]] = {}
        for record in records:
            self._take(Reader(record))

    def newest(self) -> list[Mark]:
        """What is in the newest segment."""
        return self._segments.get(self.number, [])

    def _take(self, reader: Reader) -> None:
        fields: dict[str, Any] = json.loads(utf8(reader.fixed(reader.u32())))
        events = read_events(reader, True)
        if "people" in fields:
            self._people = fields["people"]
        elif "number" in fields:
            number: int = fields["number"]
            marks: list[list[Any]] = fields["events"]
            self.number = max(self.number, number)
            self._segments[number] = [Mark(events[index], marks[index]) for index in range(len(events))]
        elif fields["version"] == VERSION:
            self.state = fields
            self._decisions = events

    async def talk(self, shared: Shared, me: Identity) -> Talk:
        state = self.state
        genesis = read_genesis(from_hex(state["room"]))
        room = await room_id(shared.platform.crypto, genesis)
        older: list[str] = state["older"]
        secrets = [from_hex(secret) for secret in older]
        plan = Plan(genesis, RoomAddress(room, from_hex(state["psk"])), state["name"], secrets)
        plan.emotes = state["emotes"]
        talk = Talk(shared, plan, me)
        talk.record = RoomRecord(
            room, plan.name, genesis.host_sub, state["host"], genesis.created_ms, 0, genesis.capacity,
            not genesis.private, state["room"],
        )  # fmt: skip
        talk.readers.go_on(state["epochs"], state["devices"], state["owners"])
        people: dict[str, PeerSession] = {}
        for person in self._people:
            session = await _session(shared.platform.crypto, person)
            people[session.sid] = session
        decided: list[Entry] = []
        for event in self._decisions:
            if event.author in people:
                name = await event_id(shared.platform.crypto, event)
                decided.append(Entry(event, name, people[event.author], shared.clock.steady_ms(), False))
        talk.book.take(decided, lambda reason: None)
        talk.book.put_out = []
        await talk.book.name()
        self._fill(talk, shared.clock, people)
        proofs: list[str] = state["proofs"]
        for proof in proofs:
            await _convict(talk, shared.platform.crypto, from_hex(proof))
        self._resume(talk)
        return talk

    def _fill(self, talk: Talk, clock: Clock, authors: dict[str, PeerSession]) -> None:
        """What is not older than KEPT_MS, of each person the newest KEPT_OF_ONE."""
        marks = [mark for number in sorted(self._segments) for mark in self._segments[number]]
        marks = [mark for mark in marks if mark.event.author in authors]
        left: dict[str, int] = {}
        for mark in marks:
            sub = authors[mark.event.author].sub
            left[sub] = left.get(sub, 0) + 1
        placed: list[Entry] = []
        now_ms = clock.now_ms()
        wall_ms = now_ms - clock.steady_ms()
        for mark in marks:
            author = authors[mark.event.author]
            left[author.sub] -= 1
            if left[author.sub] < KEPT_OF_ONE and mark.held_ms > now_ms - KEPT_MS:
                placed.extend(self._place(talk, mark, author, wall_ms))
        talk.fold.begin([entry for entry in placed if talk.log.has(entry.id)])

    def _place(self, talk: Talk, mark: Mark, author: PeerSession, wall_ms: int) -> list[Entry]:
        known = talk.log.find(mark.id)
        if known is not None:
            known.event = mark.event  # it was kept again because its body came
            return []
        entry = Entry(mark.event, mark.id, author, mark.held_ms - wall_ms, mark.is_odd)
        entry.epoch_n = mark.epoch_n
        entry.is_late = mark.is_late
        entry.line = mark.line
        if author.jkt == talk.device:
            deliveries: dict[str, Delivery] = self.state["deliveries"]
            talk.fold.view.deliveries[mark.id] = deliveries.get(mark.id, "delivered")
        try:
            return talk.log.place(entry, True)
        except CwError:
            return []  # from before what is kept

    def _resume(self, talk: Talk) -> None:
        """My lines that not everybody has yet, and my texts that are no events yet."""
        deliveries: dict[str, Delivery] = self.state["deliveries"]
        unsaid: list[list[Any]] = self.state["texts"]
        said = [entry.line for entry in talk.log.entries()]
        texts: list[Waiting] = []
        for one in unsaid:
            if one[0] not in said:
                body = from_hex(one[4])
                line = talk.messages.line(one[0], one[2], read_text(body), one[1])
                texts.append(Waiting(line, one[2], body, one[3], True))
        talk.messages.resume(texts, talk.log.found(deliveries))


async def _session(crypto: Crypto, person: list[Any]) -> PeerSession:
    credential = from_hex(person[0])
    sc = read_credential(credential)
    return PeerSession(
        sid=sc.sid,
        sub=person[2],
        name=person[3],
        jkt=from_hex(person[4]),
        is_host=person[5],
        sign_public=sc.signing,
        agree_public=sc.agreement,
        iat_ms=sc.iat_ms,
        exp_ms=sc.exp_ms,
        credential=credential,
        credential_hash=await credential_hash(crypto, sc),
        psk_proof=from_hex(person[1]),
        via=person[6],
    )


async def _story(crypto: Crypto, event: Event) -> Mark:
    return Mark(event, [await event_id(crypto, event), 0, 0, False, False, ""])


async def _convict(talk: Talk, crypto: Crypto, proof: bytes) -> None:
    note = read_note(proof)
    if isinstance(note, Fork):
        one, other = note.events
        talk.log.proofs[one.author] = proof
        seq = contradicts(await _story(crypto, one), await _story(crypto, other))
        talk.fold.remove(talk.log.cut(one.author, seq))
