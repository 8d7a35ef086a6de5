"""A copy of the widget in an empty folder, for entries that are none of the product's."""

from __future__ import annotations

import shutil
from contextlib import suppress
from pathlib import Path

from build.compiler.load import CACHE

ROOT = Path(__file__).parents[2]


def copy_widget(folder: Path) -> None:
    """With what Node said of its modules when the project was built: a module that changed since is parsed anew."""
    shutil.copytree(ROOT / "widget", folder / "widget", ignore=shutil.ignore_patterns("__pycache__"))
    (folder / CACHE).mkdir(parents=True)
    for answer in (ROOT / CACHE).glob("[0-9a-f]*"):
        with suppress(FileNotFoundError):  # a build has just tidied up
            shutil.copy(answer, folder / CACHE)
