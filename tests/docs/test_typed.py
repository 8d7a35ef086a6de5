"""Who installs the project gets its types: the marker of PEP 561 is in each package of the wheel."""

from __future__ import annotations

import subprocess
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
WHEEL: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["hatch"]["build"]


def test_each_package_of_the_wheel_is_marked_as_typed() -> None:
    markers = [f"{name}/py.typed" for name in WHEEL["targets"]["wheel"]["packages"]]
    assert len(markers) == 3
    assert [marker for marker in markers if not (ROOT / marker).is_file()] == []
    # The builder leaves out what git ignores, and a fresh clone has only what git knows.
    known = subprocess.run(["git", "-C", str(ROOT), "ls-files", *markers], capture_output=True, text=True, check=True)
    assert known.stdout.split() == sorted(markers)
    ignored = subprocess.run(["git", "-C", str(ROOT), "check-ignore", *markers], capture_output=True, check=False)
    assert ignored.stdout == b""


def test_the_wheel_takes_its_packages_whole() -> None:
    """No list of files that could leave the marker out."""
    assert set(WHEEL) == {"targets"}
    assert set(WHEEL["targets"]) == {"wheel"}
    assert set(WHEEL["targets"]["wheel"]) == {"packages"}
