"""The label table: no two uses share a label, and nothing signs or derives without one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from widget.wire import labels
from widget.wire.client_text import auth_bytes
from widget.wire.labels import LABELS, labelled

WIDGET = Path(__file__).parents[3] / "widget"


def test_no_label_is_used_twice() -> None:
    assert len(set(LABELS)) == len(LABELS)


def test_the_table_names_every_label_of_the_module() -> None:
    named = {value for name, value in vars(labels).items() if name.isupper() and isinstance(value, str)}
    assert named == set(LABELS)


def test_no_label_is_the_beginning_of_another_input() -> None:
    inputs = [labelled(label, b"") for label in LABELS]
    assert not any(one != other and one.startswith(other) for one in inputs for other in inputs)


@pytest.mark.parametrize("label", LABELS)
def test_a_label_is_short_lower_case_ascii(label: str) -> None:
    assert re.fullmatch(r"[a-z][a-z-]{0,15}", label)


def test_an_input_is_prefix_label_zero_data() -> None:
    assert labelled("event", b"data") == b"cw1/event\x00data"


def test_no_other_file_writes_a_label_by_hand_but_the_sockets() -> None:
    found = {
        path.name
        for path in WIDGET.rglob("*.py")
        if re.search(r"b[\"']cw1/", path.read_text("utf-8")) and path.name != "labels.py"
    }
    assert found <= {"client_text.py"}


def test_the_sockets_label_is_in_the_table() -> None:
    data = auth_bytes("00" * 32, "host", "00" * 16, "00" * 16)
    assert data.startswith(labelled(labels.SOCKET, b""))
