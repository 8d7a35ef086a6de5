"""One page load in one room: my session, and other people's once verified."""

from __future__ import annotations

from dataclasses import dataclass, field

from widget.crypto.device import DeviceKey
from widget.crypto.genesis import PSK_BYTES, generation_of, room_id
from widget.crypto.invites import Invites
from widget.crypto.limits import SESSION_LIFE_MS
from widget.crypto.reasons import ORIGIN_FOREIGN, SC_DEVICE
from widget.crypto.trust import Identity
from widget.errors import CwError, OrderError
from widget.ports import Crypto, KeyPair
from widget.wire.base16 import from_hex
from widget.wire.codec import Writer
from widget.wire.credential import Credential, credential_signed, write_credential
from widget.wire.genesis import Genesis
from widget.wire.labels import SID, labelled


@dataclass(frozen=True)
class PeerSession:
    """A verified session. `sid` comes of `session_id`, `credential_hash` of the function; keys have 65 bytes.

    `via` is as in its `Identity`.
    """

    sid: str
    sub: str
    name: str
    jkt: bytes
    is_host: bool
    sign_public: bytes
    agree_public: bytes
    iat_ms: int
    exp_ms: int
    credential: bytes
    credential_hash: str
    psk_proof: bytes = field(repr=False)
    via: str = "mail"


@dataclass(frozen=True)
class SessionKeys:
    """The keys of a session to be, and the name that follows from them."""

    sid: str
    signing: KeyPair = field(repr=False)
    agreement: KeyPair = field(repr=False)


@dataclass(frozen=True)
class Session:
    """My session: `me` as others will see it, the private halves, the room and its invites."""

    me: PeerSession
    room_id: bytes
    signing: KeyPair = field(repr=False)
    agreement: KeyPair = field(repr=False)
    invites: Invites = field(repr=False)

    @property
    def sid(self) -> str:
        return self.me.sid


async def session_id(crypto: Crypto, device: bytes, signing: bytes, agreement: bytes) -> str:
    """SHA-256("cw1/sid" 00 DK SK EK)[0:16] in hex: nobody can take the name of a session without its keys."""
    keys = Writer().fixed(device, 65).fixed(signing, 65).fixed(agreement, 65).done()
    return (await crypto.digest.sha256(labelled(SID, keys)))[:16].hex()


async def credential_hash(crypto: Crypto, credential: Credential) -> str:
    """SHA-256 in hex of what the device signed. The signature is left out: anybody can make a second one that holds
    out of an ECDSA signature, by r and n - s."""
    return (await crypto.digest.sha256(credential_signed(credential))).hex()


async def new_session_keys(crypto: Crypto, device: DeviceKey) -> SessionKeys:
    """Fresh SK and EK for one page load in one room."""
    signing = await crypto.signatures.generate()
    agreement = await crypto.agreement.generate()
    return SessionKeys(await session_id(crypto, device.public, signing.public, agreement.public), signing, agreement)


async def open_session(
    crypto: Crypto,
    device: DeviceKey,
    identity_jwt: str,
    identity: Identity,
    genesis: Genesis,
    secrets: list[bytes],
    now_ms: int,
    keys: SessionKeys,
) -> Session:
    """A session with these keys, for 12 hours. `secrets` are those of the room's invites, newest first.

    OrderError if a private room's are missing.
    """
    _check_may_enter(device, identity, genesis, secrets)
    room = from_hex(await room_id(crypto, genesis))
    credential = Credential(
        room_id=room,
        sid=keys.sid,
        device=device.public,
        signing=keys.signing.public,
        agreement=keys.agreement.public,
        iat_ms=now_ms,
        exp_ms=now_ms + SESSION_LIFE_MS,
        psk_gen=generation_of(secrets[0]) if genesis.private else 0,
        identity_hash=await crypto.digest.sha256(identity_jwt.encode("utf-8")),
        signature=bytes(64),
        identity=identity_jwt.encode("utf-8"),
    )
    credential.signature = await device.sign_labelled(credential_signed(credential))
    data = write_credential(credential)
    invites = Invites(crypto, room, secrets if genesis.private else [])
    await invites.speak_for(data)
    me = await peer_session(crypto, credential, data, invites.proofs, identity, genesis)
    return Session(me, room, keys.signing, keys.agreement, invites)


async def peer_session(
    crypto: Crypto, credential: Credential, data: bytes, psk_proof: bytes, identity: Identity, genesis: Genesis
) -> PeerSession:
    """What a credential and the identity in it say; the caller has checked both."""
    return PeerSession(
        sid=credential.sid,
        sub=identity.sub,
        name=identity.name,
        jkt=identity.jkt,
        is_host=identity.sub == genesis.host_sub and identity.jkt == genesis.host_jkt,
        sign_public=credential.signing,
        agree_public=credential.agreement,
        iat_ms=credential.iat_ms,
        exp_ms=credential.exp_ms,
        credential=data,
        credential_hash=await credential_hash(crypto, credential),
        psk_proof=psk_proof,
        via=identity.via,
    )


def _check_may_enter(device: DeviceKey, identity: Identity, genesis: Genesis, secrets: list[bytes]) -> None:
    if identity.jkt != device.jkt:
        raise CwError(SC_DEVICE, "the identity belongs to another device")
    if identity.org not in genesis.orgs:
        raise CwError(ORIGIN_FOREIGN, "the room is not open to this site")
    if genesis.private and (len(secrets) == 0 or any(len(secret) != PSK_BYTES for secret in secrets)):
        raise OrderError("invite.missing", "This room is private. Open the whole invite link to join it.")
