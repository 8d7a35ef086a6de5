"""The commands of docs/HOSTING.md, word for word."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "HOSTING.md").read_text("utf-8")
SECTION = re.compile(r"^## (\d+)\. (.+)$", re.M)
BLOCK = re.compile(r"^```sh ?(.*)\n((?:.*\n)*?)```$", re.M)


@dataclass(frozen=True)
class Block:
    """`where` is "" on the server."""

    section: str
    where: str
    commands: str


def blocks(page: str = PAGE) -> list[Block]:
    """Every block of commands, in order."""
    parts = SECTION.split(page)
    sections = zip(parts[2::3], parts[3::3], strict=True)
    return [Block(name, *found) for name, text in sections for found in BLOCK.findall(text)]


def commands_of(section: str, where: str = "") -> list[str]:
    """The blocks of a section that are run there."""
    found = [block.commands for block in blocks() if block.section == section and block.where == where]
    assert len(found) > 0, f"the page has no commands for {section} {where}"
    return found
