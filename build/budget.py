"""How many bytes the widget may have, and the table that says how many it has."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from build.compress import usual_gzip_size
from build.integrity import SCRIPT, STYLE, facts

NAMES = {"js_gzip_bytes": SCRIPT, "css_gzip_bytes": STYLE}


class OverBudget(Exception):
    """A file is larger than its budget; the message is one line for each."""


@dataclass(frozen=True)
class Budgets:
    """Bytes allowed by file name, as `gzip -9` counts them: most servers compress by themselves."""

    allowed: dict[str, int]

    @classmethod
    def read(cls, root: Path) -> Budgets:
        """From [tool.strixun.budgets] in pyproject.toml."""
        table = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["tool"]["strixun"]["budgets"]
        return cls({NAMES[key]: int(value) for key, value in table.items()})

    def used(self, files: Mapping[str, bytes]) -> dict[str, int]:
        return {name: usual_gzip_size(files[name]) for name in sorted(self.allowed) if name in files}

    def check(self, files: Mapping[str, bytes]) -> None:
        """Raises OverBudget; a file exactly at its budget is within it."""
        over = [
            f"{name} is {used:,} bytes gzipped, {self.allowed[name]:,} are allowed"
            for name, used in self.used(files).items()
            if used > self.allowed[name]
        ]
        if len(over) > 0:
            raise OverBudget("\n".join(over))


def size_table(files: Mapping[str, bytes], budgets: Budgets) -> str:
    rows = [("file", "bytes", ".gz", "budget of gzip -9")]
    used = budgets.used(files)
    for name, fact in facts(files).items():
        limit = budgets.allowed.get(name, 0)
        budget = f"{used[name]:,} of {limit:,} ({100 * used[name] / limit:.0f}%)" if name in used else ""
        rows.append((name, f"{fact.size_bytes:,}", f"{fact.gzip_size_bytes:,}", budget))
    return columns(rows)


def columns(rows: Sequence[tuple[str, str, str, str]]) -> str:
    """A table of names, two numbers each, and a remark."""
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    return "\n".join(
        f"{row[0]:<{widths[0]}}  {row[1]:>{widths[1]}}  {row[2]:>{widths[2]}}  {row[3]}".rstrip() for row in rows
    )
