"""What the mutation run changes and what it leaves, and when it fails."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from pathlib import Path

import libcst as cst
import pytest
from mutmut.configuration import reset_config
from mutmut.mutation import file_mutation

from tests.mutation import workspace
from tests.mutation.__main__ import main, verdict
from tests.mutation.functions import functions_of
from tests.mutation.killers import first
from tests.mutation.operators import OPERATORS
from tests.mutation.patches import replace
from tests.mutation.patience import fastest
from tests.mutation.report import Mutant, counts, score, survivors
from tests.mutation.workspace import ROOT, Part, configuration, parts, project

PART = Part("crypto", "widget/crypto", [], [], 1.0)


@pytest.fixture
def as_in_a_part(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    (tmp_path / "pyproject.toml").write_text(configuration(PART), "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setitem(vars(file_mutation), "mutation_operators", OPERATORS)
    reset_config()
    yield
    reset_config()


def changes(body: str) -> set[str]:
    """Each way in which the body of a function is changed."""
    module, found, _, _ = file_mutation.create_mutations("sample.py", f"def f(a, b):\n    {body}\n")
    changed = [module.deep_replace(one.original_node, one.mutated_node) for one in found]
    return {cst.ensure_type(one, cst.Module).code.split("\n", 1)[1].strip() for one in changed}


@pytest.mark.parametrize(("body", "change"), [
    ("a.erase()", "pass"),
    ("a.key = b", "pass"),
    ("a[b] += 1", "pass"),
    ("del a[b]", "pass"),
    ("raise a", "pass"),
    ("if a: return b", "if (a) and False: return b"),
    ("if a: return b", "if (a) or True: return b"),
    ("return a or b", "return (a)"),
    ("return a or b", "return (b)"),
    ("return [x for x in a if x]", "return [x for x in a if (x) or True]"),
    ("return a < b", "return a <= b"),
    ("return a == 7", "return a == 8"),
    ("return 'salt'", "return 'XXsaltXX'"),
    ("raise E(a, 'It is wrong.')", "raise E('It is wrong.')"),
])
@pytest.mark.usefixtures("as_in_a_part")
def test_a_rule_is_changed_or_taken_out(body: str, change: str) -> None:
    assert change in changes(body)


@pytest.mark.parametrize("body", [
    "return 'a sentence for people'",
    "return 'utf-8'",
    "return a.f('Not found.' f' {b} is')",
])
@pytest.mark.usefixtures("as_in_a_part")
def test_what_only_people_read_is_left(body: str) -> None:
    assert changes(body) == set()


def _found(**numbers: int) -> list[Mutant]:
    statuses = [word.replace("_", " ") for word, number in numbers.items() for _ in range(number)]
    return [Mutant(Path("a.py"), "a.x_f__mutmut_1", status) for status in statuses]


def test_what_nobody_tested_counts_as_survived_and_what_types_catch_does_not_count() -> None:
    found = _found(killed=6, timeout=2, survived=1, no_tests=1, caught_by_type_check=90)
    assert score(found) == 80.0
    assert [mutant.status for mutant in survivors(found)] == ["survived", "no tests"]
    assert counts(found).startswith("90 caught by type check, 6 killed")


def test_a_part_fails_below_its_floor_and_asks_for_a_higher_one_a_point_above() -> None:
    floor = float(project()["strixun"]["floors"]["mutation_crypto"])
    assert verdict(PART, floor - 0.1)[0] == 1
    assert verdict(PART, floor) == (0, f"widget/crypto: {floor:.1f} % of the changes noticed, floor {floor:.1f}")
    assert "raise mutation_crypto" in verdict(PART, floor + 1.1)[1]


@pytest.mark.no_cover
@pytest.mark.parametrize("part", parts().values(), ids=parts())
def test_a_part_names_what_is_there(part: Part) -> None:
    named = [part.folder, *part.tests, *(test.split("::")[0] for test in part.left_out)]
    assert [path for path in named if not (ROOT / path).exists()] == []
    assert f"mutation_{part.name}" in project()["strixun"]["floors"]
    written = configuration(part)
    assert all(f'"{file}"' in written for file in part.files)
    assert len(part.files) > 1


def test_a_newer_mutmut_that_cannot_be_patched_says_so() -> None:
    with pytest.raises(AssertionError, match="no longer"):
        replace(file_mutation, "no_such_name", None)


def test_a_mutant_meets_its_fastest_tests_as_long_as_patience_lasts() -> None:
    durations = {"slow": 4.0, "quick": 0.5, "quicker": 0.25, "rest": 3.25}
    assert fastest(["slow", "quick", "rest", "quicker"], durations, 4.0) == ["quicker", "quick", "rest"]
    assert fastest(["slow"], durations, 1.0) == ["slow"]


def test_tests_that_noticed_something_before_come_first(tmp_path: Path) -> None:
    killers = tmp_path / "f"
    assert first(killers, ["a", "b", "c"]) == ["a", "b", "c"]
    killers.write_text("c\nb\nc\ngone\n", "utf-8")
    assert first(killers, ["a", "b", "c"]) == ["c", "b", "a"]


def test_shares_of_a_part_change_every_function_once() -> None:
    core = parts()["core"]
    shares = [dataclasses.replace(core, share=(number, 3)) for number in (1, 2, 3)]
    assert [pattern for one in shares for pattern in one.patterns] == core.patterns
    assert {"widget/core/state.py", "widget/core/service_clock.py"} <= set(core.files)
    assert len({one.workspace for one in shares} | {core.workspace}) == 4
    lines = [sum(function.lines for function in one.functions) for one in shares]
    assert max(lines) < 1.3 * min(lines)


def test_a_pattern_fits_the_mutants_of_one_function(tmp_path: Path) -> None:
    (tmp_path / "auth").mkdir()
    source = "def f() -> None: ...\nclass A:\n    x = 1\n    async def f(self) -> int:\n        return 1\n"
    (tmp_path / "auth" / "one.py").write_text(source, "utf-8")
    found = list(functions_of(tmp_path, "auth/one.py"))
    assert [function.pattern for function in found] == ["auth.one.x_f__mutmut_*", "auth.one.x\u01c1A\u01c1f__mutmut_*"]
    assert [function.lines for function in found] == [1, 2]


@pytest.mark.parametrize("more", ["--again", "widget.crypto.nothing*"])
def test_what_was_never_run_cannot_be_tried_again(
    more: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "pyproject.toml").write_text((ROOT / "pyproject.toml").read_text("utf-8"), "utf-8")
    monkeypatch.setattr(workspace, "ROOT", tmp_path)
    monkeypatch.setattr("sys.argv", ["mutation", "crypto", more])
    with pytest.raises(SystemExit, match="2"):
        main()
    assert "crypto was not run here yet: run it without patterns first" in capsys.readouterr().err


def test_every_marker_of_ours_is_declared(tmp_path: Path) -> None:
    """A mutation run loads no plugin that would know it, as coverage's knows `no_cover`."""
    known = {"parametrize", "usefixtures", "asyncio", "filterwarnings"}
    texts = [path.read_text("utf-8") for path in (ROOT / "tests").rglob("test_*.py")]
    used = {name for text in texts for name in re.findall(r"pytest\.mark\.(\w+)", text)} - known
    declared = {marker.split(":")[0] for marker in project()["pytest"]["ini_options"]["markers"]}
    assert used == declared
    assert '"no_cover' in configuration(PART)
