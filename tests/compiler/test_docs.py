"""The two pages about the compiler say what is there."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

import build.compiler.__main__
from build.compiler.built_ins import PAGE, page
from build.compiler.catalogue import CATALOGUE
from build.compiler.compile import JsModule, compile_program
from build.compiler.source import SourceModule

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


@pytest.mark.no_cover
def test_the_commands_of_the_page_run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """In one process: they ask for three things of one program, and compiling it takes five seconds."""
    compiled: dict[tuple[str, ...], dict[str, JsModule]] = {}

    def compiled_once(sources: dict[str, SourceModule]) -> dict[str, JsModule]:
        texts = tuple(source.text for source in sources.values())
        if texts not in compiled:
            compiled[texts] = compile_program(sources)
        return compiled[texts]

    monkeypatch.chdir(ROOT)
    monkeypatch.setattr(build.compiler.__main__, "compile_program", compiled_once)
    for command in COMMANDS:
        module, *arguments = shlex.split(command)
        assert module == "build.compiler"
        assert build.compiler.__main__.main(arguments) == 0, capsys.readouterr().err[:500]


def test_the_page_has_commands() -> None:
    assert len(COMMANDS) >= 3
