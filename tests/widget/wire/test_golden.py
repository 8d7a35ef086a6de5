"""Golden bytes of every object: what is written here is the protocol."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from tests.fakes.wire import wire
from widget.errors import MALFORMED, CwError
from widget.room.kinds.text import TextBody, read_text, write_text
from widget.wire.base32 import from_base32, to_base32
from widget.wire.base64url import from_base64url, to_base64url
from widget.wire.credential import Credential, credential_signed, read_credential, write_credential
from widget.wire.decision import BAN, HIDE, INVITE, LIFT, NOBODY, REMOVE, Decision, read_decision, write_decision
from widget.wire.epoch import (
    Epoch,
    commit_input,
    epoch_signed,
    read_signed_epoch,
    stated,
    write_epoch,
)
from widget.wire.event import Event, event_signed
from widget.wire.frame import FrameHeader, frame_aad, read_content, read_header, write_content
from widget.wire.genesis import HISTORY, PRIVATE, RELAY, Genesis, read_genesis, room_id_input, write_genesis
from widget.wire.handshake import (
    Bind,
    Hello,
    bind_input,
    read_bind,
    read_hello,
    transcript_bytes,
    write_hello,
)
from widget.wire.labels import GUEST, HEADS, REFRESH, SITE, labelled
from widget.wire.notes import Ask, Beat, BookPart, Fetch, Fork, Head, Heads, Lack, read_note, tips_bytes
from widget.wire.pair import (
    Grant,
    Pulse,
    Seek,
    Shown,
    State,
    Twice,
    Want,
    Who,
    pulse_signed,
    read_blob,
    read_pair_packet,
    write_pair_header,
)
from widget.wire.sign_in import login_bytes, reply_aad, seal_info, shown_bytes

ROOM = b"\xa0" * 16
SID = b"\xb0" * 16
OTHER = b"\xb1" * 16
POINT = b"\x04" + b"\x01" * 64

GENESIS = Genesis(
    host_sub="ab",
    host_jkt=b"\x11" * 32,
    nonce=b"\x22" * 16,
    created_ms=0x0102030405,
    flags=PRIVATE + HISTORY + RELAY,
    capacity=16,
    min_version=1,
    orgs=["https://a.example"],
)
CREDENTIAL = Credential(
    room_id=ROOM,
    sid=SID.hex(),
    device=POINT,
    signing=POINT,
    agreement=POINT,
    iat_ms=1,
    exp_ms=2,
    psk_gen=3,
    identity_hash=b"\x33" * 32,
    signature=b"\x44" * 64,
    identity=b"a.b.c",
)
EPOCH = Epoch(
    room_id=ROOM,
    n=7,
    prev="66" * 32,
    issuer=SID.hex(),
    reason=2,
    commit=b"\x77" * 32,
    book=b"\xbb" * 32,
    roster={SID.hex(): "88" * 32, OTHER.hex(): "99" * 32},
)
TWICE = Twice(SID.hex(), b"\x45" * 132, b"\x46" * 132)
PULSE = Pulse(SID.hex(), 0x010203040506, b"\x44" * 64)
HELLO = Hello(7, [1], b"\x55" * 32, b"SC", b"")
BIND = Bind(7, 8, 1, b"\x46\x47", b"\x44" * 64, b"\x45" * 16)
HEADER = FrameHeader(1, b"\x66" * 8, 2, 0x01020304)
EVENT = Event(
    room_id=ROOM,
    author=SID.hex(),
    seq=7,
    prev="66" * 16,
    kid="88" * 16,
    clock=0x010203040506,
    at_ms=0x0A0B0C0D0E0F,
    kind=1,
    body_hash="99" * 32,
    signature=b"\x44" * 64,
    body=b"body",
)
BARE = replace(EVENT, body=None)
TWIN = replace(BARE, body_hash="98" * 32)
DIGESTS = [f"{number:016x}" for number in range(16)]
BEAT = Beat(True, 3, 5, DIGESTS)
ONE_HEAD = [Head(SID.hex(), 3, 7, "66" * 16)]
FETCH = Fetch(SID.hex(), 3, 0x01020304)
LACK = Lack(SID.hex(), 3, 0x01020304)
BOOK = BookPart(True, [Shown(b"SC", b"\x01" * 32)], [EVENT])
DECISION = Decision(REMOVE, "c0" * 16, BAN + HIDE, "é", {SID.hex(): 7})
RENEWAL = Decision(INVITE, NOBODY, secret=b"\x00\x02" + b"\x07" * 14, devices=["dd" * 32])

GENESIS_HEX = (
    "01" "0002" "6162" + "11" * 32 + "22" * 16 + "0000000102030405" "0d" "0010" "01" "01" "0011"
    "68747470733a2f2f612e6578616d706c65"
)  # fmt: skip
UNSIGNED_SC_HEX = (
    "01" + "a0" * 16 + "b0" * 16 + ("04" + "01" * 64) * 3 + "0000000000000001" "0000000000000002" "0003" + "33" * 32
)  # fmt: skip
EPOCH_HEX = (
    "01" + "a0" * 16 + "00000007" + "66" * 32 + "b0" * 16 + "02" + "77" * 32 + "bb" * 32 + "0002"
    + "b0" * 16 + "88" * 32 + "b1" * 16 + "99" * 32
)  # fmt: skip
HELLO_HEX = "48" "01" "00000007" "01" "01" + "55" * 32 + "0002" "5343" "00"
BIND_HEX = "42" "01" "00000007" "00000008" "01" "02" "4647" + "44" * 64 + "45" * 16
HEADER_HEX = "c1" "01" + "66" * 8 + "0002" "01020304"
UNSIGNED_HEX = (
    "01" + "a0" * 16 + "b0" * 16 + "00000007" + "66" * 16 + "88" * 16 + "010203040506" "0a0b0c0d0e0f" "01" + "99" * 32
)  # fmt: skip
EVENT_HEX = UNSIGNED_HEX + "44" * 64 + "0004" "626f6479"
BARE_HEX = UNSIGNED_HEX + "44" * 64 + "ffff"
TWIN_HEX = BARE_HEX.replace("99" * 32, "98" * 32)
CONTENT_HEX = "01" + EVENT_HEX + "00" * 71
BEAT_HEX = "10" "01" "00000003" "00000005" + "".join(DIGESTS)
HEADS_HEX = "11" "01" + "b0" * 16 + "00000003" "00000007" + "66" * 16
FETCH_HEX = "12" + "b0" * 16 + "00000003" "01020304"
LACK_HEX = "13" + "b0" * 16 + "00000003" "01020304"
FORK_HEX = "14" "02" + BARE_HEX + TWIN_HEX
ASK_HEX = "17" + "bb" * 32
BOOK_HEX = "18" "01" "01" "0002" "5343" "20" + "01" * 32 + "01" + EVENT_HEX
REMOVE_HEX = "01" + "c0" * 16 + "03" "02" "c3a9" "01" + "b0" * 16 + "00000007" + "00"
INVITE_HEX = "05" + "00" * 16 + "00" "00" "00" "00" "0002" + "07" * 14 + "01" + "dd" * 32


@pytest.mark.parametrize(
    ("value", "write", "read", "golden"),
    [
        (GENESIS, write_genesis, read_genesis, GENESIS_HEX),
        (CREDENTIAL, write_credential, read_credential, UNSIGNED_SC_HEX + "44" * 64 + "0005" "612e622e63"),
        (HELLO, wire, read_hello, HELLO_HEX),
        (Hello(7, [1, 2], b"\x55" * 32, b"", b"\x56" * 32), wire, read_hello,
         "48" "01" "00000007" "02" "0102" + "55" * 32 + "0000" "20" + "56" * 32),
        (BIND, wire, read_bind, BIND_HEX),
        (Grant(b"E", b"\x01" * 32), wire, read_blob, "01" "0001" "45" + "01" * 32),
        (Seek(SID.hex(), 0x010203040506), wire, read_blob, "08" + "b0" * 16 + "010203040506"),
        (PULSE, wire, read_blob, "09" + "b0" * 16 + "010203040506" + "44" * 64),
        (TWICE, wire, read_blob, "0a" + "b0" * 16 + "45" * 132 + "46" * 132),
        (State(7, "66" * 16, 3), wire, read_blob, "02" "00000007" + "66" * 16 + "0003"),
        (Want("88" * 32), wire, read_blob, "03" + "88" * 32),
        (Shown(b"SC", b""), wire, read_blob, "04" "0002" "5343" "00"),
        (Shown(b"SC", b"\x01" * 32), wire, read_blob, "04" "0002" "5343" "20" + "01" * 32),
        (Who(SID.hex()), wire, read_blob, "05" + "b0" * 16),
        (BEAT, wire, read_note, BEAT_HEX),
        (replace(BEAT, asks=False), wire, read_note, BEAT_HEX.replace("1001", "1000", 1)),
        (Heads(ONE_HEAD), wire, read_note, HEADS_HEX),
        (FETCH, wire, read_note, FETCH_HEX),
        (LACK, wire, read_note, LACK_HEX),
        (Fork([BARE, TWIN]), wire, read_note, FORK_HEX),
        (Ask("bb" * 32), wire, read_note, ASK_HEX),
        (BOOK, wire, read_note, BOOK_HEX),
        (DECISION, write_decision, read_decision, REMOVE_HEX),
        (Decision(LIFT, "c0" * 16, lifts=["66" * 16]), write_decision, read_decision,
         "02" + "c0" * 16 + "00" "00" "00" "01" + "66" * 16),
        (RENEWAL, write_decision, read_decision, INVITE_HEX),
        (HEADER, wire, read_header, HEADER_HEX),
        ([EVENT], write_content, read_content, CONTENT_HEX),
        ([BARE, EVENT], write_content, read_content, "02" + BARE_HEX + EVENT_HEX + "00" * 147),
        ([], write_content, read_content, "00" * 128),
        (TextBody("é", ["e1"], []), write_text, read_text, "0002" "c3a9" "01" "02" "6531" "00"),
        (TextBody("é", [], ["e1"], "66" * 16), write_text, read_text, "0002" "c3a9" "00" "01" "02" "6531" + "66" * 16),
        (b"\x00\x01\x02", to_base32, from_base32, b"aaaqe".hex()),
        (b"\xfb\xff", to_base64url, from_base64url, b"-_8".hex()),
    ],
    ids=[
        "genesis", "credential", "hello", "hello with proof", "bind", "grant", "seek", "pulse", "twice", "state",
        "want", "shown", "shown with proof", "who", "beat", "beat that asks nothing", "heads", "fetch", "lack", "fork",
        "ask", "book", "decision", "lift", "renewal", "header",
        "content", "content with a withheld body", "no content", "text", "text once more", "base32", "base64url",
    ],
)  # fmt: skip
def test_golden_bytes(value: Any, write: Callable[[Any], Any], read: Callable[[Any], Any], golden: str) -> None:
    written = write(value)
    assert (written.encode() if isinstance(written, str) else written).hex() == golden
    assert read(written) == value


def test_golden_epoch() -> None:
    body = write_epoch(EPOCH)
    assert body.hex() == EPOCH_HEX
    signature = b"\x44" * 64
    assert read_signed_epoch(body + signature) == (EPOCH, body, signature)


def test_golden_pair_packet() -> None:
    header = write_pair_header(9)
    assert header.hex() == "c3" + "00000009"
    assert read_pair_packet(header + b"sealed") == (9, header, b"sealed")


@pytest.mark.parametrize(
    ("data", "golden"),
    [
        (room_id_input(write_genesis(GENESIS)), b"cw1/room\0".hex() + GENESIS_HEX),
        (credential_signed(CREDENTIAL), b"cw1/sc\0".hex() + UNSIGNED_SC_HEX),
        (bind_input(1, b"\x12" * 32, b"\x46\x47"), b"cw1/bind\0".hex() + "01" + "12" * 32 + "02" "4647"),
        (stated(write_epoch(EPOCH), b"\x88" * 32), "00000007" + "66" * 32 + "88" * 32),
        (epoch_signed(ROOM, SID.hex(), b"\x07" * 132), b"cw1/epoch\0".hex() + "a0" * 16 + "b0" * 16 + "07" * 68),
        (pulse_signed(ROOM, SID.hex(), 0x010203040506), b"cw1/pulse\0".hex() + "a0" * 16 + "b0" * 16 + "010203040506"),
        (commit_input(b"\x01" * 32), b"cw1/ec\0".hex() + "01" * 32),
        (frame_aad(ROOM, wire(HEADER)), b"cw1/frm\0".hex() + "a0" * 16 + HEADER_HEX),
        (event_signed(EVENT), b"cw1/event\0".hex() + UNSIGNED_HEX),
        (labelled(HEADS, tips_bytes([*ONE_HEAD, Head(OTHER.hex(), 1, 1, "88" * 16)])),
         b"cw1/heads\0".hex() + "b0" * 16 + "00000007" + "66" * 16 + "b1" * 16 + "00000001" + "88" * 16),
        (seal_info("POST", "/token", "o"), b"cw1/otp\0".hex() + "0004504f5354" "00062f746f6b656e" "00016f"),
        (reply_aad(b"\x01" * 16), b"cw1/otp-reply\0".hex() + "01" * 16),
        (login_bytes(b"\x01" * 16, b"\x02" * 32, b"\x03" * 16, "o"),
         b"cw1/login\0".hex() + "01" * 16 + "02" * 32 + "03" * 16 + "00016f"),
        *[
            (shown_bytes(label, b"\x03" * 16, b"\x04" * 32, "o"),
             f"cw1/{label}\0".encode().hex() + "03" * 16 + "04" * 32 + "00016f")
            for label in (REFRESH, SITE, GUEST)
        ],
        (transcript_bytes(ROOM, (b"LO", b"HIGH"), 1, (b"\x01" * 32, b"\x02" * 32)),
         "a0" * 16 + "0002" "4c4f" "0004" "48494748" "01" + "01" * 32 + "02" * 32),
    ],
    ids=[
        "room", "sc", "bind", "statement", "epoch", "pulse", "commit", "aad", "event", "heads", "info", "reply",
        "login", "refresh", "site", "guest",
        "transcript",
    ],
)  # fmt: skip
def test_golden_inputs(data: bytes, golden: str) -> None:
    assert data.hex() == golden


READERS: list[tuple[Callable[[bytes], object], bytes]] = [
    (read_genesis, bytes.fromhex(GENESIS_HEX)),
    (read_credential, write_credential(CREDENTIAL)),
    (read_hello, wire(HELLO)),
    (read_bind, wire(BIND)),
    (read_signed_epoch, write_epoch(EPOCH) + bytes(64)),
    (read_blob, wire(Grant(b"E", bytes(32)))),
    (read_blob, wire(State(1, "00" * 16, 1))),
    (read_blob, wire(Want("00" * 32))),
    (read_blob, wire(Shown(b"SC", bytes(32)))),
    (read_blob, wire(Who(SID.hex()))),
    (read_blob, wire(Seek(SID.hex(), 7))),
    (read_blob, wire(PULSE)),
    (read_blob, wire(TWICE)),
    (read_note, wire(BEAT)),
    (read_note, wire(Heads(ONE_HEAD))),
    (read_note, wire(FETCH)),
    (read_note, wire(LACK)),
    (read_note, wire(Fork([EVENT, TWIN]))),
    (read_note, wire(Ask("bb" * 32))),
    (read_note, wire(BOOK)),
    (read_decision, write_decision(DECISION)),
    (read_decision, write_decision(RENEWAL)),
    (read_content, write_content([EVENT, BARE])),
]


@pytest.mark.parametrize(("read", "good"), READERS)
def test_nothing_may_be_missing_or_left_over(read: Callable[[bytes], object], good: bytes) -> None:
    read(good)
    for bad in [good[:length] for length in range(len(good))] + [good + b"\x00"]:
        with pytest.raises(CwError) as caught:
            read(bad)
        assert caught.value.reason == MALFORMED


@pytest.mark.parametrize(
    ("read", "bad"),
    [
        (read_genesis, GENESIS_HEX.replace("01" "0002", "02" "0002", 1)),
        (read_genesis, GENESIS_HEX.replace("0d" "0010", "1d" "0010", 1)),
        (read_genesis, GENESIS_HEX.replace("0d" "0010", "0d" "0000", 1)),
        (read_genesis, GENESIS_HEX.replace("0010" "01" "01", "0010" "00" "01", 1)),
        (read_genesis, GENESIS_HEX[: GENESIS_HEX.index("0010" "01" "01") + 6] + "00"),
        (read_genesis, "01" "0002" "ffff" + GENESIS_HEX[10:]),
        (read_hello, HELLO_HEX.replace("4801", "4802", 1)),
        (read_hello, "48" "01" "00000007" "00" + "55" * 32 + "0000" "00"),
        (read_hello, "48" "01" "00000007" "02" "0201" + "55" * 32 + "0000" "00"),
        (read_hello, "48" "01" "00000007" "02" "0101" + "55" * 32 + "0000" "00"),
        (read_hello, "48" "01" "00000007" "01" "01" + "55" * 32 + "0000" "01" "00"),
        (read_hello, "48" "01" "00000007" "01" "01" + "55" * 32 + "0000" "a0" + "00" * 160),
        (read_bind, BIND_HEX.replace("4201", "4202", 1)),
        (read_bind, BIND_HEX.replace("00000801", "00000802", 1)),
        (read_signed_epoch, EPOCH_HEX.replace("b1" * 16, "b0" * 16) + "00" * 64),
        (read_signed_epoch, EPOCH_HEX.replace("b1" * 16, "af" * 16) + "00" * 64),
        (read_signed_epoch, EPOCH_HEX.replace("b0" * 16 + "02", "b0" * 16 + "00", 1) + "00" * 64),
        (read_signed_epoch, EPOCH_HEX.replace("b0" * 16 + "02", "b0" * 16 + "08", 1) + "00" * 64),
        (read_blob, ""),
        (read_blob, "06" + "00" * 16),
        (read_blob, "04" "0000" "01" "00"),
        (read_blob, "04" "0000" "a0" + "00" * 160),
        (read_content, CONTENT_HEX[:-2] + "01"),
        (read_content, CONTENT_HEX + "00" * 256),
        (read_content, "00" * 256),
        (read_content, CONTENT_HEX.replace("01" "01", "02" "01", 1)),
        (read_content, CONTENT_HEX.replace("01" "01", "01" "02", 1)),
        (read_content, CONTENT_HEX.replace("00000007", "00000000", 1)),
        (read_content, CONTENT_HEX.replace("0004" "626f6479", "0100" "626f6479", 1)),
        (read_note, ""),
        (read_note, "0f" + FETCH_HEX[2:]),
        (read_note, "15"),
        (read_note, "16"),
        (read_note, "19"),
        (read_note, BOOK_HEX.replace("1801", "1802", 1)),
        (read_note, "18" "01" "11" + "0000" "00" * 17 + "00"),
        (read_note, "18" "01" "01" "0000" "01" "00" "00"),
        (read_decision, "00" + REMOVE_HEX[2:]),
        (read_decision, "06" + REMOVE_HEX[2:]),
        (read_decision, REMOVE_HEX.replace("0302c3a9", "0402c3a9", 1)),
        (read_decision, REMOVE_HEX.replace("0302c3a9", "0301c3", 1)),
        (read_decision, "04" + "c0" * 16 + "00" "29" + "61" * 41 + "0000"),
        (read_decision, "01" + "c0" * 16 + "00" "00" "02" + ("b0" * 16 + "00000007") * 2 + "00"),
        (read_decision, INVITE_HEX.replace("05", "04", 1)),
        (read_note, BEAT_HEX.replace("1001", "1002", 1)),
        (read_note, "14" "00"),
        (read_note, "14" "01" + BARE_HEX),
        (read_note, "14" "03" + BARE_HEX + TWIN_HEX + TWIN_HEX),
        (read_note, FORK_HEX.replace("b0" * 16, "b1" * 16, 1)),
        (read_header, "c2" + HEADER_HEX[2:]),
    ],
)  # fmt: skip
def test_what_would_not_have_been_written_is_not_read(read: Callable[[bytes], object], bad: str) -> None:
    with pytest.raises(CwError) as caught:
        read(bytes.fromhex(bad))
    assert caught.value.reason == MALFORMED


@pytest.mark.parametrize("text", ["=", "A", "AB", "A===", "AA==", "A+", "A/", "A ", "é", "AAA\n"])
def test_base64url_is_strict(text: str) -> None:
    with pytest.raises(CwError):
        from_base64url(text)


@pytest.mark.parametrize("text", ["a", "ab", "A", "AA", "1a", "aaa", "a======="])
def test_base32_is_strict(text: str) -> None:
    with pytest.raises(CwError):
        from_base32(text)


def test_a_hello_over_4_kib_is_refused() -> None:
    with pytest.raises(CwError):
        read_hello(write_hello(1, [1], bytes(32), bytes(4096), b""))


def test_an_identity_over_2_kib_is_refused() -> None:
    read_credential(write_credential(replace(CREDENTIAL, identity=bytes(2048))))
    with pytest.raises(CwError):
        read_credential(write_credential(replace(CREDENTIAL, identity=bytes(2049))))


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"text",
        b'{"text":"x","emotes":[],"emoji":[]}',
        b"\x00\x01x",
        b"\x00\x01x\x00",
        b"\x00\x01x\x00\x00\x00",
        b"\x00\x01x\x00\x00" + bytes(15),
        b"\x00\x01x\x00\x00" + bytes(17),
        b"\x00\x00\x00\x00",
        b"\x00\x02x\x00\x00",
        b"\x00\x01\xff\x00\x00",
        b"\x00\x01x\x01\x03<b>\x00",
        b"\x00\x01x\x00\x01\x03<b>",
        b"\x00\x01x\x01\x00\x00",
        b"\x00\x01x\x01\x41" + b"a" * 65 + b"\x00",
        b"\x00\x01x\x29" + b"\x01a" * 41 + b"\x00",
        b"\x00\x01x\x00\x29" + b"\x01a" * 41,
        b"\x0f\xa1" + b"x" * 4001 + b"\x00\x00",
    ],
)
def test_f12_a_body_outside_the_schema_is_no_text(body: bytes) -> None:
    with pytest.raises(CwError) as caught:
        read_text(body)
    assert caught.value.reason == MALFORMED


@pytest.mark.parametrize(
    "body",
    [
        TextBody("x" * 4000),
        TextBody("x", ["a"] * 40, ["b"] * 40),
        TextBody("x", ["a" * 64]),
        TextBody("x", ["Az09_-"]),
    ],
)
def test_the_largest_texts_are_read(body: TextBody) -> None:
    assert read_text(write_text(body)) == body
