"""Signs events, names them and checks their signatures."""

from __future__ import annotations

from widget.crypto.keys import signed
from widget.crypto.reasons import EVENT_BODY, EVENT_SIGNATURE
from widget.crypto.session import PeerSession, Session
from widget.errors import CwError
from widget.ports import Crypto
from widget.wire.event import Event, event_signed

ID_BYTES = 16


async def sign_event(crypto: Crypto, session: Session, event: Event) -> Event:
    """`event` with my session's signature."""
    event.signature = await crypto.signatures.sign(session.signing, event_signed(event))
    return event


async def event_id(crypto: Crypto, event: Event) -> str:
    """The same whoever computes it, with or without the body: 32 hex digits."""
    return (await crypto.digest.sha256(event_signed(event)))[:ID_BYTES].hex()


async def body_hash(crypto: Crypto, body: bytes) -> str:
    return (await crypto.digest.sha256(body)).hex()


async def named(crypto: Crypto, events: list[Event]) -> list[tuple[str, bool]]:
    """The id of each, and whether it is whole: a body that came along is the one that was signed. One that is withheld
    is no lie."""
    bodies = [b"" if event.body is None else event.body for event in events]
    hashes = await crypto.digest.sha256_all([*[event_signed(event) for event in events], *bodies])
    return [
        (hashes[place][:ID_BYTES].hex(), event.body is None or hashes[place + len(events)].hex() == event.body_hash)
        for place, event in enumerate(events)
    ]


async def check_event(crypto: Crypto, event: Event, author: PeerSession) -> str:
    """Its id. CwError unless `author` signed it and a body that came along is the one that was signed."""
    name, is_whole = (await named(crypto, [event]))[0]
    if not is_whole:
        raise CwError(EVENT_BODY, "a body that is not the event's")
    if not await signed(crypto, author.sign_public, event.signature, event_signed(event)):
        raise CwError(EVENT_SIGNATURE, "an event that its author did not sign")
    return name


async def are_signed(crypto: Crypto, said: list[tuple[PeerSession, Event]]) -> list[bool]:
    """Whether each author signed that event."""
    return await crypto.signatures.verify_all(
        [(author.sign_public, event.signature, event_signed(event)) for author, event in said]
    )
