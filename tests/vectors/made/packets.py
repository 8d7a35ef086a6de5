"""Vectors of the bytes on links: greetings, credentials, what is around what is sealed."""

from __future__ import annotations

from dataclasses import replace

from tests.fakes.wire import wire
from tests.vectors.made.file import File
from tests.vectors.made.people import People, bytes_from
from widget.wire.credential import MAX_IDENTITY_BYTES, Credential, read_credential, write_credential
from widget.wire.frame import FrameHeader, read_header
from widget.wire.handshake import MAX_HELLO_BYTES, MAX_VERSIONS, Bind, Hello, read_bind, read_hello
from widget.wire.pair import (
    MAX_PAIR_BYTES,
    read_pair_packet,
    write_pair_header,
)
from widget.wire.relayed import MAX_RELAY_BYTES, read_relay, write_relay

U8, U16, U32, U53 = 2**8 - 1, 2**16 - 1, 2**32 - 1, 2**53 - 1
POINT = b"\x04" + bytes_from("point", 64)
SIGNATURE = bytes_from("signature", 64)


def patched(data: bytes, at: int, value: int) -> bytes:
    """Another byte there, from the end where `at` is negative."""
    place = at % len(data)
    return data[:place] + bytes([value]) + data[place + 1 :]


def hellos(people: People) -> File:
    credential = people.seats["ben"].session.me.credential
    hello = Hello(1, [1], bytes_from("nonce", 32), credential, b"")
    file = File("hello", "bytes", "HELLO, the first packet on a link: widget/wire/handshake.py")
    empty = len(wire(replace(hello, credential=b"")))
    for sentence, changes in {
        "a HELLO in a public room": {},
        "a HELLO with the proof of an invite": {"psk_proof": bytes_from("proof", 32)},
        "a HELLO with the most proofs": {"psk_proof": bytes_from("proofs", 128)},
        "a HELLO of the last attempt": {"attempt": U32},
        "a HELLO of attempt zero, which a handshake refuses": {"attempt": 0},
        "a HELLO with two versions": {"versions": [1, 2]},
        "a HELLO with the most versions": {"versions": list(range(1, MAX_VERSIONS + 1))},
        "a HELLO with the highest version alone": {"versions": [U8]},
        "a HELLO with an empty credential, which nobody takes": {"credential": b""},
        "a HELLO of the greatest length": {"credential": bytes(MAX_HELLO_BYTES - empty)},
    }.items():
        value = replace(hello, **changes)  # type: ignore[arg-type]
        file.good(sentence, value, data=wire(value))
    data = wire(hello)
    file.cut("a HELLO", data, read_hello)
    file.bad("a HELLO with another tag", data=patched(data, 0, 0x42))
    file.bad("a HELLO of version 0", data=patched(data, 1, 0))
    file.bad("a HELLO of version 2", data=patched(data, 1, 2))
    for sentence, versions in {
        "no version": [],
        "version 0": [0],
        "versions that fall": [2, 1],
        "a version twice": [1, 1],
        "more versions than there may be": list(range(1, MAX_VERSIONS + 2)),
    }.items():
        file.bad(f"a HELLO with {sentence}", data=wire(replace(hello, versions=versions)))
    for size in (1, 31, 33, 127, 129, 160, U8):
        file.bad(f"a HELLO with a proof of {size} bytes", data=wire(replace(hello, psk_proof=bytes(size))))
    file.bad("a HELLO one byte too long", data=wire(replace(hello, credential=bytes(MAX_HELLO_BYTES - empty + 1))))
    file.bad("nothing", data=b"")
    return file


def binds() -> File:
    bind = Bind(7, 8, 1, b"\x46\x47", SIGNATURE, bytes_from("mac", 16))
    file = File("bind", "bytes", "BIND, which proves what HELLO claims: widget/wire/handshake.py")
    for sentence, changes in {
        "a BIND of the higher sid": {},
        "a BIND of the lower sid": {"role": 0},
        "a BIND that says nothing": {"said": b""},
        "a BIND that says the most": {"said": bytes_from("said", U8)},
        "a BIND of the last attempts": {"attempt": U32, "answered": U32},
        "a BIND with a signature of zeros, which proves nothing": {"signature": bytes(64), "mac": bytes(16)},
    }.items():
        value = replace(bind, **changes)  # type: ignore[arg-type]
        file.good(sentence, value, data=wire(value))
    data = wire(bind)
    file.cut("a BIND", data, read_bind)
    file.bad("a BIND with another tag", data=patched(data, 0, 0x48))
    file.bad("a BIND of version 0", data=patched(data, 1, 0))
    file.bad("a BIND of version 2", data=patched(data, 1, 2))
    for role in (2, U8):
        file.bad(f"a BIND of role {role}", data=patched(data, 10, role))
    file.bad("a BIND that claims to say more than it does", data=patched(data, 11, 3))
    file.bad("a BIND that claims to say less than it does", data=patched(data, 11, 1))
    return file


def credentials(people: People) -> File:
    sc = read_credential(people.seats["ada"].session.me.credential)
    file = File("credential", "bytes", "SC, a session's credential: widget/wire/credential.py")
    for sentence, changes in {
        "Ada's credential": {},
        "a credential of no time": {"iat_ms": 0, "exp_ms": 0},
        "a credential of the last times": {"iat_ms": U53, "exp_ms": U53},
        "a credential of the last invite": {"psk_gen": U16},
        "a credential without an identity": {"identity": b""},
        "a credential with the longest identity": {"identity": bytes(MAX_IDENTITY_BYTES)},
        "a credential whose keys are no points": {"device": bytes(65), "signing": bytes(65), "agreement": bytes(65)},
    }.items():
        value: Credential = replace(sc, **changes)  # type: ignore[arg-type]
        file.good(sentence, value, data=write_credential(value))
    data = write_credential(sc)
    file.cut("a credential", data, read_credential)
    for version in (0, 2, U8):
        file.bad(f"a credential of version {version}", data=patched(data, 0, version))
    file.bad("a credential from beyond 2**53 ms", data=patched(data, 229, 0x20))
    file.bad("a credential until beyond 2**53 ms", data=patched(data, 237, 0x20))
    file.bad(
        "a credential whose identity is a byte too long",
        data=write_credential(replace(sc, identity=bytes(MAX_IDENTITY_BYTES + 1))),
    )
    file.bad("nothing", data=b"")
    return file


def pair_packets() -> File:
    file = File("pair_packet", "bytes", "A packet of the pair channel before it is opened: widget/wire/pair.py")
    for sentence, counter, sealed in (
        ("the first packet", 0, bytes_from("sealed", 40)),
        ("the last packet", U32, bytes_from("sealed", 40)),
        ("a packet with nothing sealed, which does not open", 1, b""),
        ("a packet of the greatest length", 1, bytes(MAX_PAIR_BYTES - 5)),
    ):
        header = write_pair_header(counter)
        file.good(sentence, {"counter": counter, "header": header, "sealed": sealed}, data=header + sealed)
    data = write_pair_header(9)
    for end in range(1, 5):
        file.bad(f"a packet that ends after {end} bytes", data=data[:end])
    for tag in (0x42, 0x48, 0xC1, 0xC2, 0xC4):
        file.bad(f"a packet of tag {tag:02x}", data=patched(data, 0, tag))
    file.bad("a packet one byte too long", data=data + bytes(MAX_PAIR_BYTES - 4))
    file.bad("nothing", data=b"")
    return file


def frame_headers() -> File:
    header = FrameHeader(1, bytes_from("kid", 8), 2, 9)
    file = File("frame_header", "bytes", "How a frame begins: widget/wire/frame.py")
    for sentence, changes in {
        "news": {},
        "an answer": {"frame_type": 2},
        "a type that nobody takes": {"frame_type": U8},
        "the last place and the last counter": {"index": U16, "counter": U32},
    }.items():
        value = replace(header, **changes)  # type: ignore[arg-type]
        file.good(sentence, value, data=wire(value))
    data = wire(header)
    for end in range(0, 16, 3):
        file.bad(f"a frame that ends after {end} bytes", data=data[:end])
    for tag in (0x42, 0x48, 0xC0, 0xC2, 0xC3):
        file.bad(f"a frame of tag {tag:02x}", data=patched(data, 0, tag))
    read_header(data)
    return file


def relays() -> File:
    sid = bytes_from("sid", 16).hex()
    file = File("relay", "bytes", "What the service hands on unread: widget/wire/socket.py")
    for sentence, blob in (
        ("a packet", bytes_from("packet", 50)),
        ("no packet", b""),
        ("the most", bytes(MAX_RELAY_BYTES)),
    ):
        file.good(sentence, {"sid": sid, "blob": blob}, data=write_relay(sid, blob))
    data = write_relay(sid, b"packet")
    for end in (0, 1, 16):
        file.bad(f"a message that ends after {end} bytes", data=data[:end])
    for kind in (0, 2, U8):
        file.bad(f"a message of kind {kind}", data=patched(data, 0, kind))
    file.bad("more than the most", data=write_relay(sid, bytes(MAX_RELAY_BYTES)) + b"\x00")
    read_relay(data)
    read_pair_packet(write_pair_header(0))
    return file
