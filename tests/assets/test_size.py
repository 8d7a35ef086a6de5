"""`make size`: where the bytes are, what is allowed, and what the last release weighed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from build.cli import main
from build.integrity import SCRIPT, FileFacts
from build.size import last_release
from tests.fakes.small_project import write

ROOT = Path(__file__).resolve().parents[2]
NOW = {"a.js": FileFacts(900, 300, ""), "b.css": FileFacts(70, 50, ""), "c.js": FileFacts(1, 21, "")}


def release(root: Path, *versions: str) -> None:
    (root / "releases.json").write_text(json.dumps({version: {} for version in versions}), "utf-8")


def lay(root: Path, version: str, sizes: dict[str, tuple[int, int]]) -> None:
    files = {name: {"bytes": plain, "gzipBytes": packed} for name, (plain, packed) in sizes.items()}
    folder = root / "cdn_dist" / f"v{version}"
    folder.mkdir(parents=True)
    (folder / "manifest.json").write_text(json.dumps({"files": files}), "utf-8")


def test_it_lists_modules_helpers_budgets_and_that_nothing_is_released(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--root", str(write(tmp_path)), "size"]) == 0
    modules, helpers, loaded, released = capsys.readouterr().out.split("\n\n")
    assert any(line.endswith(" widget/core/greet.py") for line in modules.splitlines())
    assert any(line.endswith(" js.textOf") for line in helpers.splitlines())
    assert "chat-widget.iife.min.js" in loaded
    assert "20,000" in loaded
    assert released == "No version is released yet.\n"


@pytest.mark.no_cover
def test_it_shows_each_file_of_the_last_release_and_what_came_since(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--root", str(write(tmp_path)), "cdn"]) == 0
    release(tmp_path, "1.2.3", "1.2.2")
    greeting = tmp_path / "widget/core/greet.py"
    greeting.write_text(greeting.read_text("utf-8").replace(", dear ", ", my very dear and only "), "utf-8")
    capsys.readouterr()
    assert main(["--root", str(tmp_path), "size"]) == 0
    released = capsys.readouterr().out.split("\n\n")[-1].splitlines()
    assert released[0].split() == ["the", "last", "release,", "1.2.3", "bytes", ".gz", "since", "then,", ".gz"]
    since = {line.split()[0]: int(line.split()[-1]) for line in released[1:]}
    assert since["chat-widget.iife.min.js"] > 0
    assert since["chat-widget.min.css"] == 0
    assert len(since) == 9


def test_files_that_only_one_of_them_has_are_named(tmp_path: Path) -> None:
    release(tmp_path, "1.10.0", "1.9.0")
    lay(tmp_path, "1.9.0", {"a.js": (1, 1)})
    lay(tmp_path, "1.10.0", {"a.js": (1000, 310), "b.css": (70, 50), "old.js": (5, 25)})
    lines = [line.split() for line in last_release(tmp_path, NOW).splitlines()]
    assert lines == [
        ["the", "last", "release,", "1.10.0", "bytes", ".gz", "since", "then,", ".gz"],
        ["a.js", "1,000", "310", "-10"],
        ["b.css", "70", "50", "+0"],
        ["old.js", "5", "25", "gone"],
        ["c.js", "new"],
    ]


def test_a_release_that_is_not_here_is_named(tmp_path: Path) -> None:
    release(tmp_path, "1.3.0")
    assert last_release(tmp_path, NOW) == "The last release is 1.3.0; it does not lie in cdn_dist/."


@pytest.mark.parametrize(
    ("helper", "sign"),
    [("repr", "__repr__"), ("compare", "__lt__"), ("fixed", "toFixed"), ("floatText", "toExp"), ("errors", "__name__")],
)
def test_no_helper_that_takes_values_of_any_type_is_in_the_script(helper: str, sign: str) -> None:
    """They weigh 2 KB. None is needed where types are told apart: no `str | None` or float in a text, ints compared."""
    assert sign not in (ROOT / "cdn_dist" / "latest" / SCRIPT).read_text("utf-8"), helper
