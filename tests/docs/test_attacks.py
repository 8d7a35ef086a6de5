"""The attacks that docs/TESTING.md lists are tried where it says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LISTED = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", (ROOT / "docs" / "TESTING.md").read_text())


@pytest.mark.parametrize(("file", "name"), LISTED, ids=[name for _, name in LISTED])
def test_an_attack_is_tried_where_the_page_says(file: str, name: str) -> None:
    assert f"def {name}(" in (ROOT / file).read_text()


def test_the_page_lists_attacks() -> None:
    assert len(LISTED) >= 14
