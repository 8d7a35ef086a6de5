"""Events, frames and notes at their limits: the last that is read, and the first that is not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.fakes.wire import wire
from widget.errors import MALFORMED, CwError
from widget.wire.codec import Reader, Writer
from widget.wire.event import MAX_BODY_BYTES, MAX_EVENTS, WITHHELD, Event, read_events, size_of, write_events
from widget.wire.frame import (
    CONTENT_BYTES,
    MAX_FRAME_BYTES,
    MIN_FRAME_BYTES,
    bucket_for,
    read_content,
    write_content,
)
from widget.wire.notes import BUCKETS, MAX_HEADS, Beat, Head, Heads, is_note, read_note

EVENT = Event(bytes(16), "00" * 16, 1, "00" * 16, "00" * 16, 0, 0, 1, "00" * 32, bytes(64), None)


def with_body(size: int) -> Event:
    return replace(EVENT, body=bytes(size))


def refused(work: Callable[[], object]) -> bool:
    """CwError(MALFORMED), and nothing else."""
    try:
        work()
    except CwError as error:
        return error.reason == MALFORMED
    return False


def test_the_sizes_are_those_of_the_protocol() -> None:
    assert (MAX_BODY_BYTES, MAX_EVENTS, WITHHELD) == (15_360, 255, 65_535)
    assert (MIN_FRAME_BYTES, CONTENT_BYTES, MAX_FRAME_BYTES) == (160, 15_872, 15_904)
    assert (BUCKETS, MAX_HEADS) == (16, 64)


def test_a_body_has_at_most_15360_bytes() -> None:
    assert read_content(write_content([with_body(MAX_BODY_BYTES)])) == [with_body(MAX_BODY_BYTES)]
    assert refused(lambda: read_content(write_content([with_body(MAX_BODY_BYTES + 1)])))


def test_an_empty_body_is_not_a_withheld_one() -> None:
    events = [with_body(0), EVENT]
    assert [event.body for event in read_content(write_content(events))] == [b"", None]
    assert [size_of(event) for event in events] == [180, 180]


def test_255_events_are_written_together() -> None:
    events = [EVENT] * MAX_EVENTS
    assert read_events(Reader(write_events(events))) == events
    assert refused(lambda: write_events([*events, EVENT]))


def test_the_last_bucket_is_filled_to_the_last_byte() -> None:
    full = [with_body(MAX_BODY_BYTES), with_body(CONTENT_BYTES - 1 - 180 - MAX_BODY_BYTES - 180)]
    written = write_content(full)
    assert len(written) == CONTENT_BYTES
    assert read_content(written) == full
    assert refused(lambda: write_content([full[0], with_body(len(full[1].body or b"") + 1)]))


@pytest.mark.parametrize(
    ("length", "bucket"), [(0, 128), (128, 128), (129, 256), (256, 256), (257, 512), (8193, 15872), (15872, 15872)]
)
def test_what_is_said_fills_the_smallest_bucket_that_holds_it(length: int, bucket: int) -> None:
    assert bucket_for(length) == bucket


@pytest.mark.parametrize("field", ["signature", "room_id"])
@pytest.mark.parametrize("size", [0, 1])
def test_an_event_with_a_field_of_another_length_is_not_written(field: str, size: int) -> None:
    value = getattr(EVENT, field)
    assert refused(lambda: write_events([replace(EVENT, **{field: value[1:] if size == 0 else value + b"x"})]))


@pytest.mark.parametrize("field", ["author", "prev", "kid", "body_hash"])
@pytest.mark.parametrize("size", [0, 1])
def test_an_event_with_a_name_of_another_length_is_not_written(field: str, size: int) -> None:
    value = getattr(EVENT, field)
    assert refused(lambda: write_events([replace(EVENT, **{field: value[2:] if size == 0 else value + "00"})]))


@pytest.mark.parametrize(("field", "bits"), [("seq", 32), ("clock", 48), ("at_ms", 48), ("kind", 8)])
def test_a_number_fits_its_field_or_is_not_written(field: str, bits: int) -> None:
    largest = replace(EVENT, **{field: 2**bits - 1})
    assert read_content(write_content([largest])) == [largest]
    for value in (2**bits, -1):
        assert refused(lambda value=value: write_content([replace(EVENT, **{field: value})]))  # type: ignore[misc]


def test_an_event_is_the_first_or_comes_after_it() -> None:
    assert read_content(write_content([EVENT])) == [EVENT]
    assert refused(lambda: read_content(write_content([replace(EVENT, seq=0)])))


@pytest.mark.parametrize("value", [2**48, -1])
def test_a_u48_is_below_2_to_the_48(value: int) -> None:
    assert refused(lambda: Writer().u48(value))


def test_64_heads_are_told_at_a_time() -> None:
    heads = [Head(f"{number:032x}", 1, number, "00" * 16) for number in range(MAX_HEADS)]
    assert read_note(wire(Heads(heads))) == Heads(heads)
    assert refused(lambda: read_note(wire(Heads([*heads, heads[0]]))))


@pytest.mark.parametrize("count", [15, 17])
def test_a_beat_has_16_digests(count: int) -> None:
    assert refused(lambda: read_note(wire(Beat(False, 0, 0, ["00" * 8] * count))))


def test_notes_begin_where_the_groups_own_kinds_end() -> None:
    firsts = [number for number in range(256) if is_note(bytes([number]))]
    assert firsts == list(range(16, 256))
    assert not is_note(b"")
