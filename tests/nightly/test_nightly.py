"""The night's parts hold every long form, keep what they found, and are named right."""

from __future__ import annotations

import argparse
import json
import os
import re
import signal
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from unittest.mock import Mock

import pytest

from tests.nightly import __main__ as nightly
from tests.nightly import shares
from tests.nightly.outcomes import Outcome, keep, read
from tests.nightly.parts import PARTS, Part
from tests.nightly.shares import share, shared

ROOT = Path(__file__).parents[2]
LONG = re.compile(r"^from tests\.fakes\.effort import|^from hypothesis import .*\bgiven\b", re.M)
ROW_CELLS = ("2026-01-02", "abc1234", "3.1", "passed: 5 passed | 1 warning", "2 cores")
ROW = Outcome("bytes", *ROW_CELLS)


def _paths(part: Part) -> list[Path]:
    return [ROOT / argument for argument in part.arguments if argument.startswith("tests/")]


def test_every_test_with_a_long_form_is_in_a_part() -> None:
    long = [path for path in (ROOT / "tests").rglob("test_*.py") if LONG.search(path.read_text("utf-8"))]
    covered = [path for part in PARTS for path in _paths(part)]
    assert len(long) > 5
    assert [path for path in long if not any(path.is_relative_to(known) for known in covered)] == []


def test_what_the_parts_name_is_there() -> None:
    assert [path for part in PARTS for path in _paths(part) if not path.exists()] == []
    names = [part.name for part in PARTS]
    assert len(set(names)) == len(names)


def test_the_list_is_what_a_workflow_can_read(capsys: pytest.CaptureFixture[str]) -> None:
    assert nightly.main(["list", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == [part.name for part in PARTS]


def test_an_unknown_part_is_refused_with_the_names_of_the_parts(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        nightly.main(["program"])
    assert "no such part: program. Parts are: programs" in capsys.readouterr().err


def test_who_ends_the_night_ends_its_part_and_sees_no_traceback(tmp_path: Path) -> None:
    pid = tmp_path / "pid"
    write = f"open({str(pid)!r}, 'w').write(str(os.getpid()))"
    part = f"import os, time; {write}; print('begun', flush=True); time.sleep(60)"
    night = (
        "from tests.nightly import __main__ as nightly; from tests.nightly.parts import Part; "
        f"nightly.PARTS = [Part('sample', 'a sample', ('-c', {part!r}))]; nightly.NAMES = ('sample',); "
        "raise SystemExit(nightly.main([]))"
    )
    command = ["env", "--default-signal=INT", sys.executable, "-uc", night]
    with subprocess.Popen(
        command, cwd=ROOT, start_new_session=True, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as run:
        assert run.stdout is not None
        while run.stdout.readline() != "begun\n":
            pass
        os.killpg(run.pid, signal.SIGINT)
        _, said = run.communicate()
    with pytest.raises(ProcessLookupError):
        os.kill(int(pid.read_text("utf-8")), 0)
    assert (run.returncode, "nightly" in said) == (130, False)


def test_parts_can_be_checked_without_running_them() -> None:
    assert nightly.main(["--check", "crypto"]) == 0
    with pytest.raises(SystemExit, match="2"):
        nightly.main(["--check", "nonsense"])


def test_the_minutes_of_all_parts_are_added(tmp_path: Path) -> None:
    file, order = tmp_path / "RESULTS.md", ["crypto", "bytes"]
    for part, minutes in (("crypto", "1.4"), ("bytes", "3.2")):
        keep(Outcome(part, "2026-01-03", "abc1235", minutes, "passed", "2 cores"), order, file)
    assert file.read_text("utf-8").endswith("\nTogether 5 minutes.\n")


def test_a_row_is_kept_until_its_part_runs_again(tmp_path: Path) -> None:
    file, order = tmp_path / "RESULTS.md", ["crypto", "bytes", "crypto"]
    keep(ROW, order, file)
    keep(Outcome("crypto", "2026-01-03", "abc1235", "1.0", "FAILED: 1 failed", "2 cores"), order, file)
    newer = Outcome("bytes", "2026-01-04", "abc1236", "3.0", "passed: 6 passed", "2 cores")
    keep(newer, order, file)
    rows = read(file.read_text("utf-8"))
    assert list(rows) == ["crypto", "bytes"]
    assert rows["bytes"] == newer


def test_a_row_stays_one_row_whatever_the_part_printed(tmp_path: Path) -> None:
    keep(ROW, ["bytes"], tmp_path / "RESULTS.md")
    assert read((tmp_path / "RESULTS.md").read_text("utf-8"))["bytes"].words == "passed: 5 passed/1 warning"


def test_the_row_of_a_part_that_is_no_more_is_dropped(tmp_path: Path) -> None:
    keep(ROW, ["bytes"], tmp_path / "RESULTS.md")
    keep(Outcome("crypto", *ROW_CELLS), ["crypto"], tmp_path / "RESULTS.md")
    assert list(read((tmp_path / "RESULTS.md").read_text("utf-8"))) == ["crypto"]


@pytest.mark.parametrize(
    ("script", "passed", "words"),
    [
        ("print('a'); print('2 passed')", True, "passed: 2 passed"),
        ("print('1 failed'); exit(1)", False, "FAILED: 1 failed"),
    ],
)
def test_a_part_is_judged_by_its_exit_code(
    script: str, passed: bool, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept: list[Outcome] = []
    monkeypatch.setattr(nightly, "keep", lambda outcome, order: kept.append(outcome))
    assert nightly.run(Part("sample", "a sample", ("-c", script))) == passed
    assert kept[0].words.startswith(words)


def test_all_parts_run_though_one_fails(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(nightly, "keep", lambda outcome, order: None)
    parts = [Part("bad", "fails", ("-c", "exit(3)")), Part("good", "passes", ("-c", "print('fine')"))]
    assert nightly.run_all(parts) == 1
    assert capsys.readouterr().out.endswith("nightly: 1 passed, 1 failed bad\n")


@pytest.mark.parametrize("part", ["--json", "--check", "'", "crypto nonsense", "list crypto"])
def test_what_is_no_part_is_refused_before_anything_is_installed(part: str) -> None:
    command = ["make", "parts", f"PART={part}", f"PYTHON={sys.executable}"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.returncode == 2
    assert "no such part: " in done.stderr


@pytest.mark.parametrize("part", ["", " ", "\t "])
@pytest.mark.parametrize("given", ["argument", "environment"])
def test_spaces_are_not_every_part(part: str, given: str) -> None:
    command = ["make", "nightly", "--dry-run", *([f"PART={part}"] if given == "argument" else [])]
    environment = os.environ | ({"PART": part} if given == "environment" else {})
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60)
    assert done.returncode == 2
    assert "PART names no part: leave it out for all of them" in done.stderr


@pytest.mark.parametrize("part", ["", "crypto", "crypto text"])
def test_parts_are_named_in_one_word_or_several(part: str) -> None:
    assert nightly.main(["--check", "--", part]) == 0


def test_shares_make_the_whole() -> None:
    weights = [1, 9, 2, 3, 3, 3, 1, 8]
    parts = [shared(range(8), share(text), weights.__getitem__) for text in ("1/3", "2/3", "3/3")]
    assert parts == [[0, 1], [2, 3, 4, 5], [6, 7]]


def test_each_night_has_another_share(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = set()
    for day in (7, 8, 9):
        monkeypatch.setattr(shares, "datetime", Mock(now=lambda _, day=day: datetime(2026, 1, day, tzinfo=UTC)))
        seen.add(share("tonight/3"))
    assert seen == {(1, 3), (2, 3), (3, 3)}


@pytest.mark.parametrize("text", ["0/3", "4/3", "1", "1/0", "a/b", "-1/3", "", "tonight/0", "tonight", "today/3"])
def test_what_is_no_share_is_refused(text: str) -> None:
    with pytest.raises(argparse.ArgumentTypeError, match="is not a share like 1/4"):
        share(text)


def test_the_parts_that_the_pages_name_exist() -> None:
    text = (ROOT / "docs" / "TESTING.md").read_text("utf-8")
    named = set(re.findall(r"PART=([a-z0-9-]+)", text)) | set(re.findall(r"`((?:machines|hosting)-[a-z0-9-]+)`", text))
    assert len(named) > 4
    assert named <= {"list", *nightly.NAMES}
