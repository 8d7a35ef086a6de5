"""Floors only rise: no number in pyproject.toml that a measurement is held to is lower than it ever was.

And what is measured only grows: nothing is left out of it that was in it before.
"""

from __future__ import annotations

import copy
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent
FILE = "pyproject.toml"


def _tools(text: str) -> dict[str, Any]:
    tools: dict[str, Any] = tomllib.loads(text).get("tool", {})
    return tools


def _floors(tools: dict[str, Any]) -> dict[str, float]:
    floors: dict[str, float] = dict(tools.get("strixun", {}).get("floors", {}))
    others = {
        "coverage_percent": tools.get("coverage", {}).get("report", {}).get("fail_under"),
        "strangers_statements": tools.get("strixun", {}).get("strangers", {}).get("statements"),
    }
    return floors | {name: floor for name, floor in others.items() if floor is not None}


def _is_about(tools: dict[str, Any], name: str) -> str:
    """The folder that a floor is about, "" for the whole tree."""
    folders: dict[str, dict[str, Any]] = tools.get("strixun", {}).get("mutation", {})
    return str(folders.get(name.removeprefix("mutation_"), {}).get("folder", ""))


def _lowered(now: dict[str, Any], before: dict[str, Any], root: Path) -> list[str]:
    """A floor may go when the folder that it was about has gone."""
    floors = _floors(now)
    wrong: list[str] = []
    for name, floor in _floors(before).items():
        if name not in floors and (root / _is_about(before, name)).exists():
            wrong.append(f"{name} was {floor} and is gone")
        elif floors.get(name, floor) < floor:
            wrong.append(f"{name} was {floor} and is {floors[name]}")
    return wrong


def _narrowed(now: dict[str, Any], before: dict[str, Any], root: Path) -> list[str]:
    """What was measured before and is not now, though it is still there."""
    left_out, measured = _left_out(now), _measured(now)
    wrong: list[str] = []
    for name, parts in _left_out(before).items():
        wrong += [f"{name}: {part} is left out" for part in sorted(left_out.get(name, set()) - parts)]
    for name, places in _measured(before).items():
        gone = sorted(places - measured.get(name, set()))
        wrong += [f"{name}: {place} is not measured" for place in gone if (root / place).exists()]
    return wrong


def _left_out(tools: dict[str, Any]) -> dict[str, set[str]]:
    """By what measures."""
    coverage = tools.get("coverage", {})
    run, report = coverage.get("run", {}), coverage.get("report", {})
    found = {"coverage": {*run.get("omit", []), *report.get("omit", []), *report.get("exclude_also", [])}}
    return {**(found if len(coverage) > 0 else {}), **{
        name: set(part.get("left_out", [])) for name, part in tools.get("strixun", {}).get("mutation", {}).items()
    }}


def _measured(tools: dict[str, Any]) -> dict[str, set[str]]:
    return {"coverage": set(tools.get("coverage", {}).get("run", {}).get("source", []))} | {
        name: {part["folder"], *part.get("tests", [])}
        for name, part in tools.get("strixun", {}).get("mutation", {}).items()
    }


def _git(*arguments: str) -> str:
    return subprocess.run(["git", "-C", str(ROOT), *arguments], check=True, capture_output=True, text=True).stdout


def _committed() -> list[str]:
    """Every version that this clone has, newest first."""
    commits = _git("log", "--format=%H", "--", FILE).split()
    return [_git("show", f"{commit}:{FILE}") for commit in commits]


def test_no_floor_is_lower_than_it_ever_was() -> None:
    now = _tools((ROOT / FILE).read_text("utf-8"))
    versions = _committed()
    assert len(versions) > 0
    assert [words for text in versions for words in _lowered(now, _tools(text), ROOT)] == []


def test_nothing_is_left_out_that_was_measured_before() -> None:
    now = _tools((ROOT / FILE).read_text("utf-8"))
    assert [words for text in _committed() for words in _narrowed(now, _tools(text), ROOT)] == []


FLOORS = {"strixun": {"floors": {"mutation_a": 90.0}, "mutation": {"a": {"folder": "a"}}}}


def _with(floor: float) -> dict[str, Any]:
    return {"strixun": {"floors": {"mutation_a": floor}}}


@pytest.mark.parametrize(("floor", "wrong"), [
    (89.9, ["mutation_a was 90.0 and is 89.9"]),
    (90.0, []),
    (90.1, []),
])
def test_a_floor_may_stay_and_rise(floor: float, wrong: list[str], tmp_path: Path) -> None:
    assert _lowered(_with(floor), FLOORS, tmp_path) == wrong


def test_a_floor_goes_only_with_its_folder(tmp_path: Path) -> None:
    assert _lowered({}, FLOORS, tmp_path) == []
    (tmp_path / "a").mkdir()
    assert _lowered({}, FLOORS, tmp_path) == ["mutation_a was 90.0 and is gone"]


def test_the_floor_of_the_coverage_is_one_of_them(tmp_path: Path) -> None:
    before = {"coverage": {"report": {"fail_under": 80}}}
    assert _lowered({"coverage": {"report": {"fail_under": 79}}}, before, tmp_path) != []
    assert _lowered({}, before, tmp_path) == ["coverage_percent was 80 and is gone"]


MEASURED: dict[str, Any] = {
    "coverage": {"run": {"source": ["a", "b"], "omit": ["a/old/*"]}, "report": {"exclude_also": ["pass"]}},
    "strixun": {"mutation": {"m": {"folder": "a", "tests": ["t"], "left_out": ["t/long"]}}},
}


@pytest.mark.parametrize(("table", "key", "value", "wrong"), [
    ("run", "source", ["a"], ["coverage: b is not measured"]),
    ("run", "omit", ["a/old/*", "b/*"], ["coverage: b/* is left out"]),
    ("run", "omit", [], []),
    ("report", "omit", ["b/*"], ["coverage: b/* is left out"]),
    ("report", "exclude_also", ["pass", "raise"], ["coverage: raise is left out"]),
    ("m", "folder", "b", ["m: a is not measured"]),
    ("m", "tests", [], ["m: t is not measured"]),
    ("m", "tests", ["t", "more"], []),
    ("m", "left_out", ["t/long", "t/more"], ["m: t/more is left out"]),
])
def test_what_is_measured_only_grows(table: str, key: str, value: object, wrong: list[str], tmp_path: Path) -> None:
    for folder in "abt":
        (tmp_path / folder).mkdir()
    now = copy.deepcopy(MEASURED)
    tables = {**now["coverage"], **now["strixun"]["mutation"]}
    tables[table][key] = value
    assert _narrowed(now, MEASURED, tmp_path) == wrong
