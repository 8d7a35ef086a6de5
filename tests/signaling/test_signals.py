"""The quick way of signals and the wire's general one are the same to the letter, for what is good and what is bad."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from signaling import signals
from signaling.signals import SignalWriter, read_said
from widget.errors import CwError
from widget.wire.client_text import read_client, write_beat, write_signal
from widget.wire.server_text import write_server
from widget.wire.socket import Signal

SID = "0f" * 16
TEXTS = some.text() | some.sampled_from(["", "\ud800", "é\u2028\U0001f600", '"\\/\n\x7f', "x" * 1024, "x" * 1025])
VALUES = some.none() | some.booleans() | some.integers() | TEXTS | some.lists(TEXTS, max_size=1)
SIDS = some.sampled_from([SID, SID[:-1], SID.upper(), SID + "0", "g" * 32]) | VALUES
KINDS = some.sampled_from(["offer", "answer", "candidate", "offers", ""]) | VALUES
GOOD = write_signal(SID, "offer", "sdp")


def outcome(read: Any, text: str) -> object:
    try:
        return read(text)
    except CwError as error:
        return error.code


@given(SIDS, KINDS, TEXTS | VALUES, some.dictionaries(some.sampled_from(["t", "from", "__proto__", "x"]), VALUES))
def test_what_is_read_is_what_the_wire_reads(sid: Any, kind: Any, data: Any, more: dict[str, Any]) -> None:
    fields = {"t": "signal", "to": sid, "kind": kind, "data": data, **more}
    text = json.dumps(fields, separators=(",", ":"))
    assert outcome(read_said, text) == outcome(read_client, text)


@given(some.text(max_size=20), some.integers(0, len(GOOD)), some.integers(0, 3))
def test_a_damaged_signal_is_read_as_the_wire_reads_it(other: str, at: int, gone: int) -> None:
    text = GOOD[:at] + other + GOOD[at + gone :]
    assert outcome(read_said, text) == outcome(read_client, text)


@pytest.mark.parametrize("text", [
    GOOD + " " * (32_769 - len(GOOD)),
    GOOD + " " * (32_768 - len(GOOD)),
    '{"t":"signal"' + "[" * 5000,
    '{"t":"signal","to":' + "[" * 30_000,
    GOOD.replace('"sdp"', '"sdp","data":"last counts"'),
    GOOD.replace('"sdp"', "[[[[[]]]]]"),
    GOOD.replace("}", ',"t":"beat"}'),
    GOOD.replace('"offer"', '["offer"]'),
    write_signal(SID, "candidate", "x" * 1024), write_signal(SID, "candidate", "x" * 1025),
    write_signal(SID, "offer", "x" * 8192), write_signal(SID, "offer", "x" * 8193),
    write_signal(SID, "offer", "\x01" * 6000), write_signal(SID, "offer", "\x01" * 5000),
    write_beat(), "", "null", "{",
])  # fmt: skip
def test_each_edge_is_where_the_wire_has_it(text: str) -> None:
    assert outcome(read_said, text) == outcome(read_client, text)


def test_a_plain_signal_goes_the_quick_way(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signals, "read_client", lambda text: None)
    assert read_said(GOOD) == Signal(SID, "offer", "sdp")


@given(some.sampled_from(["offer", "answer", "candidate"]), TEXTS)
def test_what_is_written_is_what_the_wire_writes(kind: str, data: str) -> None:
    assert SignalWriter(SID).write(Signal("ab" * 16, kind, data)) == write_server(Signal(SID, kind, data))
