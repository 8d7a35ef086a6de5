"""Compares what CPython's own tests do on both sides: `python -m tests.strangers`, or `... test_int test_re`."""

from __future__ import annotations

import sys
import tomllib
from collections import Counter
from pathlib import Path

from tests.strangers.differences import why
from tests.strangers.library import LIBRARY, MISSING, TOPICS, programs
from tests.strangers.sides import Difference, compare

PYPROJECT = Path(__file__).resolve().parents[2] / "pyproject.toml"
COUNTED_WITH = (3, 11)  # other Pythons have other tests


def main(wanted: list[str]) -> int:
    """0 where nothing differs that is not named, and no fewer statements are compared than before."""
    if not (LIBRARY / "test_int.py").is_file():
        print(MISSING)
        return 1
    refused: Counter[str] = Counter()
    same = named = 0
    unnamed: list[Difference] = []
    topics = [topic for topic in TOPICS if len(wanted) == 0 or topic.name in wanted]
    for topic in topics:
        count, found = compare(programs(topic), refused)
        same += count
        new = [one for one in found if why(one.program, one.statement) is None]
        named += len(found) - len(new)
        unnamed += new
        print(f"{topic.name}: {count} statements print the same, {len(found)} do not", flush=True)
        for one in new:
            print(one.report())
    faults = [text for text in refused if text.startswith("CW099")]
    print(*faults, sep="\n")
    floor = _floor() if len(wanted) == 0 else 0
    print(
        f"{same} statements of {len(topics)} files compared (at least {floor}), {len(unnamed)} differ,"
        f" {named} as the page says, {len(faults)} faults"
    )
    return 1 if len(unnamed) > 0 or len(faults) > 0 or same < floor else 0


def _floor() -> int:
    table = tomllib.loads(PYPROJECT.read_text("utf-8"))["tool"]["strixun"]["strangers"]
    return int(table["statements"]) if sys.version_info[:2] == COUNTED_WITH else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
