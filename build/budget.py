"""How many bytes the widget may have, and the table that says how many it has."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from build.integrity import SCRIPT, STYLE, FileFacts

NAMES = {"js_gzip_bytes": SCRIPT, "css_gzip_bytes": STYLE}


class OverBudget(Exception):
    """A file is larger than its budget; the message is one line for each."""


@dataclass(frozen=True)
class Budgets:
    """Gzipped bytes allowed, by file name, as `gzip -9` counts them: few servers send our smaller `.gz`."""

    allowed: dict[str, int]

    @classmethod
    def read(cls, root: Path) -> Budgets:
        """From [tool.strixun.budgets] in pyproject.toml."""
        table = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["tool"]["strixun"]["budgets"]
        return cls({NAMES[key]: int(value) for key, value in table.items()})

    def check(self, facts: Mapping[str, FileFacts]) -> None:
        """Raises OverBudget; a file exactly at its budget is within it."""
        over = [
            f"{name} is {facts[name].gzip_size_bytes:,} bytes gzipped, {limit:,} are allowed"
            for name, limit in sorted(self.allowed.items())
            if name in facts and facts[name].gzip_size_bytes > limit
        ]
        if len(over) > 0:
            raise OverBudget("\n".join(over))


def size_table(facts: Mapping[str, FileFacts], budgets: Budgets) -> str:
    rows = [("file", "bytes", "gzip", "budget")]
    for name, fact in facts.items():
        limit = budgets.allowed.get(name)
        budget = "" if limit is None else f"{limit:,} ({100 * fact.gzip_size_bytes / limit:.0f}% used)"
        rows.append((name, f"{fact.size_bytes:,}", f"{fact.gzip_size_bytes:,}", budget))
    return columns(rows)


def columns(rows: Sequence[tuple[str, str, str, str]]) -> str:
    """A table of names, two numbers each, and a remark."""
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    return "\n".join(
        f"{row[0]:<{widths[0]}}  {row[1]:>{widths[1]}}  {row[2]:>{widths[2]}}  {row[3]}".rstrip() for row in rows
    )
