"""Each warning has a sample folder: input.py and what the compiler says about it."""

from __future__ import annotations

from pathlib import Path

import pytest

from build.compiler.catalogue import CATALOGUE
from tests.compiler.samples import compile_texts, warnings

FOLDERS = sorted(path for path in Path(__file__).with_name("warnings").iterdir() if path.is_dir())


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_warning_says_where_and_what_to_do(folder: Path) -> None:
    said = warnings((folder / "input.py").read_text("utf-8"))
    assert said + "\n" == (folder / "expected.txt").read_text("utf-8")
    assert f"warning {folder.name.split('-')[0]} " in said


def test_every_code_has_a_sample() -> None:
    assert {folder.name.split("-")[0] for folder in FOLDERS} == {code for code in CATALOGUE if code > "CW200"}


def test_a_warning_stops_nothing() -> None:
    text = (FOLDERS[0] / "input.py").read_text("utf-8")
    assert "function first" in compile_texts({"widget.browser.sample": text})["widget.browser.sample"].code


def test_what_javascript_may_ask_for_is_not_warned_of() -> None:
    text = (Path(__file__).with_name("warnings") / "CW203-attribute" / "input.py").read_text("utf-8")
    shown = text.replace("import annotations", "import annotations\n\nfrom widget.browser import js", 1)
    shown += "\n\ndef show() -> None:\n    js.window.point = Point(1, 2)\n"
    assert "`depth` of Point" in warnings(text)
    assert "`depth` of Point" not in warnings(shown)


def test_a_pattern_reads_attributes() -> None:
    text = (Path(__file__).with_name("warnings") / "CW203-attribute" / "input.py").read_text("utf-8")
    for pattern in ("Point(_, 2)", "Point(depth=2)"):
        deep = f"    match point:\n        case {pattern}:\n            print(1)\n"
        assert "`depth` of Point" not in warnings(f"{text}\n\ndef deep(point: Point) -> None:\n{deep}")
