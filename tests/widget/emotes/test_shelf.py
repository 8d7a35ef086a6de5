"""Sets of emotes on the device: so many at most, and none in the place of another."""

from __future__ import annotations

from tests.fakes.clock import HandClock
from tests.fakes.memory_storage import MemoryStorage
from widget.emotes.limits import SHELF
from widget.emotes.shelf import Shelf
from widget.native.crypto import NativeDigest


def shelf(storage: MemoryStorage) -> Shelf:
    return Shelf(HandClock(), storage, NativeDigest(), True)


async def test_what_was_put_there_is_read_with_its_time() -> None:
    storage = MemoryStorage()
    await shelf(storage).write("global", '{"a":"line\\n"}\nand one')
    assert await shelf(storage).read("global") == (HandClock().now_ms(), '{"a":"line\\n"}\nand one')
    assert await shelf(storage).read("custom") == (0, "")


async def test_it_has_so_many_places_and_of_two_in_one_the_newer_is_there() -> None:
    storage = MemoryStorage()
    one = shelf(storage)
    paths = [f"7tv/set/{number}" for number in range(3 * SHELF)]
    for path in paths:
        await one.write(path, path)
    assert SHELF // 2 < len(storage.records) <= SHELF
    found = [(await one.read(path))[1] for path in paths]
    kept = [path for path, answer in zip(paths, found, strict=True) if answer != ""]
    assert [answer for answer in found if answer != ""] == kept
    assert len(kept) == len(storage.records)
