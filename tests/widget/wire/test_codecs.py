"""Generated values: what is written is read again, and noise raises nothing but CwError."""

from __future__ import annotations

import base64
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fakes.effort import many
from tests.fakes.wire import wire
from widget.crypto.fingerprint import sdp_fingerprint
from widget.crypto.genesis import parse_address
from widget.crypto.jws import read_jws
from widget.errors import CwError
from widget.room.kinds.text import TextBody, read_text, write_text
from widget.wire.base32 import from_base32, to_base32
from widget.wire.base64url import from_base64url, to_base64url
from widget.wire.blank import is_blank
from widget.wire.change import Change
from widget.wire.codec import Reader, Writer
from widget.wire.credential import Credential, read_credential, write_credential
from widget.wire.decision import Decision, read_decision, write_decision
from widget.wire.epoch import Epoch, read_signed_epoch, write_epoch
from widget.wire.event import EVENT_BYTES, Event, read_events, size_of, write_events, write_head
from widget.wire.frame import FrameHeader, read_content, read_header, write_content
from widget.wire.genesis import Genesis, read_genesis, write_genesis
from widget.wire.handshake import Bind, Hello, read_bind, read_hello
from widget.wire.notes import Ask, Beat, BookPart, Fetch, Fork, Head, Heads, Lack, Note, read_note
from widget.wire.pair import (
    Blob,
    Grant,
    Pulse,
    Seek,
    Shown,
    State,
    Twice,
    Want,
    Who,
    Whole,
    read_blob,
    read_pair_packet,
)

# Each codec's lines are run by the golden bytes; tracing some hundred examples more takes three times as long.
pytestmark = pytest.mark.no_cover
MANY = settings(max_examples=many(300, 20_000), deadline=None)


def fixed(size: int) -> st.SearchStrategy[bytes]:
    return st.binary(min_size=size, max_size=size)


def digits(size: int) -> st.SearchStrategy[str]:
    """That many bytes in hex."""
    return fixed(size).map(bytes.hex)


def uint(bits: int) -> st.SearchStrategy[int]:
    return st.integers(0, 2**bits - 1)


def text(max_bytes: int) -> st.SearchStrategy[str]:
    return st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=max_bytes // 4)


GENESES = st.builds(
    Genesis,
    host_sub=text(64),
    host_jkt=fixed(32),
    nonce=fixed(16),
    created_ms=uint(53),
    flags=uint(4),
    capacity=st.integers(1, 65535),
    min_version=st.integers(1, 255),
    orgs=st.lists(text(255), min_size=1, max_size=8),
)
CREDENTIALS = st.builds(
    Credential,
    room_id=fixed(16),
    sid=digits(16),
    device=fixed(65),
    signing=fixed(65),
    agreement=fixed(65),
    iat_ms=uint(53),
    exp_ms=uint(53),
    psk_gen=uint(16),
    identity_hash=fixed(32),
    signature=fixed(64),
    identity=st.binary(max_size=2048),
)
PROOFS = st.one_of(st.just(b""), fixed(32))
HELLOS = st.builds(
    Hello,
    attempt=uint(32),
    versions=st.sets(st.integers(1, 255), min_size=1, max_size=16).map(sorted),
    nonce=fixed(32),
    credential=st.binary(max_size=3000),
    psk_proof=PROOFS,
)
EPOCHS = st.builds(
    Epoch,
    room_id=fixed(16),
    n=uint(32),
    prev=digits(32),
    issuer=digits(16),
    reason=st.integers(1, 7),
    commit=fixed(32),
    book=fixed(32),
    roster=st.dictionaries(digits(16), digits(32), min_size=1, max_size=20).map(
        lambda entries: {sid: entries[sid] for sid in sorted(entries)}
    ),
)
BLOBS: st.SearchStrategy[Blob] = st.one_of(
    st.builds(Grant, st.binary(max_size=3000), fixed(32)),
    st.builds(State, uint(32), digits(16), uint(16)),
    st.builds(Want, digits(32)),
    st.builds(Shown, st.binary(max_size=3000), PROOFS),
    st.builds(Who, digits(16)),
    st.builds(
        Change,
        fixed(117),
        st.sets(digits(16), max_size=20).map(sorted),
        st.dictionaries(digits(16), digits(32), max_size=20).map(lambda came: {sid: came[sid] for sid in sorted(came)}),
        fixed(64),
        fixed(32),
    ),
    st.just(Whole()),
    st.builds(Seek, digits(16), uint(48)),
    st.builds(Pulse, digits(16), uint(48), fixed(64)),
    st.builds(Twice, digits(16), fixed(132), fixed(132)),
)
EVENTS = st.builds(
    Event,
    room_id=fixed(16),
    author=digits(16),
    seq=st.integers(1, 2**32 - 1),
    prev=digits(16),
    kid=digits(16),
    clock=uint(48),
    at_ms=uint(48),
    kind=uint(8),
    body_hash=digits(32),
    signature=fixed(64),
    body=st.one_of(st.none(), st.binary(max_size=1500)),
)
CONTENTS = st.lists(EVENTS, max_size=9)
NOTES: st.SearchStrategy[Note] = st.one_of(
    st.builds(Beat, st.booleans(), uint(32), uint(32), st.lists(digits(8), min_size=16, max_size=16)),
    st.builds(Heads, st.lists(st.builds(Head, digits(16), uint(32), uint(32), digits(16)), max_size=64)),
    st.builds(Fetch, digits(16), uint(32), uint(32)),
    st.builds(Lack, digits(16), uint(32), uint(32)),
    st.builds(Ask, digits(32)),
    st.builds(
        BookPart,
        st.booleans(),
        st.lists(st.builds(Shown, st.binary(max_size=900), PROOFS), max_size=3),
        st.lists(EVENTS, max_size=4),
    ),
    st.builds(lambda one, other: Fork([one, replace(other, author=one.author, seq=one.seq)]), EVENTS, EVENTS),
)
DECISIONS = st.builds(
    Decision,
    st.integers(1, 4),
    digits(16),
    st.integers(0, 3),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=40),
    st.dictionaries(digits(16), uint(32), max_size=9),
    st.lists(digits(16), max_size=9),
)
RENEWALS = st.builds(
    Decision, st.just(5), digits(16), secret=fixed(16), devices=st.lists(digits(32), max_size=9)
)
IDS = st.lists(st.from_regex(r"\A[0-9A-Za-z_-]{1,64}\Z"), max_size=40)
SEEN = text(4000).filter(lambda words: not is_blank(words))
TEXTS = st.builds(TextBody, SEEN, IDS, IDS, st.one_of(st.just(""), digits(16)))


@MANY
@given(GENESES)
def test_a_genesis_is_read_as_written(value: Genesis) -> None:
    assert read_genesis(write_genesis(value)) == value


@MANY
@given(CREDENTIALS)
def test_a_credential_is_read_as_written(value: Credential) -> None:
    assert read_credential(write_credential(value)) == value


@MANY
@given(HELLOS)
def test_a_hello_is_read_as_written(value: Hello) -> None:
    assert read_hello(wire(value)) == value


@MANY
@given(st.builds(Bind, uint(32), uint(32), st.integers(0, 1), st.binary(max_size=255), fixed(64), fixed(16)))
def test_a_bind_is_read_as_written(value: Bind) -> None:
    assert read_bind(wire(value)) == value


@MANY
@given(EPOCHS, fixed(64))
def test_an_epoch_is_read_as_written(value: Epoch, signature: bytes) -> None:
    body = write_epoch(value)
    assert read_signed_epoch(body + signature) == (value, body, signature)


@MANY
@given(BLOBS)
def test_a_blob_is_read_as_written(value: Blob) -> None:
    assert read_blob(wire(value)) == value


@MANY
@given(CONTENTS)
def test_content_is_read_as_written_and_fills_a_bucket(value: list[Event]) -> None:
    written = write_content(value)
    assert read_content(written) == value
    assert len(written) in (128, 256, 512, 1024, 2048, 4096, 8192, 15872)


@MANY
@given(CONTENTS)
def test_events_take_the_bytes_that_are_counted_for_them(value: list[Event]) -> None:
    assert len(write_events(value)) == 1 + sum(size_of(event) for event in value)
    assert all(len(write_head(event)) + 64 == EVENT_BYTES for event in value)


@MANY
@given(EVENTS, st.binary(max_size=40))
def test_events_end_where_what_follows_begins(value: Event, rest: bytes) -> None:
    reader = Reader(write_events([value]) + rest)
    assert read_events(reader) == [value]
    assert reader.rest() == rest


@MANY
@given(EVENTS)
def test_an_event_is_written_as_it_came_with_its_head_kept_or_not(value: Event) -> None:
    data = write_events([value])
    came, believed = [read_events(Reader(data), is_checked)[0] for is_checked in (False, True)]
    assert (came.head, believed.head) == (write_head(value), b"")
    assert write_events([came]) == write_events([believed]) == data


@MANY
@given(st.one_of(DECISIONS, RENEWALS))
def test_a_decision_is_read_as_written(value: Decision) -> None:
    assert read_decision(write_decision(value)) == value


@MANY
@given(NOTES)
def test_a_note_is_read_as_written(value: Note) -> None:
    assert read_note(wire(value)) == value


@MANY
@given(TEXTS)
def test_a_text_is_read_as_written(value: TextBody) -> None:
    assert read_text(write_text(value)) == value


@MANY
@given(uint(48))
def test_a_u48_has_six_bytes(value: int) -> None:
    written = Writer().u48(value).done()
    assert written == value.to_bytes(6, "big")
    assert Reader(written).u48() == value


@MANY
@given(st.builds(FrameHeader, uint(8), fixed(8), uint(16), uint(32)))
def test_a_header_is_read_as_written(value: FrameHeader) -> None:
    assert read_header(wire(value)) == value


@MANY
@given(st.binary(max_size=100))
def test_base64url_and_base32_agree_with_the_standard_library(data: bytes) -> None:
    assert to_base64url(data) == base64.urlsafe_b64encode(data).rstrip(b"=").decode()
    assert to_base32(data) == base64.b32encode(data).rstrip(b"=").decode().lower()
    assert from_base64url(to_base64url(data)) == data
    assert from_base32(to_base32(data)) == data


@MANY
@given(st.text(max_size=60))
def test_a_text_decodes_only_to_what_encodes_to_it(value: str) -> None:
    for decode, encode in ((from_base64url, to_base64url), (from_base32, to_base32)):
        try:
            data = decode(value)
        except CwError:
            continue
        assert encode(data) == value


READERS: list[Callable[[bytes], object]] = [
    read_genesis,
    read_credential,
    read_hello,
    read_bind,
    read_signed_epoch,
    read_blob,
    read_pair_packet,
    read_content,
    read_header,
    read_note,
    read_text,
    lambda data: read_events(Reader(data)),
]


@pytest.mark.parametrize("reader", READERS)
@MANY
@given(
    noise=st.binary(max_size=300),
    first=st.sampled_from(
        [b"", b"\x01", b"\x01\x01", b"H\x01\x01\x01", b"B\x01", b"\xc3", b"\x11\x01", b"\x14\x02\x01"]
    ),
)
def test_noise_raises_nothing_but_cw_error(reader: Callable[[bytes], object], noise: bytes, first: bytes) -> None:
    with suppress(CwError):
        reader(first + noise)


@MANY
@given(
    st.one_of(
        st.text(max_size=200),
        st.text("a=fingerprint:sh-25601 ABCDEF\r\n", max_size=200).map(lambda noise: f"a=fingerprint:sha-256 {noise}"),
        st.text("abcdefgh234567.#cw=", max_size=60),
        st.text("eyJ0.-_AQ", max_size=60),
    )
)
def test_noisy_texts_raise_nothing_but_cw_error(noise: str) -> None:
    for reader in (sdp_fingerprint, parse_address, lambda value: read_jws(value, "x")):
        with suppress(CwError):
            reader(noise)


@pytest.mark.parametrize("reader", [*READERS[:6], read_content, read_note])
@MANY
@given(data=st.data())
def test_a_changed_good_object_is_read_or_refused(reader: Callable[[bytes], object], data: st.DataObject) -> None:
    good = data.draw(
        st.one_of(
            GENESES.map(write_genesis),
            CREDENTIALS.map(write_credential),
            HELLOS.map(wire),
            EPOCHS.map(lambda epoch: write_epoch(epoch) + bytes(64)),
            BLOBS.map(wire),
            CONTENTS.map(write_content),
            NOTES.map(wire),
            DECISIONS.map(write_decision),
        )
    )
    at, value = data.draw(st.integers(0, len(good) - 1)), data.draw(st.integers(0, 255))
    with suppress(CwError):
        reader(good[:at] + bytes([value]) + good[at + 1 :])
