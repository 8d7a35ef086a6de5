"""The last lines of a room, sealed to a visitor's key and signed by who shows them; and a visitor's look at them."""

from __future__ import annotations

from widget.crypto.event import are_signed, named
from widget.crypto.hpke import seal, unseal
from widget.crypto.keys import signed
from widget.crypto.reasons import (
    EVENT_AUTHOR,
    EVENT_BODY,
    EVENT_ROOM,
    EVENT_SIGNATURE,
    SHOWN_ORDER,
    SHOWN_SIGNATURE,
)
from widget.crypto.session import PeerSession, Session, peer_session
from widget.crypto.trust import Trust
from widget.crypto.vouched import check_room_and_time, vouched
from widget.errors import CwError
from widget.ports import Crypto, KeyPair
from widget.wire.credential import read_credential
from widget.wire.event import SIGNATURE_BYTES, Event
from widget.wire.genesis import Genesis
from widget.wire.showing import Showing, look_info, read_shown, shown_signed, write_shown
from widget.wire.socket import KEY_BYTES


class Proved:
    """An event that its author signed, and its id."""

    def __init__(self, author: PeerSession, event: Event, event_id: str) -> None:
        self.author: PeerSession = author
        self.event: Event = event
        self.id: str = event_id


async def seal_showing(crypto: Crypto, session: Session, key: bytes, showing: Showing) -> bytes:
    """For the visitor with that key alone; CwError for a bad key, or more than fits."""
    data = write_shown(showing)
    signature = await crypto.signatures.sign(session.signing, shown_signed(session.room_id, key, data))
    ephemeral = await crypto.agreement.generate()
    enc, sealed = await seal(crypto, ephemeral, key, look_info(session.room_id), b"", signature + data)
    return enc + sealed


class Looking:
    """A visitor's check of what somebody shows of one room. It trusts nobody but the keys in `trust`."""

    def __init__(self, crypto: Crypto, room_id: bytes, genesis: Genesis, trust: Trust, now_ms: int) -> None:
        self._crypto: Crypto = crypto
        self._room_id: bytes = room_id
        self._genesis: Genesis = genesis
        self._trust: Trust = trust
        self._now_ms: int = now_ms
        self._ended_ms: dict[str, int] = {}  # by session of a device that was ended

    async def open(self, pair: KeyPair, answer: bytes) -> tuple[PeerSession, list[Proved]]:
        """Who shows it, and what; CwError where anything of it does not hold: then nothing of it is to be believed."""
        enc, sealed = answer[:KEY_BYTES], answer[KEY_BYTES:]
        plain = await unseal(self._crypto, pair, enc, look_info(self._room_id), b"", sealed)
        signature, data = plain[:SIGNATURE_BYTES], plain[SIGNATURE_BYTES:]
        showing = read_shown(data)
        by = await self._session(showing.credentials[0], False)
        if not await signed(self._crypto, by.sign_public, signature, shown_signed(self._room_id, pair.public, data)):
            raise CwError(SHOWN_SIGNATURE, "who shows it did not sign it for me")
        people = {by.sid: by}
        for credential in showing.credentials[1:]:
            author = await self._session(credential, True)
            people[author.sid] = author
        return by, await self._prove(people, showing.events)

    async def _session(self, credential: bytes, is_past: bool) -> PeerSession:
        """`is_past`: whose words it was, also after the session."""
        sc = read_credential(credential)
        check_room_and_time(sc, self._room_id, min(self._now_ms, sc.exp_ms) if is_past else self._now_ms)
        identity = await vouched(self._crypto, self._trust, self._genesis, sc, self._now_ms, is_past)
        ended_ms = self._trust.ended_ms(identity)
        if ended_ms > 0:
            self._ended_ms[sc.sid] = ended_ms
        return await peer_session(self._crypto, sc, credential, b"", identity, self._genesis)

    async def _prove(self, people: dict[str, PeerSession], events: list[Event]) -> list[Proved]:
        found: list[Proved] = []
        for place, (name, is_whole) in enumerate(await named(self._crypto, events)):
            event = events[place]
            author = people.get(event.author)
            if event.room_id != self._room_id:
                raise CwError(EVENT_ROOM, "said in another room")
            if author is None:
                raise CwError(EVENT_AUTHOR, "by nobody who is named")
            if not is_whole or event.body is None:
                raise CwError(EVENT_BODY, "a body that is not the event's")
            found.append(Proved(author, event, name))
        if not all(await are_signed(self._crypto, [(one.author, one.event) for one in found])):
            raise CwError(EVENT_SIGNATURE, "an event that its author did not sign")
        _check_order(found)
        return [one for one in found if self._counts(one.event)]

    def _counts(self, event: Event) -> bool:
        """Not where its device, by its own clock, said it after it was ended."""
        return event.at_ms < self._ended_ms.get(event.author, event.at_ms + 1)


def _check_order(found: list[Proved]) -> None:
    """Of one author numbers and clocks rise, and who has the next number names the one before."""
    last: dict[str, Proved] = {}
    for one in found:
        event = one.event
        before = last.get(event.author)
        if before is not None:
            is_next = event.seq == before.event.seq + 1
            if event.seq <= before.event.seq or event.clock <= before.event.clock:
                raise CwError(SHOWN_ORDER, "numbers or clocks that fall")
            if is_next and event.prev != before.id:
                raise CwError(SHOWN_ORDER, "an event that does not follow the one before")
        last[event.author] = one
