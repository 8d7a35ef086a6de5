"""The same Python prints the same under stock Brython as on CPython."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.fakes.once import once
from tests.parity.brython import run_under_brython, scenario_transcripts
from tests.parity.deviations import Deviation, missing, read_deviations, stale, with_deviations
from tests.parity.scenario import Scenario, cpython_transcript, scenarios

pytestmark = pytest.mark.no_cover

ROOT = Path(__file__).resolve().parents[2]
PLATFORMS = ("browser", "native")
MODULES = [
    ".".join(path.relative_to(ROOT).with_suffix("").parts)
    for path in sorted(ROOT.glob("widget/**/*.py"))
    if path.name != "__init__.py" and path.relative_to(ROOT).parts[1] not in PLATFORMS
]


@pytest.fixture(scope="module")
def brython(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """One Node process runs all scenarios and imports all modules."""
    probes = {probe(name): f"import {name}\nprint('imported')\n" for name in MODULES}
    return once(tmp_path_factory, "brython", lambda: scenario_transcripts(probes))


def probe(module: str) -> str:
    return "probe_" + re.sub(r"\W", "_", module)


@pytest.mark.parametrize("scenario", scenarios(), ids=str)
def test_a_scenario_prints_what_it_prints_on_cpython(scenario: Scenario, brython: dict[str, list[str]]) -> None:
    expected = with_deviations(str(scenario), cpython_transcript(scenario), read_deviations())
    assert brython[scenario.module] == expected


@pytest.mark.parametrize("module", MODULES)
def test_a_module_of_the_widget_imports(module: str, brython: dict[str, list[str]]) -> None:
    assert brython[probe(module)] == ["imported"]


def test_every_listed_deviation_is_still_one() -> None:
    deviations = read_deviations()
    named = {found.scenario for found in deviations}
    transcripts = {str(scenario): cpython_transcript(scenario) for scenario in scenarios() if str(scenario) in named}
    assert stale(transcripts, deviations) == []
    assert [found for found in deviations if len(found.reason) < 10] == []


def test_a_scenario_is_run_by_the_rules() -> None:
    samples = {
        "plain": ("print('\U0001f600', 1.0, end='')\n", "\U0001f600 1.0"),
        "function": ("def main() -> None:\n    print('main')\n", "main\n"),
        "later": (
            "async def f() -> int:\n    return 1\n\nasync def main() -> None:\n    print(await f())\n",
            "1\n",
        ),
        "uncaught": ("print('before')\nraise KeyError('k')\n", "before\nuncaught KeyError 'k'\n"),
        "uncaught_later": ("async def main() -> None:\n    raise ValueError('late')\n", "uncaught ValueError late\n"),
        "a.dotted.name": ("from a.other import x\nprint(x)\n", "5\n"),
        "widget_too": ("from widget.wire.codec import Writer\nprint(Writer().u8(3).done().hex())\n", "03\n"),
        "silent": ("x = 1\n", ""),
    }
    found = run_under_brython({name: source for name, (source, _) in samples.items()}, {"a.other": "x = 5\n"})
    assert found == {name: printed for name, (_, printed) in samples.items()}


def test_a_scenario_that_waits_for_ever_is_named_and_ends_the_batch() -> None:
    stuck = "from browser import aio\nasync def main():\n    print('lost')\n    await aio.Future()\n"
    found = run_under_brython({"before": "print(1)\n", "stuck": stuck})
    assert found == {"before": "1\n", "stuck": "did not finish\n"}


def test_a_deviation_replaces_its_line_and_no_other() -> None:
    found = Deviation("a", 2, "two", "three", "Brython counts from one")
    assert with_deviations("a", ["one", "two", "four"], [found]) == ["one", "three", "four"]
    assert with_deviations("b", ["one", "two"], [found]) == ["one", "two"]
    assert stale({"a": ["one", "two"]}, [found]) == []
    assert stale({"a": ["one", "three"]}, [found]) == [found]
    assert stale({"a": ["two"]}, [found]) == [found]


def test_a_deviation_can_end_a_transcript() -> None:
    (found,) = missing("a", ["one", "two", "three"], ["one", "uncaught"])
    assert found == Deviation("a", 2, "two", "uncaught", "", ends=True)
    assert with_deviations("a", ["one", "two", "three"], [found]) == ["one", "uncaught"]
    assert missing("a", ["one"], ["one"]) == []
