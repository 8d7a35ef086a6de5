"""What somebody of the vectors' world makes of what arrives. Same subset of Python as widget/."""

from __future__ import annotations

from typing import Any

from tests.vectors.judge.scripted import scripted, with_key
from tests.vectors.judge.world import Devices, World, bytes_of, text_of, texts_of, time_of
from widget.crypto.credentials import Credentials
from widget.crypto.event import check_event, event_id
from widget.crypto.genesis import open_genesis
from widget.crypto.handshake import Handshake
from widget.crypto.sdp_seal import open_sdp_seal
from widget.crypto.sealed_call import SealedCalls, SealedRequest
from widget.crypto.service_key import parse_service_key
from widget.crypto.showing import Looking
from widget.crypto.trust import open_trust
from widget.errors import CwError
from widget.wire.base16 import from_hex
from widget.wire.fields import int_field, parse_object, write_object
from widget.wire.frame import read_content
from widget.wire.handshake import read_bind

Told = dict[str, Any]
NO_SUCH = 0
SAID = b"a blob"


async def check(kind: str, case: dict[str, Any], world: World) -> Told:
    """CwError for what is refused."""
    if kind == "keys":
        return await _keys(case, world)
    if kind == "identity":
        return await _identity(case, world)
    if kind == "ended":
        return await _ended(case, world)
    if kind == "room":
        genesis = await open_genesis(world.crypto, bytes_of(case, "data"), text_of(case, "room"))
        return {"created_ms": genesis.created_ms}
    if kind == "admission":
        return await _admission(case, world)
    if kind == "handshake":
        return await _handshake(case, world)
    if kind == "event":
        return await _event(case, world)
    if kind == "look":
        return await _look(case, world)
    if kind == "sdp_seal":
        return await _sdp_seal(case, world)
    if kind == "sealed_call":
        return await _sealed_call(case, world)
    if kind == "sealed_reply":
        return await _sealed_reply(case, world)
    raise CwError(NO_SUCH, "no such kind")


async def _keys(case: dict[str, Any], world: World) -> Told:
    pinned, now_ms = parse_service_key(text_of(case, "service_key")), time_of(case, "now")
    trust = await open_trust(world.crypto, pinned, text_of(case, "keys"), now_ms)
    seal = trust.seal_public(now_ms)
    return {"iat_ms": trust.iat_ms, "exp_ms": trust.exp_ms, "seal": "" if seal is None else seal.hex()}


async def _identity(case: dict[str, Any], world: World) -> Told:
    found = await (await world.trust()).check_identity(text_of(case, "jwt"), time_of(case, "now"))
    times = {"iat_ms": found.iat_ms, "exp_ms": found.exp_ms}
    return {"sub": found.sub, "name": found.name, "org": found.org, "jkt": found.jkt.hex(), "via": found.via, **times}


async def _ended(case: dict[str, Any], world: World) -> Told:
    """Whether the list was news, and whom it leaves of who was vouched for before it or, with `past`, has spoken."""
    trust, now_ms = await world.trust(), time_of(case, "now")
    is_news = await trust.hear_ended(text_of(case, "list"), text_of(case, "org"), now_ms)
    found = await trust.check_identity(text_of(case, "jwt"), now_ms, case.get("past") is True)
    return {"news": is_news, "sub": found.sub}


async def _admission(case: dict[str, Any], world: World) -> Told:
    at = text_of(case, "at")
    session = await world.session(at)
    session.invites.is_stale = case["stale"] is True
    session.invites.knows = Devices(texts_of(case, "devices")).has
    credentials = await world.credentials(session, world.room_of(at))
    for seat in texts_of(case, "known"):
        credentials.remember(await world.peer(seat))
    given, proof = bytes_of(case, "credential"), bytes_of(case, "proof")
    peer = await credentials.check(given, proof, time_of(case, "now"), case.get("past") is True)
    credentials.remember(peer)
    return {"sid": peer.sid, "sub": peer.sub, "name": peer.name, "host": peer.is_host, "hash": peer.credential_hash}


async def _handshake(case: dict[str, Any], world: World) -> Told:
    """What BIND says but for its signature, what was heard in it, and blobs both ways."""
    at = text_of(case, "at")
    session = await world.session(at)
    session.invites.knows = Devices(texts_of(case, "devices")).has
    credentials: Credentials = await world.credentials(session, world.room_of(at))
    mine = Handshake(
        scripted(world.crypto, [bytes_of(case, "nonce")]),
        session,
        credentials,
        text_of(case, "expected"),
        int_field(case, "transport", 1, 2),
        (bytes_of(case, "local"), bytes_of(case, "remote")),
        int_field(case, "attempt", 1, 1000),
        bytes_of(case, "said"),
    )
    binds: list[str] = []
    for packet in texts_of(case, "packets"):
        for answer in await mine.receive(from_hex(packet), time_of(case, "now")):
            bind = read_bind(answer)
            binds.append(f"{bind.attempt} {bind.answered} {bind.role} {bind.said.hex()} {bind.mac.hex()}")
    told: Told = {"hello": mine.hello().hex(), "binds": binds, "heard": mine.heard.hex()}
    channel = mine.channel
    if channel is not None:
        told["opened"] = [(await channel.open(from_hex(packet))).hex() for packet in texts_of(case, "blobs")]
        told["sealed"] = (await channel.seal(SAID)).hex()
    return told


async def _event(case: dict[str, Any], world: World) -> Told:
    author = await world.peer(text_of(case, "author"))
    ids: list[str] = []
    for event in read_content(bytes_of(case, "content")):
        await check_event(world.crypto, event, author)
        ids.append(await event_id(world.crypto, event))
    return {"ids": ids}


async def _look(case: dict[str, Any], world: World) -> Told:
    room = text_of(case, "room")
    genesis, trust = await world.genesis(room), await world.trust()
    looking = Looking(world.crypto, world.id_of(room), genesis, trust, time_of(case, "now"))
    by, found = await looking.open(await world.pair(case, "visitor"), bytes_of(case, "answer"))
    return {"by": by.sid, "ids": [one.id for one in found]}


async def _sdp_seal(case: dict[str, Any], world: World) -> Told:
    seal = open_sdp_seal(world.crypto, await world.session(text_of(case, "at")))
    if seal is None:
        return {"text": ""}
    sender = (await world.peer(text_of(case, "by"))).sid
    return {"text": await seal.open(sender, text_of(case, "kind"), text_of(case, "sealed"))}


async def _sealed_call(case: dict[str, Any], world: World) -> Told:
    pair = await world.pair(case, "ephemeral")
    crypto = scripted(with_key(world.crypto, pair), [bytes_of(case, "key")])
    calls = SealedCalls(crypto, parse_service_key(text_of(case, "service_key")), text_of(case, "origin"))
    fields = parse_object(text_of(case, "fields"), 10_000)
    rid, now_ms = bytes_of(case, "rid"), time_of(case, "now")
    request = await calls.request("POST", text_of(case, "path"), fields, rid, now_ms)
    return {"body": request.body.hex()}


async def _sealed_reply(case: dict[str, Any], world: World) -> Told:
    calls = SealedCalls(world.crypto, parse_service_key(text_of(case, "service_key")), text_of(case, "origin"))
    key = await world.crypto.aead.key(bytes_of(case, "key"))
    answer = await calls.reply(SealedRequest(b"", bytes_of(case, "rid"), key), bytes_of(case, "body"))
    return {"fields": write_object(answer)}
