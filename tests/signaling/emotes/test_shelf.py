"""The folder of sites' own emotes: what is removed is gone, whatever else was asked for and is not there."""

from __future__ import annotations

from pathlib import Path

import pytest

from auth.log import Log
from signaling.emotes.shelf import Shelf
from signaling.settings import Settings

EMOTE = "ab" * 16


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


@pytest.mark.parametrize("missing", [0, 1, 40])
async def test_what_is_there_is_removed_behind_what_is_not(tmp_path: Path, missing: int) -> None:
    shelf = Shelf(Settings.model_construct(emote_shelf=str(tmp_path)), Log(bytes(32)))
    names = [f"{number}x.webp" for number in range(missing + 3)]
    await shelf.put(EMOTE, dict.fromkeys(names[missing:], b"data"))
    await shelf.remove(EMOTE, names)
    assert files(tmp_path) == []
    await shelf.remove(EMOTE, names)
