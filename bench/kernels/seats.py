"""People of one site who have signed in, and their sessions in one room: all as in a page, but made in the same page.

No kernel: bench/group/ times them in a browser.
"""

from __future__ import annotations

from dataclasses import dataclass

from widget.crypto.credentials import Credentials
from widget.crypto.decisions import NO_BOOK
from widget.crypto.device import DeviceKey, thumbprint
from widget.crypto.genesis import new_genesis
from widget.crypto.group import Group
from widget.crypto.handshake import NO_FINGERPRINTS, TRANSPORT_RELAY, Handshake
from widget.crypto.jws import jws_text
from widget.crypto.pair_channel import PairChannel
from widget.crypto.session import PeerSession, Session, new_session_keys, open_session
from widget.crypto.trust import IDENTITY_AUDIENCE, IDENTITY_TYPE, Trust, TrustedKey
from widget.ports import Crypto, KeyPair
from widget.wire.base64url import to_base64url
from widget.wire.genesis import Genesis

ISSUER = "https://auth.bench.test"
SITE = "https://site.bench.test"
HOUR_MS = 3_600_000
MOST = 256


class Undecided:
    """A room without hosts' decisions: everybody is let in."""

    @property
    def hash(self) -> bytes:
        return NO_BOOK

    def holds(self, book_hash: bytes) -> bool:
        return book_hash == NO_BOOK

    def lets_in(self, peer: PeerSession) -> bool:
        return True


@dataclass
class Seat:
    """One member; `channels` by the sid at their other end."""

    crypto: Crypto
    session: Session
    credentials: Credentials
    group: Group
    channels: dict[str, PairChannel]

    @property
    def sid(self) -> str:
        return self.session.sid

    def handshake(self, sid: str) -> Handshake:
        """Of a relayed link; what it says first is what the group has to say."""
        said = self.group.state()
        session, credentials = self.session, self.credentials
        return Handshake(self.crypto, session, credentials, sid, TRANSPORT_RELAY, NO_FINGERPRINTS, 1, said)


class Site:
    """The key that vouches for everybody, and the room that the first who enters makes."""

    def __init__(self, crypto: Crypto, key: KeyPair, kid: str, now_ms: int) -> None:
        self._crypto: Crypto = crypto
        self._key: KeyPair = key
        self._kid: str = kid
        signing = [TrustedKey(kid, key.public, now_ms - HOUR_MS, now_ms + 24 * HOUR_MS)]
        self._trust: Trust = Trust(crypto, ISSUER, now_ms, now_ms + 24 * HOUR_MS, signing, [])
        self._genesis: Genesis | None = None
        self._people: int = 0

    async def enter(self, now_ms: int) -> Seat:
        """Somebody new, with a device and a session of their own."""
        crypto = self._crypto
        pair = await crypto.signatures.generate()
        device = DeviceKey(crypto, pair, await thumbprint(crypto, pair.public))
        self._people += 1
        sub = f"{self._people:032x}"
        jwt = await self._identity(device, sub, now_ms)
        identity = await self._trust.check_identity(jwt, now_ms)
        genesis = self._genesis
        if genesis is None:
            genesis = new_genesis(crypto, device, sub, SITE, False, False, False, True, MOST, now_ms)
            self._genesis = genesis
        keys = await new_session_keys(crypto, device)
        session = await open_session(crypto, device, jwt, identity, genesis, [], now_ms, keys)
        credentials = Credentials(crypto, session, self._trust, genesis)
        return Seat(crypto, session, credentials, Group(crypto, session, credentials, Undecided(), now_ms), {})

    async def _identity(self, device: DeviceKey, sub: str, now_ms: int) -> str:
        """A certificate as the sign-in service issues it."""
        claims = {
            "iss": ISSUER,
            "sub": sub,
            "aud": IDENTITY_AUDIENCE,
            "org": SITE,
            "via": "mail",
            "iat": now_ms // 1000,
            "exp": now_ms // 1000 + 3600,
            "jti": sub,
            "name": f"Person {self._people}",
            "cnf": {"jkt": to_base64url(device.jkt)},
        }
        text = jws_text({"alg": "ES256", "typ": IDENTITY_TYPE, "kid": self._kid}, claims)
        signature = await self._crypto.signatures.sign(self._key, text.encode("utf-8"))
        return text + "." + to_base64url(signature)


async def open_site(crypto: Crypto, now_ms: int) -> Site:
    key = await crypto.signatures.generate()
    return Site(crypto, key, (await crypto.digest.sha256(key.public))[:8].hex(), now_ms)
