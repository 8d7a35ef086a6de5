"""Which tests noticed earlier changes to a function: they notice the next one too, more often than any other.

A plugin of pytest in the process of a mutant, and the memory that it writes. It is imported before pytest can rewrite
its assertions, of which it has none: PYTEST_DONT_REWRITE.
"""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path

import pytest

FILE = "MUTATION_KILLERS"  # names the file of the function in question


def memory(function: str) -> Path:
    """One line for each mutant that fell: the test that noticed it."""
    folder = Path.cwd() / "killers"
    folder.mkdir(exist_ok=True)
    return folder / function


def first(killers: Path, tests: list[str]) -> list[str]:
    """`tests`, in their order, but for those that noticed something before."""
    lines = killers.read_text("utf-8").splitlines() if killers.exists() else []
    proven = [test for test, _ in Counter(lines).most_common() if test in tests]
    return [*proven, *(test for test in tests if test not in proven)]


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    if report.failed and FILE in os.environ:
        with Path(os.environ[FILE]).open("a", encoding="utf-8") as file:
            file.write(report.nodeid + "\n")
