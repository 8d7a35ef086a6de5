"""The doctor looks at the file of countries: whether it can be read, and how old it is."""

from __future__ import annotations

from pathlib import Path

from auth.checks.finding import Finding, doubt, fault, good
from auth.countries import made_s
from auth.environment import SettingsError

WHAT = "countries"
DAY_S = 86_400
OLD_S = 180 * DAY_S


def findings(file: Path | None, now_s: int) -> list[Finding]:
    """None where the owner wants no countries."""
    if file is None:
        return []
    try:
        days = (now_s - made_s(file)) // DAY_S
    except SettingsError as error:
        return [fault(WHAT, str(error))]
    if days * DAY_S > OLD_S:
        return [doubt(WHAT, f"{file} is {days} days old, and addresses move: fetch a newer one, then restart.")]
    return [good(WHAT, f"{file} is {days} days old.")]
