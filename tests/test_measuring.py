"""How coverage is measured: nothing but pyproject.toml says it, and not more loosely than here."""

from __future__ import annotations

import copy
import math
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]
MAKEFILE = (ROOT / "Makefile").read_text("utf-8")

# Another key may leave something out (exclude_lines, include, partial_branches, patch): look what it does before it
# comes in here. What the lists hold is compared with every committed version by tests/test_floors.py.
KNOWN = {"run": {"branch", "source", "omit", "data_file"}, "report": {"precision", "fail_under", "exclude_also"}}
OWN_FILES = (".coveragerc", ".coveragerc.toml")  # coverage reads these instead of pyproject.toml
OTHER_FILES = {"setup.cfg": "[coverage:", "tox.ini": "[coverage:"}  # and these, where they speak of it
PYTEST_FILES = ("pytest.ini", ".pytest.ini", "pytest.toml", ".pytest.toml")  # pytest reads these instead
FROM_OUTSIDE = ("COVERAGE_RCFILE", "PYTEST_ADDOPTS", "CHAT_SHARE")  # of a share of the tests no floor is asked

UNCOUNTED = re.compile(r"#.*(pragma:\s*no\s*(cover|branch)|\.\.\.$)", re.IGNORECASE)


def loosened(coverage: dict[str, Any]) -> list[str]:
    """What of these settings would measure less."""
    run, report = coverage.get("run", {}), coverage.get("report", {})
    wrong = [f"[tool.coverage.{table}] is new" for table in sorted(set(coverage) - set(KNOWN))]
    for name, table in (("run", run), ("report", report)):
        wrong += [f"{name}.{key} is new" for key in sorted(set(table) - KNOWN[name])]
    if run.get("branch") is not True:
        wrong.append("branches are not counted")
    if report.get("precision", 0) < 1:
        wrong.append("the percents are rounded to whole ones, also the floor")
    return wrong


def no_floors(tools: dict[str, Any]) -> list[str]:
    """Floors that are no number between 0 and 100: nothing is below nan."""
    floors = {**tools["strixun"]["floors"], "fail_under": tools["coverage"]["report"].get("fail_under")}
    return [name for name, floor in floors.items() if not _is_percent(floor)]


def _is_percent(floor: object) -> bool:
    return isinstance(floor, int | float) and floor is not True and math.isfinite(floor) and 0 < floor <= 100


def other_settings(root: Path) -> list[str]:
    """Files that would be read in place of pyproject.toml."""
    found = [name for name in (*OWN_FILES, *PYTEST_FILES) if (root / name).exists()]
    for name, words in OTHER_FILES.items():
        path = root / name
        if path.exists() and (words in (text := path.read_text("utf-8")) or "pytest]" in text):
            found.append(name)
    return found


def measures(makefile: str) -> bool:
    """Whether `make test` runs pytest with coverage of all that the settings name."""
    recipe = makefile.split("\ntest:")[1].split("\n\n")[0]
    options = [line.split() for line in recipe.splitlines() if "-m pytest" in line]
    return len(options) == 1 and [word for word in options[0] if "cov" in word] == ["--cov", "--cov-report="]


def asks_not_to_be_counted(root: Path, sources: list[str]) -> list[str]:
    """Lines whose comment leaves them, and a whole block that they begin, out of the figure."""
    found: list[str] = []
    for path in sorted(path for source in sources for path in (root / source).rglob("*.py")):
        lines = path.read_text("utf-8").splitlines()
        name = path.relative_to(root).as_posix()
        found += [f"{name}:{number}" for number, line in enumerate(lines, 1) if UNCOUNTED.search(line) is not None]
    return found


def test_coverage_is_measured_as_strictly_as_ever() -> None:
    assert loosened(PYPROJECT["coverage"]) == []
    assert no_floors(PYPROJECT) == []


def test_no_line_asks_not_to_be_counted() -> None:
    assert asks_not_to_be_counted(ROOT, PYPROJECT["coverage"]["run"]["source"]) == []


@pytest.mark.parametrize(("line", "found"), [
    ("def f() -> None:  # pragma: no cover", True),
    ("if x:  # PRAGMA:NO BRANCH", True),
    ("if x:  # in a moment...", True),
    ("    def f(self) -> None: ...", False),
    ("    ...", False),
    ("x = 1  # counted", False),
])
def test_a_line_that_asks_not_to_be_counted_is_found(line: str, found: bool, tmp_path: Path) -> None:
    (tmp_path / "auth").mkdir()
    (tmp_path / "auth/door.py").write_text(f"\n{line}\n", "utf-8")
    assert asks_not_to_be_counted(tmp_path, ["auth", "build"]) == (["auth/door.py:2"] if found else [])


def test_nothing_but_the_project_file_says_how() -> None:
    assert other_settings(ROOT) == []
    assert "cov" not in PYPROJECT["pytest"]["ini_options"]["addopts"]


def test_make_test_measures() -> None:
    assert measures(MAKEFILE)


def test_make_test_builds_strictly() -> None:
    """So it needs no `make subset`, which compiles the same once more."""
    recipe = MAKEFILE.split("\ntest:")[1].split("\n\n")[0]
    assert re.search(r"-j2 .*\bbuild-cdn\b.* STRICT=1\b", recipe) is not None
    assert "-m build cdn $(if $(STRICT),--strict)" in MAKEFILE


def test_what_runs_the_tests_sets_nothing_beside() -> None:
    files = [ROOT / "Makefile", *(ROOT / ".ci").iterdir(), *(ROOT / ".github/workflows").iterdir()]
    assert [(path.name, word) for path in files for word in FROM_OUTSIDE if word in path.read_text("utf-8")] == []


@pytest.mark.parametrize(("table", "key", "value", "wrong"), [
    ("run", "branch", False, "branches are not counted"),
    ("run", "include", ["auth/*"], "run.include is new"),
    ("run", "patch", ["subprocess"], "run.patch is new"),
    ("report", "exclude_lines", ["."], "report.exclude_lines is new"),
    ("report", "omit", ["auth/*"], "report.omit is new"),
    ("report", "partial_branches", ["if"], "report.partial_branches is new"),
    ("report", "precision", 0, "the percents are rounded to whole ones, also the floor"),
    ("paths", "source", ["a"], "[tool.coverage.paths] is new"),
])
def test_looser_settings_are_found(table: str, key: str, value: object, wrong: str) -> None:
    settings = copy.deepcopy(PYPROJECT["coverage"])
    settings.setdefault(table, {})[key] = value
    assert loosened(settings) == [wrong]


@pytest.mark.parametrize("floor", ["nan", "inf", "-inf", "'94.5'", "true", "0", "100.1", "[94.5]"])
def test_a_floor_is_a_number(floor: str) -> None:
    tools = copy.deepcopy(PYPROJECT)
    tools["coverage"]["report"]["fail_under"] = tomllib.loads(f"floor = {floor}")["floor"]
    assert no_floors(tools) == ["fail_under"]
    del tools["coverage"]["report"]["fail_under"]
    assert no_floors(tools) == ["fail_under"]
    tools["strixun"]["floors"]["mutation_auth"] = tomllib.loads(f"floor = {floor}")["floor"]
    assert no_floors(tools) == ["mutation_auth", "fail_under"]


@pytest.mark.parametrize(("name", "text", "found"), [
    (".coveragerc", "", True),
    (".coveragerc.toml", "", True),
    ("pytest.ini", "", True),
    ("setup.cfg", "[coverage:run]\nomit = *\n", True),
    ("setup.cfg", "[tool:pytest]\n", True),
    ("setup.cfg", "[metadata]\n", False),
    ("tox.ini", "[coverage:report]\nfail_under = 1\n", True),
    ("tox.ini", "[pytest]\n", True),
])
def test_other_files_of_settings_are_found(name: str, text: str, found: bool, tmp_path: Path) -> None:
    (tmp_path / name).write_text(text, "utf-8")
    assert other_settings(tmp_path) == ([name] if found else [])


@pytest.mark.parametrize(("old", "new"), [
    (" --cov ", " "),
    (" --cov ", " --cov=auth "),
    (" --cov ", " --cov --cov-fail-under=1 "),
    (" --cov ", " --cov --no-cov "),
    (" --cov ", " --cov --cov-config=loose.cfg "),
])
def test_a_verb_that_measures_less_is_found(old: str, new: str) -> None:
    assert old in MAKEFILE
    assert not measures(re.sub(old, new, MAKEFILE))
