"""Two machines that run half of the tests each run all of them."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest.mock import Mock

import pytest

from tests import conftest
from tests.machines.halves import HALF, OTHER_HALF

FILES = "abcde"


def collected(share: tuple[int, int], args: list[str], monkeypatch: pytest.MonkeyPatch) -> tuple[str, str]:
    """The files of which the tests are run, and of which they are not; two tests in each."""
    monkeypatch.setattr(conftest, "SHARE", share)
    items: list[Any] = [SimpleNamespace(path=Path(name)) for name in FILES for _ in range(2)]
    config: Any = SimpleNamespace(args=args, getini=lambda _: ["tests"], hook=Mock())
    conftest.pytest_collection_modifyitems(config, items)
    told = [call.kwargs["items"] for call in config.hook.pytest_deselected.call_args_list]
    return "".join(item.path.name for item in items), "".join(item.path.name for one in told for item in one)


def test_the_halves_are_the_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    assert {HALF, OTHER_HALF} == {"1/2", "2/2"}
    assert collected((1, 2), ["tests"], monkeypatch) == ("aaccee", "bbdd")
    assert collected((2, 2), ["tests"], monkeypatch) == ("bbdd", "aaccee")
    assert collected((1, 1), ["tests"], monkeypatch) == ("aabbccddee", "")


def test_who_asks_for_a_test_gets_it(monkeypatch: pytest.MonkeyPatch) -> None:
    assert collected((1, 2), ["tests/b"], monkeypatch) == ("aabbccddee", "")
