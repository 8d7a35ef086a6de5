"""Who has only an old Python is told so in one sentence."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NEEDED = "setup: Python 3.11 or later is needed. Install it, or name it: make PYTHON=/path/to/python3\n"


@pytest.fixture
def old(tmp_path: Path) -> str:
    """What says that it is older, whatever it is asked."""
    program = tmp_path / "python3"
    program.write_text("#!/bin/sh\nexit 1\n", "utf-8")
    program.chmod(0o755)
    return str(program)


def chosen(path: str, *wanted: str) -> tuple[int, str, str]:
    command = [str(shutil.which("bash")), str(ROOT / ".ci/python"), *wanted]
    done = subprocess.run(command, env={"PATH": path}, capture_output=True, text=True)
    return done.returncode, done.stdout, done.stderr


def test_where_no_python_is_new_enough_a_sentence_says_so(old: str) -> None:
    assert chosen(str(Path(old).parent)) == (1, "", NEEDED)
    assert chosen("", old) == (1, "", f"setup: {old} is no Python 3.11 or later\n")


def test_a_newer_python_beside_an_old_one_is_taken(old: str) -> None:
    (Path(old).parent / "python3.11").symlink_to(sys.executable)
    assert chosen(str(Path(old).parent)) == (0, "python3.11\n", "")
    assert chosen("", sys.executable) == (0, f"{sys.executable}\n", "")


@pytest.mark.parametrize("words", [["nightly", "PART=list"], ["parts"], [".work/steps/demo", "--always-make"]])
def test_the_verbs_say_it_too(words: list[str], old: str) -> None:
    command = ["make", *words, f"PYTHON={old}"]
    done = subprocess.run(command, cwd=ROOT, env=os.environ, capture_output=True, text=True, timeout=60)
    assert done.returncode == 2
    told = (done.stdout + done.stderr).splitlines()
    assert f"setup: {old} is no Python 3.11 or later" in told
    assert not any("Traceback" in line for line in told)
