"""The compiled crypto core under WebCrypto in Node against the same source on CPython."""

from __future__ import annotations

import asyncio
import base64
import json
import shutil
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from joserfc import jwt as jose_jwt
from joserfc.jwk import ECKey

from build.compiler.compile import compile_program
from build.compiler.load import load_program
from build.compiler.lower.helpers import write_program
from build.node import find_node
from tests.fakes.frames import craft
from tests.fakes.net import Net
from tests.fakes.once import once
from tests.fakes.people import Person, Seat, handshake, make_room, sit, sub_of
from tests.fakes.realm import NOW_MS, ORIGIN, Realm
from tests.fakes.widget_copy import copy_widget
from widget.crypto.event import check_event, event_id, sign_event
from widget.crypto.genesis import room_id
from widget.crypto.group_step import GroupStep
from widget.crypto.handshake import NO_FINGERPRINTS, TRANSPORT_DIRECT, TRANSPORT_RELAY, Handshake
from widget.crypto.reasons import (
    BAD_POINT,
    BIND_SIGNATURE,
    BROKEN_SEAL,
    EVENT_BODY,
    EVENT_SIGNATURE,
    FINGERPRINT_MANY,
    FRAME_CONTENT,
    FRAME_INDEX,
    FRAME_SEAL,
    FRAME_UNASKED,
    PSK_PROOF,
    ROOT_MISMATCH,
)
from widget.crypto.sdp_seal import open_sdp_seal
from widget.crypto.service_key import ServiceKey, parse_service_key, show_service_key
from widget.errors import MALFORMED, CwError
from widget.room.chain import NO_EVENT
from widget.room.kinds.text import read_text
from widget.wire.event import Event
from widget.wire.frame import TYPE_ANSWER, TYPE_NEWS, read_header, write_content
from widget.wire.genesis import Genesis, write_genesis
from widget.wire.notes import Head, write_beat, write_fetch, write_fork, write_heads, write_lack
from widget.wire.pair import write_who

# Lines that quicker tests run, many times: not traced (docs/TESTING.md, Coverage).
pytestmark = pytest.mark.no_cover

ROOT = Path(__file__).parents[3]
ENTRIES = (
    "widget.crypto.event",
    "widget.crypto.group",
    "widget.crypto.handshake",
    "widget.crypto.sealed_call",
    "widget.crypto.sdp_seal",
    "widget.crypto.fingerprint",
    "widget.room.kinds.text",
    "widget.wire.notes",
    "widget.browser.web_crypto",
)
PSK = b"\x01" * 16
ADA_FP, BEN_FP, EVIL_FP = b"\xaa" * 32, b"\xbb" * 32, b"\xee" * 32


@pytest.fixture(scope="module")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The crypto core and the browser's port as ES modules."""
    return once(tmp_path_factory, "interop", lambda: compiled_into(tmp_path_factory.mktemp("compiled")))


def compiled_into(folder: Path) -> Path:
    """From a copy with one entry for all: what they share is parsed once, and the project's cache stays whole."""
    source = folder / "source"
    copy_widget(source)
    lines = [f"from {package} import {name}\n" for package, _, name in (entry.rpartition(".") for entry in ENTRIES)]
    (source / "widget" / "entries.py").write_text("".join(lines), "utf-8")
    sources = load_program(source, "widget.entries")
    del sources["widget.entries"]
    write_program({module.path: module.code for module in compile_program(sources).values()}, folder)
    shutil.copy(Path(__file__).with_name("peer.mjs"), folder)
    return folder


class NodePeer:
    """Ben, in Node."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self.sid = ""
        self._process = process

    async def ask(self, call: str, **arguments: Any) -> dict[str, Any]:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps({"call": call, **arguments}).encode() + b"\n")
        line = await asyncio.wait_for(self._process.stdout.readline(), 30)
        answer: dict[str, Any] = json.loads(line)
        assert "crash" not in answer, answer["crash"]
        return answer

    async def enter(self, realm: Realm, genesis: Genesis, room: str, psk: bytes = b"") -> None:
        device = await self.ask("device", now=NOW_MS)
        public = bytes.fromhex(device["public"])
        answer = await self.ask(
            "enter",
            service_key=realm.service_key,
            keys=realm.cw_keys(),
            jwt=realm.identity(public, sub_of("Ben"), "Ben 👋"),
            genesis=write_genesis(genesis).hex(),
            room=room,
            psk=psk.hex(),
            now=NOW_MS + 5,
        )
        assert answer["name"] == "Ben 👋"
        self.sid = answer["sid"]


@pytest.fixture
async def node(compiled: Path) -> AsyncIterator[NodePeer]:
    process = await asyncio.create_subprocess_exec(
        find_node(),
        "peer.mjs",
        cwd=compiled,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        limit=2**20,
    )
    yield NodePeer(process)
    assert process.stdin is not None
    process.stdin.close()
    await process.wait()


async def shake(ada: Seat, node: NodePeer, transport: int = TRANSPORT_RELAY, seen: bytes = ADA_FP) -> Handshake:
    """Both HELLOs and BINDs across; a refusal by Node is raised as CwError."""
    prints = (ADA_FP, BEN_FP) if transport == TRANSPORT_DIRECT else NO_FINGERPRINTS
    mine = handshake(ada, node.sid, transport, prints)
    local, remote = (BEN_FP, seen) if transport == TRANSPORT_DIRECT else NO_FINGERPRINTS
    hello = await node.ask("hello", sid=ada.sid, transport=transport, local=local.hex(), remote=remote.hex())
    bind = await node.ask("handshake", packet=mine.hello().hex(), now=NOW_MS + 10)
    if "reason" in bind:
        raise CwError(bind["reason"], "refused by the compiled peer")
    my_bind = (await mine.receive(bytes.fromhex(hello["packet"]), NOW_MS + 10))[0]
    done = await node.ask("handshake", packet=my_bind.hex(), now=NOW_MS + 10)
    if "reason" in done:
        raise CwError(done["reason"], "refused by the compiled peer")
    await mine.receive(bytes.fromhex(bind["packets"][0]), NOW_MS + 10)
    assert done["done"]
    return mine


async def settle(ada: Seat, node: NodePeer, mine: Handshake, step: GroupStep, theirs: dict[str, Any]) -> None:
    """Carry blobs both ways until nobody has anything to say."""
    assert mine.channel is not None
    assert mine.peer is not None
    now = NOW_MS + 20
    mine_out = list(step.blobs)
    theirs_out = list(theirs["blobs"])
    while len(mine_out) + len(theirs_out) > 0:
        if len(mine_out) > 0:
            packet = await mine.channel.seal(mine_out.pop(0).blob)
            theirs_out += (await node.ask("blob", packet=packet.hex(), now=now))["blobs"]
        if len(theirs_out) > 0:
            blob = await mine.channel.open(bytes.fromhex(theirs_out.pop(0)))
            mine_out += (await ada.group.receive(mine.peer.sid, blob, now)).blobs


async def meet(ada: Seat, node: NodePeer) -> Handshake:
    """A room of Ada on CPython and Ben in Node, keys agreed."""
    mine = await shake(ada, node)
    assert mine.peer is not None
    await ada.group.tick(NOW_MS)
    mine_first = await ada.group.admit(mine.peer, NOW_MS + 20)
    await settle(ada, node, mine, mine_first, await node.ask("admit", now=NOW_MS + 20))
    return mine


@pytest.fixture
async def seat(ada: Person) -> Seat:
    return await sit(ada, make_room(ada))


async def enter(seat: Seat, node: NodePeer, genesis: Genesis | None = None, psk: bytes = b"") -> None:
    genesis = seat.credentials._genesis if genesis is None else genesis
    await node.enter(seat.person.realm, genesis, await room_id(seat.person.crypto, genesis), psk)


async def test_they_shake_hands_share_an_epoch_and_talk_both_ways(seat: Seat, node: NodePeer) -> None:
    await enter(seat, node)
    await meet(seat, node)
    state = await node.ask("state")
    assert (state["kid"], state["code"]) == (seat.group.kid, seat.group.room_code())
    assert state["roster"] == seat.group.roster == sorted([seat.sid, node.sid])
    text = "shalom שלום 👩‍👩‍👧 \n \u2028 \"quoted\" <b>"
    net = Net(NOW_MS + 30)
    event = await net.event(seat, text)
    packet = await seat.group.seal(TYPE_NEWS, [event])
    said = {"text": text, "name": "Ada", "id": await event_id(seat.person.crypto, event), "seq": 1}
    assert await node.ask("open", packet=packet.hex(), now=NOW_MS + 30) == {"said": [said]}
    before = NO_EVENT
    for number in range(3):
        event = await heard(seat, node, text + str(number))
        assert (event.author, event.seq, event.prev) == (node.sid, number + 1, before)
        assert (read_text(event.body or b"").text, event.kid) == (text + str(number), seat.group.kid)
        before = await event_id(seat.person.crypto, event)


async def heard(seat: Seat, node: NodePeer, text: str) -> Event:
    """A line that Ben said in Node, as Ada takes it."""
    sealed = await node.ask("seal", text=text, now=NOW_MS + 30)
    opened = await seat.group.open(bytes.fromhex(sealed["packet"]), node.sid, NOW_MS + 30)
    author = seat.group.member(node.sid)
    assert opened is not None
    assert author is not None
    assert author.name == "Ben 👋"
    (event,) = opened.events
    await check_event(seat.person.crypto, event, author)
    return event


async def test_the_compiled_peer_drops_frames_for_the_same_reasons(seat: Seat, node: NodePeer) -> None:
    await enter(seat, node)
    await meet(seat, node)
    net = Net(NOW_MS + 30)
    packet = await net.text(seat, "x")
    place = read_header(packet).index
    bad = [
        packet[:-1] + bytes([packet[-1] ^ 1]),
        packet[:11] + bytes([1 - place]) + packet[12:],
        await seat.group.seal(TYPE_ANSWER, [await net.event(seat, "nobody asked")]),
        await craft(seat, [], counter=9, padded=write_content([])[:-1] + b"\x01"),
    ]
    for data in bad:
        assert await node.ask("open", packet=data.hex(), now=NOW_MS + 30) == {"said": None}
    reasons = (FRAME_SEAL, FRAME_INDEX, FRAME_UNASKED, FRAME_CONTENT)
    assert (await node.ask("state"))["drops"] == {str(reason): 1 for reason in reasons}


async def test_f07_the_compiled_peer_refuses_forged_events_for_the_same_reasons(seat: Seat, node: NodePeer) -> None:
    await enter(seat, node)
    await meet(seat, node)
    net, mine, theirs = Net(NOW_MS + 30), seat.session, await heard(seat, node, "said by Ben")
    good = await net.event(seat, "x")
    forged = await sign_event(seat.person.crypto, mine, replace(theirs, at_ms=NOW_MS))
    faults = {
        EVENT_BODY: replace(good, body=b"\x00\x01y\x00\x00"),
        EVENT_SIGNATURE: replace(good, clock=7),
    }
    for reason, event in [*faults.items(), (EVENT_SIGNATURE, forged)]:
        packet = await seat.group.seal(TYPE_NEWS, [event])
        assert await node.ask("open", packet=packet.hex(), now=NOW_MS + 30) == {"reason": reason}
    packet = await seat.group.seal(TYPE_NEWS, [theirs, good])
    opened = await node.ask("open", packet=packet.hex(), now=NOW_MS + 30)
    assert [said["name"] for said in opened["said"]] == ["Ben 👋", "Ada"]


async def test_a_direct_link_with_the_right_fingerprints_opens(seat: Seat, node: NodePeer) -> None:
    await enter(seat, node)
    assert (await shake(seat, node, TRANSPORT_DIRECT)).done()


async def test_h01_a_replaced_fingerprint_is_refused_by_the_compiled_peer(seat: Seat, node: NodePeer) -> None:
    await enter(seat, node)
    with pytest.raises(CwError) as caught:
        await shake(seat, node, TRANSPORT_DIRECT, EVIL_FP)
    assert caught.value.reason == BIND_SIGNATURE


async def test_a_private_room_works_and_hides_its_sdp(ada: Person, node: NodePeer) -> None:
    genesis = make_room(ada, private=True)
    seat = await sit(ada, genesis, PSK)
    await enter(seat, node, genesis, PSK)
    await meet(seat, node)
    assert (await node.ask("state"))["kid"] == seat.group.kid
    sdp = open_sdp_seal(ada.crypto, seat.session)
    assert sdp is not None
    assert (await node.ask("sdp_open", sid=seat.sid, sealed=await sdp.seal(node.sid, "offer", "v=0")))["text"] == "v=0"
    sealed = (await node.ask("sdp_seal", sid=seat.sid, text="v=1"))["sealed"]
    assert await sdp.open(node.sid, "offer", sealed) == "v=1"


async def test_h17_a_wrong_invite_is_refused_by_the_compiled_peer(ada: Person, node: NodePeer) -> None:
    genesis = make_room(ada, private=True)
    seat = await sit(ada, genesis, b"\x02" * 16)
    await enter(seat, node, genesis, PSK)
    with pytest.raises(CwError) as caught:
        await shake(seat, node)
    assert caught.value.reason == PSK_PROOF


async def test_the_service_opens_what_the_compiled_client_seals(realm: Realm, node: NodePeer) -> None:
    sealed = await node.ask(
        "seal_call", service_key=realm.service_key, origin=ORIGIN, fields={"email": "ä@example.org"}, now=NOW_MS
    )
    fields = realm.open_request("POST", "/otp/request", ORIGIN, bytes.fromhex(sealed["body"]))
    assert (fields["email"], fields["ts"]) == ("ä@example.org", NOW_MS)
    answer = realm.seal_reply(fields, {"challenge": "00", "text": "ö"})
    assert (await node.ask("reply", body=answer.hex()))["fields"] == {"challenge": "00", "text": "ö"}
    broken = answer[:-1] + bytes([answer[-1] ^ 1])
    assert await node.ask("reply", body=broken.hex()) == {"reason": BROKEN_SEAL}


async def test_dpop_proofs_of_the_compiled_client_verify(node: NodePeer) -> None:
    device = await node.ask("device", now=NOW_MS)
    proof = (await node.ask("dpop", url="https://signal.test/rooms", token="t", now=NOW_MS))["proof"]
    head = proof.split(".")[0]
    header = json.loads(base64.urlsafe_b64decode(head + "=" * (-len(head) % 4)))
    key = ECKey.import_key(header["jwk"])
    assert jose_jwt.decode(proof, key, algorithms=["ES256"]).claims["htu"] == "https://signal.test/rooms"
    assert base64.urlsafe_b64decode(key.thumbprint() + "=").hex() == device["jkt"]


async def test_k05_another_root_is_refused_by_the_compiled_client(seat: Seat, node: NodePeer) -> None:
    realm, evil = seat.person.realm, Realm()
    await node.ask("device", now=NOW_MS)
    answer = await node.ask(
        "enter",
        service_key=realm.service_key,
        keys=evil.cw_keys(),
        jwt=seat.person.jwt,
        genesis="",
        room="",
        psk="",
        now=NOW_MS,
    )
    assert answer == {"reason": ROOT_MISMATCH}


async def test_h19_a_point_off_the_curve_is_refused_by_webcrypto_too(realm: Realm, node: NodePeer) -> None:
    good = parse_service_key(realm.service_key)
    off_curve = good.seal_public[:-1] + bytes([good.seal_public[-1] ^ 1])
    bad = show_service_key(ServiceKey(off_curve, good.root_sha256))
    answer = await node.ask("seal_call", service_key=bad, origin=ORIGIN, fields={}, now=NOW_MS)
    assert answer == {"reason": BAD_POINT}


async def test_h02_a_second_fingerprint_is_refused_by_the_compiled_parser(node: NodePeer) -> None:
    line = "a=fingerprint:sha-256 " + ":".join(["AB"] * 32) + "\r\n"
    assert await node.ask("fingerprint", sdp=line) == {"bytes": "ab" * 32}
    assert await node.ask("fingerprint", sdp=line + line.replace("AB", "CD")) == {"reason": FINGERPRINT_MANY}


async def test_every_object_is_read_and_written_alike(ada: Person, ben: Person, node: NodePeer) -> None:
    genesis = make_room(ada)
    one, other = await sit(ada, genesis), await sit(ben, genesis)
    mine, theirs = handshake(one, other.sid), handshake(other, one.sid)
    bind = (await mine.receive(theirs.hello(), NOW_MS))[0]
    await one.group.tick(NOW_MS)
    blob = (await one.group.admit(other.session.me, NOW_MS)).blobs[0].blob
    net = Net(NOW_MS)
    event = await net.event(one, "é")
    bare = replace(event, body=None)
    good = [
        ("genesis", write_genesis(genesis)),
        ("credential", one.session.me.credential),
        ("hello", mine.hello()),
        ("bind", bind),
        ("blob", blob),
        ("blob", write_who(one.sid)),
        ("content", write_content([event, replace(bare, clock=2**48 - 1, at_ms=2**48 - 1, seq=2**32 - 1)])),
        ("note", write_beat(True, 1, 2**32 - 1, [f"{number:016x}" for number in range(16)])),
        ("note", write_heads([Head(one.sid, 1, 7, "00" * 16), Head(other.sid, 2, 8, "ff" * 16)])),
        ("note", write_fetch(one.sid, 1, 50)),
        ("note", write_lack(one.sid, 1, 2**32 - 1)),
        ("note", write_fork(bare, event)),
    ]
    for kind, data in good:
        assert await node.ask("again", kind=kind, data=data.hex()) == {"data": data.hex()}
        for bad in (data[:-1], data + b"\x00", b"", b"\xff" + data[1:]):
            assert await node.ask("again", kind=kind, data=bad.hex()) == {"reason": MALFORMED}
