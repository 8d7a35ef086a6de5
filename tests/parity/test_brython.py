"""The same Python prints the same under stock Brython as on CPython."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.parity.brython import run_under_brython
from tests.parity.cpython import run_under_cpython
from tests.parity.deviations import Deviation, read_deviations, stale, with_deviations

ROOT = Path(__file__).resolve().parents[2]
FOLDER = Path(__file__).with_name("scenarios")
SCENARIOS = {path.relative_to(FOLDER).with_suffix("").as_posix(): path for path in sorted(FOLDER.rglob("*.py"))}
PLATFORMS = ("browser", "native")
MODULES = [
    ".".join(path.relative_to(ROOT).with_suffix("").parts)
    for path in sorted(ROOT.glob("widget/**/*.py"))
    if path.name != "__init__.py" and path.relative_to(ROOT).parts[1] not in PLATFORMS
]


@pytest.fixture(scope="module")
def sources() -> dict[str, str]:
    return {name: path.read_text("utf-8") for name, path in SCENARIOS.items()}


@pytest.fixture(scope="module")
def brython(sources: dict[str, str]) -> dict[str, str]:
    """One Node process runs all scenarios and imports all modules."""
    imports = {f"import {name}": f"import {name}\nprint('imported')\n" for name in MODULES}
    return run_under_brython({**sources, **imports})


@pytest.mark.parametrize("name", SCENARIOS)
def test_a_scenario_prints_what_it_prints_on_cpython(
    name: str, sources: dict[str, str], brython: dict[str, str]
) -> None:
    expected = with_deviations(name, run_under_cpython(name, sources[name]), read_deviations())
    assert brython[name].split("\n") == expected.split("\n")


@pytest.mark.parametrize("module", MODULES)
def test_a_module_of_the_widget_imports(module: str, brython: dict[str, str]) -> None:
    assert brython[f"import {module}"] == "imported\n"


def test_every_listed_deviation_is_still_one(sources: dict[str, str]) -> None:
    deviations = read_deviations()
    names = {found.scenario for found in deviations}
    assert names <= set(sources)
    transcripts = {name: run_under_cpython(name, sources[name]) for name in names}
    assert stale(transcripts, deviations) == []
    assert [found for found in deviations if len(found.reason) < 10] == []


def test_both_columns_follow_the_same_rules() -> None:
    samples = {
        "plain": "print('😀', 1.0, end='')\n",
        "function": "def main() -> None:\n    print('main')\n",
        "async": "async def f() -> int:\n    return 1\nasync def main() -> None:\n    print(await f())\n",
        "uncaught": "print('before')\nraise KeyError('k')\n",
        "uncaught later": "async def main() -> None:\n    raise ValueError('late')\n",
        "widget": "from widget.wire.codec import Writer\nprint(Writer().u8(3).done().hex())\n",
        "dataclass": (
            "from __future__ import annotations\nfrom dataclasses import dataclass\n"
            "@dataclass(frozen=True)\nclass A:\n    x: int\n    y: list[int]\nprint(A(1, [2]), A(1, []) == A(1, []))\n"
        ),
    }
    theirs = run_under_brython(samples)
    assert theirs == {name: run_under_cpython(name, source) for name, source in samples.items()}
    assert theirs["uncaught"] == "before\nuncaught KeyError 'k'\n"


def test_a_scenario_that_waits_for_ever_is_named_and_ends_the_batch() -> None:
    stuck = "from browser import aio\nasync def main():\n    print('lost')\n    await aio.Future()\n"
    found = run_under_brython({"before": "print(1)\n", "stuck": stuck})
    assert found == {"before": "1\n", "stuck": "did not finish\n"}


def test_silence_is_an_empty_transcript() -> None:
    assert run_under_brython({"silent": "x = 1\n"}) == {"silent": ""}


def test_a_deviation_replaces_its_line_and_no_other() -> None:
    found = Deviation("a", 2, "three", "Brython counts from one")
    assert with_deviations("a", "one\ntwo\n", [found]) == "one\nthree\n"
    assert with_deviations("b", "one\ntwo\n", [found]) == "one\ntwo\n"
    assert stale({"a": "one\ntwo\n"}, [found]) == []
    assert stale({"a": "one\nthree\n"}, [found]) == [found]
    assert stale({"a": "one"}, [found]) == [found]
