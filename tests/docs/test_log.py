"""docs/LOG.md says what the code does: its layouts are those of the docstrings, its numbers those of the limits."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from widget.crypto import limits as crypto_limits
from widget.room import limits
from widget.room.kinds import table
from widget.room.kinds.text import MAX_TEXT_CHARS
from widget.wire import event, frame, notes

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/LOG.md").read_text("utf-8")

NUMBERS = {
    "characters of a text": [MAX_TEXT_CHARS],
    "bytes of a body": [event.MAX_BODY_BYTES],
    "events that a member keeps": [limits.EVENTS_KEPT],
    "that wait for a gap to close, of one author": [limits.EVENTS_WAITING],
    "of one session in one epoch": [limits.EVENTS_IN_EPOCH],
    "news of one neighbour": [limits.EVENTS_PER_S, limits.EVENTS_BURST],
    "events of a guest's session that are taken, whoever brings them": [
        1, limits.GUEST_EACH_MS // 1000, limits.GUEST_AT_ONCE,
    ],
    "seconds after a meeting until it is so; before, and of who was never met, its age counts": [
        limits.GUEST_MET_MS // 1000
    ],
    "events that a guest says": [1, limits.GUEST_EACH_MS // 1000, limits.GUEST_BURST],
    "bytes of news of one neighbour": [crypto_limits.BYTES_PER_S, crypto_limits.BYTES_BURST],
    "FETCHes of one neighbour": [1000 // limits.FETCH_EACH_MS, limits.FETCH_BURST],
    f"forged events until a neighbour is not read for {limits.BAD_REST_MS // 1000} seconds": [limits.BAD_SIGNATURES],
    'seconds after which what lands above read lines "came late"': [limits.LATE_MS // 1000],
    "events of the history": [limits.HISTORY_EVENTS],
    "events of one person after a reload": [limits.KEPT_OF_ONE],
    "days that they are kept": [limits.KEPT_MS // 86_400_000],
    "segments of events in a slot": [limits.SEGMENT_EVENTS, limits.SEGMENTS],
    "tabs of one browser that are kept": [limits.SLOTS],
}


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def block(heading: str) -> str:
    section = PAGE.split(f"## {heading}", 1)[1]
    return section.split("```", 2)[1]


def layouts(text: str) -> dict[str, str]:
    """The names at the beginnings of lines, and what stands beside them."""
    found = re.findall(r"^ {0,4}([A-Za-z]+) {2,}(\S.*)$", text, re.MULTILINE)
    return {name: plain(re.sub(r" {4,}.*$", "", words)) for name, words in found}


@pytest.mark.parametrize(("heading", "module", "names"), [
    ("1. Event", event, ["EVENT"]),
    ("3. Notes", notes, ["BEAT", "HEADS", "FETCH", "LACK"]),
])
def test_a_layout_is_the_codes(heading: str, module: object, names: list[str]) -> None:
    page, code = layouts(block(heading)), layouts(str(module.__doc__))
    for name in names:
        assert page[name] == code[name]


def test_every_note_is_there() -> None:
    page = layouts(block("3. Notes"))
    for name in ("BEAT", "HEADS", "FETCH", "LACK", "FORK", "DIRECT", "PROBE", "ASK", "BOOK"):
        number = getattr(notes, name)
        line = page.get(name) or re.search(rf"^{name} +(\w\w)$", block("3. Notes"), re.MULTILINE)[1]  # type: ignore[index]
        assert line.startswith(f"{number:02x}")


def test_the_sizes_of_frames_are_those() -> None:
    sizes = re.search(r"zeros up to ([\d, or]+)", block("2. Frame"))
    assert sizes is not None
    assert [int(size) for size in re.findall(r"\d+", sizes[1])] == list(frame.BUCKETS)
    assert f"Type {frame.TYPE_NEWS} is news, type {frame.TYPE_ANSWER} the answer" in PAGE


def test_every_kind_is_there() -> None:
    section = PAGE.split("## 5. Kinds", 1)[1].split("## 6.", 1)[0]
    assert [int(number) for number in re.findall(r"^\| (\d+) \|", section, re.MULTILINE)] == sorted(table.kinds())


def test_every_number_is_the_codes() -> None:
    rows = re.findall(r"^\| (.+?) \| (.+) \|$", PAGE.split("## 7. Numbers", 1)[1], re.MULTILINE)
    page = {name: [int(number.replace(",", "")) for number in re.findall(r"\d[\d,]*", value)] for name, value in rows}
    assert {name: page[name] for name in NUMBERS} == NUMBERS
    assert len(page) == len(NUMBERS) + 1  # and the head


def test_the_rules_beside_numbers_name_them() -> None:
    kept = (limits.SEGMENT_EVENTS, limits.SAVE_SOON_MS, limits.SAVE_MS, limits.RESUME_MS // 1000, limits.KEPT_OF_ONE)
    for number in (limits.CLOCK_STEP, limits.HISTORY_EVENTS, limits.FETCH_EVENTS, *kept):
        assert f"{number:,}" in PAGE
    assert f"{limits.HISTORY_MS // 3_600_000} hours" in PAGE
