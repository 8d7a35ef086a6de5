"""What is other than in mutmut: its operators, and the questions that it asks at every call of a function."""

from __future__ import annotations

from types import ModuleType
from typing import Any

from mutmut.mutation import file_mutation, trampoline
from mutmut.state import state

from tests.mutation.operators import OPERATORS


class NoCallStack:
    """Who calls whom matters to a run that goes on from an older one; ours begin anew."""

    @staticmethod
    def get() -> tuple[None, int]:
        return None, 0

    @staticmethod
    def set(_value: object) -> None:
        return None

    @staticmethod
    def reset(_token: object) -> None:
        return None


def active() -> str:
    """mutmut asks the environment, which costs more than most functions do."""
    name: str | None = vars(trampoline)["_mutant_under_test"]
    return name or ""


def hit(name: str, caller: None) -> None:
    state()._stats.add(name)


def replace(module: ModuleType, name: str, value: Any) -> None:
    assert name in vars(module), f"{module.__name__}.{name} is no longer there"
    vars(module)[name] = value


def patch() -> None:
    replace(file_mutation, "mutation_operators", OPERATORS)
    replace(trampoline, "get_mutant_under_test", active)
    replace(trampoline, "MutmutCallStack", NoCallStack)
    replace(trampoline, "record_trampoline_hit", hit)
