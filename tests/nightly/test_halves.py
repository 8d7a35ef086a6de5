"""A machine that runs the tests in halves runs all of them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest.mock import Mock

import pytest

from tests import conftest
from tests.machines.halves import HALVES
from tests.nightly.parts import PARTS

FILES = "abcde"
NAMES = {
    "debian12": "test_root_runs_the_tests_on_a_bare_machine",
    "debian13": "test_anybody_runs_the_tests_where_the_programs_are",
}


def collected(share: tuple[int, int], args: list[str], monkeypatch: pytest.MonkeyPatch) -> tuple[str, str]:
    """The files of which the tests are run, and of which they are not; two tests in each."""
    monkeypatch.setattr(conftest, "SHARE", share)
    items: list[Any] = [SimpleNamespace(path=Path(name)) for name in FILES for _ in range(2)]
    config: Any = SimpleNamespace(args=args, getini=lambda _: ["tests"], hook=Mock())
    conftest.pytest_collection_modifyitems(config, items)
    told = [call.kwargs["items"] for call in config.hook.pytest_deselected.call_args_list]
    return "".join(item.path.name for item in items), "".join(item.path.name for one in told for item in one)


def test_the_halves_are_the_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    assert HALVES == {"first": "1/2", "second": "2/2"}
    assert collected((1, 2), ["tests"], monkeypatch) == ("aaccee", "bbdd")
    assert collected((2, 2), ["tests"], monkeypatch) == ("bbdd", "aaccee")
    assert collected((1, 1), ["tests"], monkeypatch) == ("aabbccddee", "")


def test_who_asks_for_a_test_gets_it(monkeypatch: pytest.MonkeyPatch) -> None:
    assert collected((1, 2), ["tests/b"], monkeypatch) == ("aabbccddee", "")


def test_every_night_runs_both_halves_on_both_machines() -> None:
    """Each part takes the one test of its file that has the half in its name."""
    wanted = [(machine, half) for machine in NAMES for half in HALVES]
    chosen = {part.name: part.arguments[-3:] for part in PARTS if part.name.startswith("machines-debian")}
    assert chosen == {
        f"machines-{machine}-{half}": (f"tests/machines/test_{machine}.py", "-k", half) for machine, half in wanted
    }
    files = [f"tests/machines/test_{machine}.py" for machine in NAMES]
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--collect-only", *files]
    listed = subprocess.run(command, env=os.environ | {"CHAT_NIGHTLY": "1"}, capture_output=True, text=True)
    assert [line for line in listed.stdout.splitlines() if "::" in line] == [
        f"tests/machines/test_{machine}.py::{NAMES[machine]}[{half}]" for machine, half in wanted
    ]
