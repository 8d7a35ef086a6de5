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


def python(path: Path, version: tuple[int, int, int]) -> str:
    """One that is of this version as far as a line of code can see."""
    code = f'"import sys; sys.version_info = {version}; $2"'
    path.write_text(f"#!/bin/sh\nexec {sys.executable} -c {code}\n", "utf-8")
    path.chmod(0o755)
    return str(path)


@pytest.fixture
def old(tmp_path: Path) -> str:
    return python(tmp_path / "python3", (3, 10, 19))


def chosen(path: str, *wanted: str) -> tuple[int, str, str]:
    command = [str(shutil.which("bash")), str(ROOT / ".ci/python"), *wanted]
    done = subprocess.run(command, env={"PATH": path}, capture_output=True, text=True)
    return done.returncode, done.stdout, done.stderr


def test_where_no_python_is_new_enough_a_sentence_says_so(old: str) -> None:
    assert chosen(str(Path(old).parent)) == (1, "", NEEDED)
    assert chosen("", old) == (1, "", f"setup: {old} is no Python 3.11 or later\n")


def test_a_newer_python_beside_an_old_one_is_taken(old: str) -> None:
    python(Path(old).parent / "python3.11", (3, 11, 0))
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
