"""What the README tells a newcomer to type, word for word."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SECTION = "## Two commands\n"


def lines() -> list[str]:
    """Every line of the section's blocks, in order, with its comment."""
    section = (ROOT / "README.md").read_text("utf-8").split(SECTION)[1].split("\n## ")[0]
    blocks = [part.split("\n```")[0] for part in section.split("```sh\n")[1:]]
    return [line for block in blocks for line in block.splitlines()]


def line(words: str) -> str:
    """The one that has these words."""
    (found,) = [text for text in lines() if words in text]
    return found


NEEDED = line(" python3 ")  # what any of it needs
FOR_TESTS = line(" chromium ")  # what `make test` needs of whoever is not root
DEMO = line("make demo ")
TEST = line("make test ")
