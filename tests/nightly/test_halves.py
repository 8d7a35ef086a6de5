"""A machine that runs the tests in halves runs all of them."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest.mock import Mock

import pytest

from tests import conftest
from tests.machines.halves import MACHINES, SHARES, half_of
from tests.nightly.parts import PARTS

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
    assert SHARES == ("1/2", "2/2")
    assert collected((1, 2), ["tests"], monkeypatch) == ("aaccee", "bbdd")
    assert collected((2, 2), ["tests"], monkeypatch) == ("bbdd", "aaccee")
    assert collected((1, 1), ["tests"], monkeypatch) == ("aabbccddee", "")


def test_who_asks_for_a_test_gets_it(monkeypatch: pytest.MonkeyPatch) -> None:
    assert collected((1, 2), ["tests/b"], monkeypatch) == ("aabbccddee", "")


def test_a_night_runs_all_tests_on_a_bare_machine_and_two_nights_all_on_each() -> None:
    nights = [date(2026, 11, 29), date(2026, 11, 30), date(2026, 12, 31), date(2027, 1, 1)]
    halves = [[half_of(machine, night) for machine in MACHINES] for night in nights]
    assert all(sorted(each) == list(SHARES) for each in halves)
    assert halves[0] == halves[1][::-1]
    assert halves[2] == halves[3][::-1]


def test_each_machine_is_a_part_that_runs_the_half_of_tonight() -> None:
    chosen = {part.name: part.arguments[-1] for part in PARTS if part.name.startswith("machines-debian")}
    assert chosen == {f"machines-{machine}": f"tests/machines/test_{machine}.py" for machine in MACHINES}
    for machine in MACHINES:
        text = (Path(__file__).parents[1] / "machines" / f"test_{machine}.py").read_text("utf-8")
        assert f'CHAT_SHARE=half_of("{machine}", date.today())' in text
