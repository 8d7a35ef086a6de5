"""A member that says whatever it likes: signed by it, and of any place in its log."""

from __future__ import annotations

from tests.fakes.world import Someone
from widget.crypto.event import body_hash, sign_event
from widget.room.chain import NO_EVENT
from widget.room.kinds.text import TEXT, TextBody, write_text
from widget.wire.event import Event
from widget.wire.frame import TYPE_NEWS


async def event(
    eve: Someone, text: str, seq: int, prev: str = NO_EVENT, clock: int = 1, kind: int = TEXT
) -> Event:
    """Signed by Eve, and of any place in her log."""
    replica = eve.stay.peers.replica
    session, crypto = replica._session, eve.platform.crypto
    body = write_text(TextBody(text)) if kind == TEXT else text.encode()
    made = Event(
        session.room_id, session.sid, seq, prev, eve.stay.peers.group.kid, clock, eve.clock.now_ms(), kind,
        await body_hash(crypto, body), b"", body,
    )  # fmt: skip
    return await sign_event(crypto, session, made)


async def tell(eve: Someone, events: list[Event], *others: Someone, frame_type: int = TYPE_NEWS) -> None:
    """One frame, to these alone."""
    packet = await eve.stay.peers.group.seal(frame_type, events)
    for other in others:
        eve.stay.peers.send(other.stay.me.sid, packet)
