"""What the dev page has in the place of Brython's own modules does what they do on CPython."""

from __future__ import annotations

import sys
import types

import pytest

from build.vfs import LIBRARY
from tests.parity.brython import beside_scenarios, run_under_brython
from tests.parity.deviations import read_deviations, with_deviations
from tests.parity.scenario import Scenario, cpython_transcript, scenarios

pytestmark = pytest.mark.no_cover

USING = [scenario for scenario in scenarios() if "dataclass" in scenario.text]
REFUSED = """
from __future__ import annotations
from dataclasses import dataclass, field, replace

@dataclass(frozen=True)
class Point:
    x: int
    y: int = field(default=0, init=False)

@dataclass
class Bag:
    items: list = field(default_factory=list)

def attempt(name, work):
    try:
        work()
    except Exception as error:
        print(name, type(error).__name__)

point = Point(1)
attempt("missing", lambda: Point())
attempt("too many", lambda: Point(1, 2))
attempt("unknown", lambda: Point(x=1, z=2))
attempt("twice", lambda: Point(1, x=2))
attempt("not for the constructor", lambda: Point(1, y=2))
attempt("unknown in replace", lambda: replace(point, z=2))
attempt("set", lambda: setattr(point, "x", 2))
attempt("new attribute", lambda: setattr(point, "z", 2))
attempt("deleted", lambda: delattr(point, "x"))
attempt("hash of what may change", lambda: hash(Bag()))
print(point.x, hash(point) == hash(Point(1)), Bag() == Bag(), Bag() == point, Point.y, hasattr(Bag, "items"))
"""


@pytest.fixture(scope="module")
def printed() -> dict[str, str]:
    library = {name: path.read_text("utf-8") for name, path in LIBRARY.items()}
    sources = {scenario.module: scenario.text for scenario in USING} | {"refused": REFUSED}
    return run_under_brython(sources, beside_scenarios() | library)


@pytest.mark.parametrize("scenario", USING, ids=str)
def test_a_scenario_with_dataclasses_prints_what_it_prints_on_cpython(
    scenario: Scenario, printed: dict[str, str]
) -> None:
    expected = with_deviations(str(scenario), cpython_transcript(scenario), read_deviations())
    assert printed[scenario.module].removesuffix("\n").split("\n") == expected


def test_what_cpython_refuses_is_refused(
    printed: dict[str, str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    module = types.ModuleType("refused")
    monkeypatch.setitem(sys.modules, "refused", module)
    exec(compile(REFUSED, "refused.py", "exec", dont_inherit=True), module.__dict__)
    said = capsys.readouterr().out
    assert said.count("\n") == 11
    assert printed["refused"] == said
