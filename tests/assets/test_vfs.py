"""Modules as Brython looks them up."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from build.vfs import LIBRARY, vfs_modules, vfs_script

ROOT = Path(__file__).resolve().parents[2]
MODEL = "from __future__ import annotations\nfrom dataclasses import dataclass\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    texts = {"__init__": "x = 1\n", "model": MODEL, "native/__init__": "import aiortc\n"}
    for name, text in texts.items():
        file = tmp_path / "widget" / f"{name}.py"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    return tmp_path


def parts(root: Path) -> list[dict[str, Any]]:
    lines = vfs_script(root).removesuffix("\n").split("\n")[len(LIBRARY) :]
    return [json.loads(line.removeprefix("__BRYTHON__.update_VFS(").removesuffix(")")) for line in lines]


def times(root: Path) -> dict[str, int]:
    return {name: part["$timestamp"] for part in parts(root) for name in part if name != "$timestamp"}


def test_modules_are_as_they_lie_there_without_the_native_ones(project: Path) -> None:
    modules = vfs_modules(project)
    assert modules["widget.model"] == [".py", MODEL, ["__future__", "dataclasses"]]
    assert modules["widget"] == [".py", "x = 1\n", [], 1]
    assert "widget.native" not in modules


def test_the_script_of_the_real_widget_is_readable_json() -> None:
    assert len([part for part in parts(ROOT) if "widget.model" in part]) == 1


def test_a_save_changes_the_time_of_that_module_alone(project: Path) -> None:
    before = times(project)
    os.utime(project / "widget" / "model.py", (2_000_000_000, 2_000_000_000))
    assert {name for name, at in times(project).items() if at != before[name]} == {"widget.model"}


def test_our_library_takes_the_place_of_brythons(project: Path) -> None:
    script = vfs_script(project)
    assert script.startswith("delete __BRYTHON__.VFS.dataclasses\n")
    found = [part["dataclasses"] for part in parts(project) if "dataclasses" in part]
    assert found[0][1] == LIBRARY["dataclasses"].read_text("utf-8")
