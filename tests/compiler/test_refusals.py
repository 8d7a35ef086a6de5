"""Each refusal has a sample folder: input.py and what the compiler says about it."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from build.compiler.catalogue import CATALOGUE
from build.compiler.parse import parse_all
from tests.compiler.samples import refusals

FOLDERS = sorted(path for path in Path(__file__).with_name("refusals").iterdir() if path.is_dir())
# What is said before there is a tree has its tests in test_sources.py, CW018 in test_parse.py; CW099 says that the
# compiler itself is not finished, and nothing known leads to it.
WITHOUT_SAMPLE = {"CW001", "CW002", "CW003", "CW004", "CW018", "CW099"}


@pytest.fixture(scope="session")
def trees() -> dict[str, ast.Module]:
    """What the parser of the build makes of each sample."""
    return parse_all({folder.name: (folder / "input.py").read_text("utf-8") for folder in FOLDERS})


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_refusal_says_where_and_what_to_write_instead(folder: Path, trees: dict[str, ast.Module]) -> None:
    said = refusals((folder / "input.py").read_text("utf-8"), trees[folder.name])
    assert said + "\n" == (folder / "expected.txt").read_text("utf-8")
    assert folder.name.split("-")[0] in said


def test_every_code_has_a_sample() -> None:
    codes = {code for code in CATALOGUE if code < "CW200"}
    assert {folder.name.split("-")[0] for folder in FOLDERS} == codes - WITHOUT_SAMPLE


def test_text_that_is_not_python_is_refused_with_its_place() -> None:
    assert refusals("x = = 1\n").startswith("widget/browser/sample.py:1:5: CW001 this is not Python")


def test_many_refusals_are_said_at_once_in_the_order_of_the_text() -> None:
    said = refusals("from __future__ import annotations\n\nx: int = a\ny: int = b\nassert x\n")
    assert [line.split(":")[1] for line in said.split("\n") if line.startswith("widget/")] == ["3", "4", "5"]
    assert said.endswith("3 refusals")
