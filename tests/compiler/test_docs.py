"""The two pages about the compiler say what is there."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from build.compiler.built_ins import PAGE, page
from build.compiler.catalogue import CATALOGUE

ROOT = Path(__file__).resolve().parents[2]
SUBSET = (ROOT / "docs" / "PYTHON_SUBSET.md").read_text("utf-8")
COMPILER = (ROOT / "docs" / "COMPILER.md").read_text("utf-8")
COMMANDS = re.findall(r"^\.venv/bin/python -m (build\.compiler[^#\n]*)", COMPILER, re.M)


def test_the_page_of_the_subset_lists_every_refusal() -> None:
    rows = re.findall(r"^\| (CW\d{3}) \| (.+?) \| (.*?) ?\|$", SUBSET, re.M)
    expected = [(c, m.replace("|", "or"), a.replace("|", "or")) for c, (m, a) in CATALOGUE.items()]
    assert rows == expected


def test_the_page_of_what_is_built_in_is_that_of_the_tables() -> None:
    assert PAGE.read_text("utf-8") == page(), "run `python -m build.compiler.built_ins`"
    assert "\nrsplit(sep: str | None = ..., maxsplit: int = ...) -> list[str]\n" in page()
    assert "\nsort(*, key: Callable[[T], Key] | None = ..., reverse: bool = ...) -> None\n" in page()
    assert "\nround(number, ndigits=...)\n" in page()


def test_the_phases_are_those_of_the_program() -> None:
    named = re.findall(r"^\| ([a-z]+) \| .* \| .* \|$", COMPILER.split("## Commands")[0], re.M)
    first_line = (ROOT / "build" / "compiler" / "compile.py").read_text("utf-8").split("\n")[0]
    phases = "parse load check scope infer warn lower print shorten link minify arrange spell"
    assert " ".join(name for name in named if name != "phase") == phases
    assert all(name in first_line for name in ("check", "infer", "lower", "print"))
    for name in re.findall(r"`([a-z_]+\.py|[a-z]+/)`", COMPILER.split("## Phases")[1].split("## Commands")[0]):
        assert (ROOT / "build" / "compiler" / name).exists(), name


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_of_the_page_runs(command: str) -> None:
    done = subprocess.run([sys.executable, "-m", *shlex.split(command)], cwd=ROOT, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()[:500]


def test_the_page_has_commands() -> None:
    assert len(COMMANDS) >= 3
