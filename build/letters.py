"""The letters of properties as they were learned: `build/letters.txt`, which `build/learn_letters.py` writes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

LETTERS_FILE = Path(__file__).with_name("letters.txt")
# A letter by the class and the property, as `called` in build/compiler/shorten.py has it: "Pair.direct".
Letters = Mapping[str, str]


def read_letters(file: Path = LETTERS_FILE) -> Letters:
    """A class a line, and behind it each property with its letter."""
    found: dict[str, str] = {}
    for line in file.read_text("utf-8").splitlines():
        owner, *pairs = line.split()
        for name, letter in (pair.split("=") for pair in pairs):
            found[f"{owner}.{name}"] = letter
    return found


def written(letters: Letters) -> str:
    """In alphabetical order, so that a change shows as one."""
    classes: dict[str, list[str]] = defaultdict(list)
    for called, letter in sorted(letters.items()):
        owner, name = called.split(".")
        classes[owner].append(f"{name}={letter}")
    return "".join(" ".join([owner, *pairs]) + "\n" for owner, pairs in classes.items())
