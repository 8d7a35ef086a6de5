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


async def check_event(crypto: Crypto, event: Event, author: PeerSession) -> None:
    """CwError unless `author` signed it and a body that came along is the one that was signed."""
    await check_body(crypto, event)
    if not await signed(crypto, author.sign_public, event.signature, event_signed(event)):
        raise CwError(EVENT_SIGNATURE, "an event that its author did not sign")


async def check_body(crypto: Crypto, event: Event) -> None:
    """CwError for a body that is not the event's; one that is withheld is no lie."""
    body = event.body
    if body is not None and await body_hash(crypto, body) != event.body_hash:
        raise CwError(EVENT_BODY, "a body that is not the event's")
