"""Vectors of events against their authors, and of the logs that keep them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tests.vectors.made.events import EVENT
from tests.vectors.made.file import File, bent
from tests.vectors.made.people import People, twin
from widget.crypto.event import body_hash, event_id, sign_event
from widget.native.crypto import native_crypto
from widget.room.limits import CLOCK_STEP
from widget.wire.event import Event
from widget.wire.frame import write_content


async def said_events(people: People) -> File:
    file = File("event", "check", "Whether its author said it: widget/crypto/event.py, check_event")
    ben, crypto = people.seats["ben"], native_crypto()
    body = b"\x00\x05hello\x00\x00"
    bare = replace(
        EVENT, room_id=ben.session.room_id, author=ben.sid, body=body, body_hash=await body_hash(crypto, body)
    )
    event = await sign_event(ben.crypto, ben.session, bare)

    async def good(sentence: str, *said: Event) -> None:
        ids = [await event_id(crypto, one) for one in said]
        file.good(sentence, {"ids": ids}, author="ben", content=write_content(list(said)))

    async def again(**changes: Any) -> Event:
        """Signed by Ben."""
        return await sign_event(ben.crypto, ben.session, replace(event, **changes))

    await good("a line of Ben's", event)
    await good("the same without its body", event.bare())
    await good("two lines", event, await again(seq=8))
    await good("the second signature that holds", replace(event, signature=twin(event.signature)))
    await good("no body", await again(body=b"", body_hash=await body_hash(crypto, b"")))
    await good("the greatest numbers", await again(seq=2**32 - 1, clock=2**48 - 1, at_ms=2**48 - 1, kind=255))
    lies: dict[str, dict[str, Any]] = {
        "another number": {"seq": 8},
        "another room": {"room_id": bytes(16)},
        "another author": {"author": people.seats["ada"].sid},
        "another event before it": {"prev": "00" * 16},
        "another epoch": {"kid": "00" * 16},
        "another clock": {"clock": 1},
        "another time": {"at_ms": 1},
        "another kind": {"kind": 4},
        "no signature": {"signature": bytes(64)},
        "a signature with a bent bit": {"signature": bent(event.signature)},
        "r and s in the other order": {"signature": event.signature[32:] + event.signature[:32]},
        "the signature of another line": {"signature": (await again(seq=9)).signature},
        "another body, and its hash": {"body": b"evil", "body_hash": await body_hash(crypto, b"evil")},
    }
    for sentence, changes in lies.items():
        file.bad(sentence, 103, author="ben", content=write_content([replace(event, **changes)]))
    for sentence, wrong in {
        "another body": b"evil",
        "a body cut": body[:-1],
        "a byte more": body + b"\x00",
        "an empty body": b"",
    }.items():
        file.bad(sentence, 102, author="ben", content=write_content([replace(event, body=wrong)]))
    file.bad("a line of Ben's, as if Cleo had said it", 103, author="cleo", content=write_content([event]))
    forged = await sign_event(ben.crypto, people.seats["cleo"].session, bare)
    file.bad("a line of Ben's that Cleo signed", 103, author="ben", content=write_content([forged]))
    return file


class Speaker:
    """Somebody with a log."""

    def __init__(self, people: People, name: str) -> None:
        self._seat = people.seats[name]
        self.said: list[Event] = []
        self.ids: list[str] = []

    async def say(self, **changes: Any) -> Event:
        """The next line, honest but for the changes."""
        last = self.said[-1] if len(self.said) > 0 else replace(EVENT, seq=0, clock=0)
        text = f"line {last.seq + 1}".encode()
        words = len(text).to_bytes(2, "big") + text + bytes(2)
        event = replace(EVENT, room_id=self._seat.session.room_id, author=self._seat.sid, body=words)
        event = replace(
            event, seq=last.seq + 1, clock=last.clock + 1, body_hash=await body_hash(native_crypto(), words)
        )
        event = replace(event, prev=self.ids[-1] if len(self.ids) > 0 else "00" * 16)
        signed = await sign_event(self._seat.crypto, self._seat.session, replace(event, **changes))
        self.said.append(signed)
        self.ids.append(await event_id(native_crypto(), signed))
        return signed


async def logs(people: People) -> File:
    file = File("log", "check", "Events as they come to a log: widget/room/log.py, chain.py")
    ben, cleo = Speaker(people, "ben"), Speaker(people, "cleo")
    for number in range(5):
        await ben.say()
        await cleo.say(clock=number + 1)

    def given(*said: Event) -> dict[str, Any]:
        return {"authors": ["ben", "cleo"], "contents": [write_content([event]) for event in said]}

    def good(sentence: str, said: list[Event], ids: list[str], clock: int, waiting: int = 0) -> None:
        file.good(sentence, {"ids": ids, "clock": clock, "waiting": waiting, "forks": 0}, **given(*said))

    lines, first = ben.said, ben.ids
    ordered = sorted((people.seats[name].sid, speaker.ids) for name, speaker in (("ben", ben), ("cleo", cleo)))
    both = [one for pair in zip(ordered[0][1], ordered[1][1], strict=True) for one in pair]
    good("nothing", [], [], 0)
    good("in order", lines, first, 5)
    good("the other way round", lines[::-1], first, 5)
    good("each twice", [*lines, *lines], first, 5)
    good("a gap", [lines[0], lines[2], lines[3]], first[:1], 1, 2)
    good("a gap that closes", [lines[0], lines[2], lines[3], lines[1]], first[:4], 4)
    good("from the middle on", lines[2:], first[2:], 5)
    good("from the middle back", [lines[4], lines[2], lines[3]], first[2:], 5)
    good("two authors", [*lines, *cleo.said], both, 5)
    good("two authors, one of them backwards", [*cleo.said, *lines[::-1]], both, 5)
    good("a body that is withheld", [lines[0].bare(), lines[1]], first[:2], 2)
    near = await ben.say(clock=CLOCK_STEP)
    good("a clock as far ahead of the room as may be", [*lines[:5], near], ben.ids, near.clock)
    far = await ben.say(clock=CLOCK_STEP + 1)
    good("a clock ahead of its time", [*lines[:5], near, far], ben.ids[:6], near.clock, 1)
    await _forked(file, people, given)
    return file


async def _forked(file: File, people: People, given: Any) -> None:
    ben, liar = Speaker(people, "ben"), Speaker(people, "ben")
    for _ in range(3):
        await ben.say()
    one, two, three = ben.said
    for sentence, before, changes in (
        ("another story under one number", 1, {"at_ms": 1}),
        ("one that follows another before it", 1, {"prev": "11" * 16}),
        ("one whose clock does not rise", 1, {"clock": 1}),
        ("one whose clock falls", 2, {"clock": 1}),
    ):
        liar.said, liar.ids = ben.said[:before], ben.ids[:before]
        other = await liar.say(**changes)
        known = ben.said[: before + 1] if "at_ms" in changes else ben.said[:before]
        file.bad(sentence, 110, **given(*known, other))
    liar.said, liar.ids = [], []
    file.bad("another first", 110, **given(one, two, await liar.say(at_ms=1)))
    liar.said, liar.ids = ben.said[:1], ben.ids[:1]
    file.bad("one before, to which what follows does not belong", 110, **given(three, await liar.say(at_ms=1)))
