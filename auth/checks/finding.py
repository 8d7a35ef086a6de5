"""What the doctor found: each thing that it looked at, good or not, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Mark = Literal["ok", "WARN", "FAIL"]


@dataclass(frozen=True)
class Finding:
    """`sentence` says what was found; of a WARN or a FAIL also what to do."""

    mark: Mark
    what: str
    sentence: str


def good(what: str, sentence: str) -> Finding:
    return Finding("ok", what, sentence)


def doubt(what: str, sentence: str) -> Finding:
    """It works, but not as well as it should, or not for long."""
    return Finding("WARN", what, sentence)


def fault(what: str, sentence: str) -> Finding:
    """Visitors will notice, or are not safe."""
    return Finding("FAIL", what, sentence)


def report(findings: Iterable[Finding]) -> str:
    return "\n".join(f"{found.mark:<5} {found.what}: {found.sentence}" for found in findings)


def is_well(findings: Iterable[Finding]) -> bool:
    return all(found.mark != "FAIL" for found in findings)
