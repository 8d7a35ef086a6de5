"""People who need no keys, and what they say: entries as they are once their signatures were checked."""

from __future__ import annotations

import hashlib
import random
from dataclasses import replace

from tests.fakes.realm import NOW_MS
from widget.crypto.session import PeerSession
from widget.errors import CwError
from widget.room.chain import NO_EVENT
from widget.room.entry import Entry
from widget.room.kinds.text import TEXT, TextBody, write_text
from widget.room.log import Log
from widget.wire.event import Event, event_signed

ROOM = b"\x0a" * 16
EPOCH = "e1" * 16


def member(name: str, is_host: bool = False, device: str = "", sid: str = "") -> PeerSession:
    """A session of the person of that first name; of another device where that is named."""
    digest = hashlib.sha256(name.encode()).digest()
    return PeerSession(
        sid=digest[:16].hex() if sid == "" else sid,
        sub=hashlib.sha256(name.split()[0].encode()).hexdigest()[32:],
        name=name,
        jkt=hashlib.sha256((name if device == "" else device).encode()).digest(),
        is_host=is_host,
        sign_public=b"",
        agree_public=b"",
        iat_ms=NOW_MS,
        exp_ms=NOW_MS,
        credential=b"",
        credential_hash=digest.hex(),
        psk_proof=b"",
    )


def name_of(event: Event) -> str:
    """Its id."""
    return hashlib.sha256(event_signed(event)).digest()[:16].hex()


class Author:
    """Somebody with a log of his own; `said` is all of it."""

    def __init__(self, name: str, is_host: bool = False, device: str = "", sid: str = "") -> None:
        self.me = member(name, is_host, device, sid)
        self.said: list[Entry] = []

    @property
    def sid(self) -> str:
        return self.me.sid

    def say(
        self,
        text: str = "",
        clock: int = 0,
        kind: int = TEXT,
        body: bytes | None = None,
        kid: str = EPOCH,
        again: str = "",
        since_ms: int = 0,
    ) -> Entry:
        """The next of this log; its clock is one more than that of the one before unless it is given."""
        last = self.said[-1] if len(self.said) > 0 else None
        words = write_text(TextBody(text or f"line {len(self.said) + 1}", again=again)) if body is None else body
        event = Event(
            room_id=ROOM,
            author=self.sid,
            seq=len(self.said) + 1,
            prev=NO_EVENT if last is None else last.id,
            kid=kid,
            clock=clock if clock > 0 else 1 + (0 if last is None else last.event.clock),
            at_ms=NOW_MS,
            kind=kind,
            body_hash=hashlib.sha256(words).hexdigest(),
            body=words,
        )
        entry = Entry(event, name_of(event), self.me, since_ms, False)
        self.said.append(entry)
        return entry

    def speak(self, count: int) -> list[Entry]:
        return [self.say() for _ in range(count)]


def other_story(entry: Entry, **changes: object) -> Entry:
    """What the same author said under the same number, to somebody else."""
    changed = replace(entry.event, **({"at_ms": entry.event.at_ms + 1} | changes))  # type: ignore[arg-type]
    return Entry(changed, name_of(changed), entry.author, entry.since_ms, False)


def again(entry: Entry, since_ms: int = 0) -> Entry:
    """The same event, held by somebody else."""
    return Entry(replace(entry.event), entry.id, entry.author, since_ms, False)


def bare(entry: Entry) -> Entry:
    """The same event without its body."""
    return Entry(entry.event.bare(), entry.id, entry.author, entry.since_ms, False)


def talk(seed: int, count: int, authors: list[Author]) -> list[Entry]:
    """They speak in turns; everybody has heard some of what was said before."""
    rng = random.Random(seed)
    said: list[Entry] = []
    clocks = [0]  # the highest of the first so many
    for number in range(count):
        author = rng.choice(authors)
        own = author.said[-1].event.clock if len(author.said) > 0 else 0
        heard = clocks[max(0, number - rng.randrange(3))]
        said.append(author.say(f"{author.me.name} {number}", 1 + max(own, heard)))
        clocks.append(max(clocks[-1], said[-1].event.clock))
    return said


def shuffled(seed: int, said: list[Entry]) -> list[Entry]:
    """Each at least once, some twice, in any order."""
    rng = random.Random(seed)
    arriving = [*said, *rng.sample(said, len(said) // 2)]
    rng.shuffle(arriving)
    return arriving


def held(log: Log) -> list[str]:
    """The ids that count, in room order."""
    entries = [entry for chain in log.chains.values() for entry in chain.entries]
    return [entry.id for entry in sorted(entries, key=lambda entry: entry.place)]


def ids(entries: list[Entry]) -> list[str]:
    return [entry.id for entry in entries]


def refusal(log: Log, entry: Entry) -> int:
    """Why the log does not take it; 0 when it does."""
    try:
        log.place(entry)
    except CwError as error:
        return error.reason
    return 0
