"""Two people, one room, in one program that knows no platform: prints what happened."""

from __future__ import annotations

import json
from dataclasses import replace

from widget.crypto.credentials import Credentials
from widget.crypto.decisions import NO_BOOK
from widget.crypto.device import DeviceKey, open_device
from widget.crypto.event import body_hash, check_event, event_id, sign_event
from widget.crypto.fingerprint import sdp_fingerprint
from widget.crypto.genesis import RoomAddress, new_genesis, parse_address, room_id, show_invite
from widget.crypto.group import Group
from widget.crypto.group_step import GroupStep
from widget.crypto.handshake import TRANSPORT_DIRECT, Handshake
from widget.crypto.jws import jws_text
from widget.crypto.sealed_call import SealedCalls
from widget.crypto.service_key import ServiceKey, parse_service_key, show_service_key
from widget.crypto.session import PeerSession, Session, new_session_keys, open_session
from widget.crypto.trust import Identity, Trust, open_trust
from widget.errors import ConfigError, CwError
from widget.ports import Crypto, KeyPair
from widget.room.kinds.text import TEXT, TextBody, read_text, write_text
from widget.wire.base64url import to_base64url
from widget.wire.codec import Reader
from widget.wire.event import Event, read_events, write_events
from widget.wire.frame import TYPE_ANSWER, TYPE_NEWS
from widget.wire.genesis import Genesis

NOW = 1795000000000
ORIGIN = "https://site.test"
PSK = bytes(range(16))
ADA_PRINT = bytes([1]) * 32
BEN_PRINT = bytes([2]) * 32


class Nowhere:
    """A storage that keeps nothing."""

    async def load(self, name: str) -> bytes | None:
        return None

    async def save(self, name: str, value: bytes) -> None:
        pass

    async def load_key(self, name: str) -> object | None:
        return None

    async def save_key(self, name: str, key: object) -> None:
        pass

    async def erase(self, name: str) -> None:
        pass

    async def keep(self, name: str, value: bytes) -> bool:
        return False

    async def kept(self, folder: str) -> list[bytes]:
        return []

    async def discard(self, folder: str) -> None:
        pass

    def tab(self, name: str) -> str:
        return ""

    def note_tab(self, name: str, text: str) -> None:
        pass


async def sign(crypto: Crypto, key: KeyPair, text: str) -> str:
    return text + "." + to_base64url(await crypto.signatures.sign(key, text.encode("utf-8")))


async def open_realm(crypto: Crypto, root: KeyPair, signing: KeyPair) -> tuple[ServiceKey, Trust]:
    service_key = parse_service_key(
        show_service_key(ServiceKey(signing.public, await crypto.digest.sha256(root.public)))
    )
    kid = (await crypto.digest.sha256(signing.public))[:8].hex()
    now_s = NOW // 1000
    keys = {
        "iss": "https://auth.test",
        "iat": now_s,
        "exp": now_s + 300,
        "root": root.public.hex(),
        "sign": [{"kid": kid, "key": signing.public.hex(), "nbf": now_s - 60, "exp": now_s + 86400}],
        "seal": [{"kid": kid, "key": signing.public.hex(), "exp": now_s + 86400}],
        "revoked": [],
    }
    jws = await sign(crypto, root, jws_text({"alg": "ES256", "typ": "cw-keys+jwt"}, keys))
    return service_key, await open_trust(crypto, service_key, jws, NOW)


async def mint(crypto: Crypto, signing: KeyPair, device: DeviceKey, name: str) -> str:
    kid = (await crypto.digest.sha256(signing.public))[:8].hex()
    now_s = NOW // 1000
    claims = {
        "iss": "https://auth.test",
        "sub": (await crypto.digest.sha256(name.encode("utf-8")))[:16].hex(),
        "aud": "chat-peer",
        "org": ORIGIN,
        "iat": now_s,
        "exp": now_s + 3600,
        "jti": "x",
        "name": name,
        "via": "mail",
        "cnf": {"jkt": to_base64url(device.jkt)},
    }
    return await sign(crypto, signing, jws_text({"alg": "ES256", "typ": "cwid+jwt", "kid": kid}, claims))


class Nothing:
    """Is decided in this room."""

    @property
    def hash(self) -> bytes:
        return NO_BOOK

    def holds(self, book_hash: bytes) -> bool:
        return book_hash == NO_BOOK

    def lets_in(self, peer: PeerSession) -> bool:
        return True


class Member:
    """One side of the talk."""

    def __init__(self, crypto: Crypto, session: Session, trust: Trust, genesis: Genesis) -> None:
        self.crypto: Crypto = crypto
        self.session: Session = session
        self.credentials: Credentials = Credentials(crypto, session, trust, genesis)
        self.group: Group = Group(crypto, session, self.credentials, Nothing(), NOW)

    def shake(self, sid: str, prints: tuple[bytes, bytes]) -> Handshake:
        return Handshake(self.crypto, self.session, self.credentials, sid, TRANSPORT_DIRECT, prints, 1)


async def carry(
    one: Member, other: Member, left: Handshake, right: Handshake, step: GroupStep, back: GroupStep
) -> None:
    """Blobs through the pair channels until nobody has anything to say."""
    to_other = list(step.blobs)
    to_one = list(back.blobs)
    left_channel = left.channel
    right_channel = right.channel
    if left_channel is None or right_channel is None:
        raise ValueError("no channel")
    while len(to_other) + len(to_one) > 0:
        if len(to_other) > 0:
            packet = await left_channel.seal(to_other.pop(0).blob)
            done = await other.group.receive(one.session.sid, await right_channel.open(packet), NOW)
            to_one.extend(done.blobs)
        if len(to_one) > 0:
            packet = await right_channel.seal(to_one.pop(0).blob)
            done = await one.group.receive(other.session.sid, await left_channel.open(packet), NOW)
            to_other.extend(done.blobs)


async def line(author: Member, text: str) -> Event:
    """The first event of the author's log."""
    body = write_text(TextBody(text))
    event = Event(
        room_id=author.session.room_id,
        author=author.session.sid,
        seq=1,
        prev="00" * 16,
        kid=author.group.kid,
        clock=1,
        at_ms=NOW,
        kind=TEXT,
        body_hash=await body_hash(author.crypto, body),
        body=body,
    )
    return await sign_event(author.crypto, author.session, event)


async def say(author: Member, reader: Member, text: str) -> None:
    event = await line(author, text)
    packet = await author.group.seal(TYPE_NEWS, [event, event.bare()])
    opened = await reader.group.open(packet, author.session.sid, NOW)
    known = reader.group.member(author.session.sid)
    if opened is None or known is None:
        print("dropped", sorted(reader.group.drops.items()))
        return
    ids: list[str] = []
    for heard in opened.events:
        await check_event(reader.crypto, heard, known)
        ids.append(await event_id(reader.crypto, heard))
        said = "nothing" if heard.body is None else read_text(heard.body).text
        print(known.name, "says", said, heard.seq, heard.clock, heard.at_ms)
    print("equal:", ids[0] == ids[1], ids[0] == await event_id(author.crypto, event), len(packet))
    await reader.group.open(await author.group.seal(TYPE_ANSWER, [event]), author.session.sid, NOW)
    await reader.group.open(packet, reader.session.sid, NOW)
    print("refused:", sorted(reader.group.drops.items()))
    for changed in (replace(event, clock=2), replace(event, body=b"x")):
        try:
            await check_event(reader.crypto, changed, known)
        except CwError as error:
            print("refused", error.reason)


async def talk(crypto: Crypto) -> None:
    root = await crypto.signatures.generate()
    signing = await crypto.signatures.generate()
    service_key, trust = await open_realm(crypto, root, signing)
    members: list[Member] = []
    genesis: Genesis | None = None
    for name in ("Ada", "Ben é"):
        device = await open_device(crypto, Nowhere(), NOW)
        jwt = await mint(crypto, signing, device, name)
        identity: Identity = await trust.check_identity(jwt, NOW)
        proof = await device.dpop("GET", "https://x.test/", "t", NOW)
        print("signed in:", identity.name, identity.org, len(proof) > 300)
        if genesis is None:
            genesis = new_genesis(crypto, device, identity.sub, ORIGIN, True, False, False, True, 16, NOW)
        keys = await new_session_keys(crypto, device)
        session = await open_session(crypto, device, jwt, identity, genesis, [PSK], NOW + len(members), keys)
        members.append(Member(crypto, session, trust, genesis))
    ada, ben = members[0], members[1]
    if genesis is None:
        return
    address = RoomAddress(await room_id(crypto, genesis), PSK)
    print("invite survives:", parse_address("https://site.test/#cw=" + show_invite(address)) == address)
    left = ada.shake(ben.session.sid, (ADA_PRINT, BEN_PRINT))
    right = ben.shake(ada.session.sid, (BEN_PRINT, ADA_PRINT))
    bind_left = (await left.receive(right.hello(), NOW))[0]
    bind_right = (await right.receive(left.hello(), NOW))[0]
    await left.receive(bind_right, NOW)
    await right.receive(bind_left, NOW)
    print("handshake:", left.done(), right.done())
    of_ben = left.peer
    of_ada = right.peer
    if of_ben is None or of_ada is None:
        return
    print("hosts:", of_ada.is_host, of_ben.is_host)
    await ada.group.tick(NOW)
    await carry(ada, ben, left, right, await ada.group.admit(of_ben, NOW), await ben.group.admit(of_ada, NOW))
    print("agreed:", ada.group.kid == ben.group.kid, ada.group.room_code() == ben.group.room_code())
    print("members:", len(ada.group.roster))
    await say(ada, ben, "hello 👋 \"quoted\" \\ שלום")
    await say(ben, ada, "hi <b>there</b>")
    calls = SealedCalls(crypto, service_key, ORIGIN)
    request = await calls.request("POST", "/token", {"refresh": "r"}, calls.new_rid(), NOW)
    print("sealed call:", len(request.body) > 150)


async def refuse(crypto: Crypto) -> None:
    line = "a=fingerprint:sha-256 " + ":".join(["AB"] * 32) + "\r\n"
    print(sdp_fingerprint(line).hex()[:8])
    for sdp in (line + line.replace("AB", "CD"), "v=0", line.replace("sha-256", "sha-1")):
        try:
            sdp_fingerprint(sdp)
        except CwError as error:
            print("refused", error.code)
    try:
        parse_service_key("your-encryption-key-here")
    except ConfigError as error:
        print("refused", error.code)
    for body in (b"", b"{}", bytes([0, 1, 255, 0, 0])):
        try:
            read_text(body)
        except CwError as error:
            print("refused", error.code)
    plain = Event(bytes(16), "ab" * 16, 2**32 - 1, "cd" * 16, "ef" * 16, 2**48 - 1, NOW, 9, "12" * 32, bytes(64))
    data = write_events([plain, replace(plain, body=b"body")])
    print([event.body for event in read_events(Reader(data))], data[:120].hex(), json.dumps({"a": 1}))
