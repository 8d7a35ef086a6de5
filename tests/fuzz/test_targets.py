"""By day: what is fuzzed at night holds for its first inputs, and a fault would show."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.fuzz import __main__ as fuzz
from tests.fuzz.targets import TARGETS, _bytes, _packet, seeds_of
from tests.vectors.lines import OWN
from widget.errors import CwError

# Lines that quicker tests run, many times: not traced (docs/TESTING.md, Coverage).
pytestmark = pytest.mark.no_cover
CHECKED = {"admission", "ended", "event", "frame", "group", "handshake", "identity", "keys", "log", "look", "room"}
SEALED = {"sdp_seal", "sealed_call", "sealed_reply", "world"}


@pytest.mark.parametrize("name", TARGETS)
def test_a_target_holds_for_its_first_inputs(name: str) -> None:
    seeds = seeds_of(TARGETS[name])
    assert len(seeds) > 10
    for data in seeds:
        TARGETS[name].judge(data)
        TARGETS[name].judge(data[: len(data) // 2])


def test_every_object_that_has_a_reader_is_a_target() -> None:
    read = {name for target in TARGETS.values() for name in target.seeds}
    assert read | CHECKED | SEALED == {path.stem for path in OWN.glob("*.json")}


def test_a_parser_that_stumbles_is_found(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Without the fuzzer: a process that ends as libFuzzer does."""
    monkeypatch.setattr(fuzz, "FOLDER", tmp_path)
    words = (
        "import sys; print('KeyError', file=sys.stderr); print('stat::number_of_executed_units: 7', file=sys.stderr)"
    )
    for code, faults in ((0, 0), (77, 1)):
        monkeypatch.setattr(sys, "executable", _script(tmp_path, f"{words}; sys.exit({code})"))
        found = fuzz.fuzzed("bind", 1)
        assert (found.runs, "KeyError" in found.fault) == (7, code == 77)
        assert fuzz.verdict([found]) == faults


def _script(folder: Path, text: str) -> str:
    path = folder / "python"
    path.write_text(f'#!/bin/sh\nexec python3 -c "{text}"\n', "utf-8")
    path.chmod(0o755)
    return str(path)


def test_what_is_written_otherwise_is_a_fault() -> None:
    with pytest.raises(AssertionError, match="it is written as 00"):
        _bytes(lambda data: ({}, b"\x00"))(b"\x01")


def test_an_error_of_no_number_is_a_fault() -> None:
    with pytest.raises(CwError):
        _packet("nothing")(b"")


@pytest.mark.parametrize("arguments", [["nothing"], ["--share", "0/1"], ["--seconds", "x"]])
def test_what_is_no_target_is_refused(arguments: list[str]) -> None:
    with pytest.raises(SystemExit):
        fuzz.main(arguments)
