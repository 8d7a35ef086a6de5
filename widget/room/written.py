"""An event of mine: the next in my chain, signed."""

from __future__ import annotations

from widget.crypto.event import body_hash, event_id, sign_event
from widget.crypto.session import Session
from widget.ports import Clock, Crypto
from widget.room.entry import Entry
from widget.room.log import Log
from widget.transport.waiting import start
from widget.wire.event import Event


async def written(
    clock: Clock, crypto: Crypto, session: Session, log: Log, kid: str, kind: int, body: bytes
) -> Entry:
    """It does not count before it is placed in the `log`. `kid` is the epoch that I hold."""
    mine = log.chain(session.sid)
    unsigned = Event(
        room_id=session.room_id,
        author=session.sid,
        seq=mine.last + 1,
        prev=mine.last_id,
        kid=kid,
        clock=log.next_clock(),
        at_ms=clock.now_ms(),
        kind=kind,
        body_hash=await body_hash(crypto, body),
        body=body,
    )
    naming = start(clock, lambda: event_id(crypto, unsigned))  # while it is signed
    event = await sign_event(crypto, session, unsigned)
    return Entry(event, await naming.wait(), session.me, clock.steady_ms(), False)
