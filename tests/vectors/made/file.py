"""A file of vectors while it is made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, is_dataclass
from typing import Any
from unittest.mock import patch

from tests.vectors.lines import shortened, write_lines
from widget.errors import MALFORMED
from widget.wire.codec import Reader

MOST_CUTS = 10


class File:
    """Vectors of one object. `how` it is judged: its bytes, its text, or a check of what arrives.

    Each has a sentence of its own as `id`: what it is, or why it is refused.
    """

    def __init__(self, name: str, how: str, about: str) -> None:
        self.name = name
        self.good_ones: list[dict[str, Any]] = []
        self.bad_ones: list[dict[str, Any]] = []
        self._head = {"object": name, "how": how, "about": about}
        self._ids: set[str] = set()

    def good(self, sentence: str, value: Any, **given: Any) -> None:
        """`value` is what the reader must tell."""
        self.good_ones.append({"id": self._named(sentence), **_hexed(given), "value": plain(value)})

    def bad(self, sentence: str, refusal: int | str = MALFORMED, **given: Any) -> None:
        self.bad_ones.append({"id": self._named(sentence), **_hexed(given), "refusal": refusal})

    def cut(self, sentence: str, data: bytes, read: Callable[[bytes], object]) -> None:
        """The same bytes ending too early, where a field begins or in it, and one byte too late."""
        ends = _ends(data, read)
        step = max(1, len(ends) // MOST_CUTS)
        for end in ends[::step]:
            self.bad(f"{sentence} that ends after {end} of {len(data)} bytes", data=data[:end])
        self.bad(f"{sentence} with a byte left over", data=data + b"\x00")

    def text(self) -> str:
        return shortened(write_lines(self._head, {"good": self.good_ones, "bad": self.bad_ones}))

    def _named(self, sentence: str) -> str:
        assert sentence not in self._ids, sentence
        self._ids.add(sentence)
        return sentence


def bent(data: bytes, at: int = -1) -> bytes:
    """With one bit of that byte changed."""
    place = at % len(data)
    return data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]


def plain(value: Any) -> Any:
    """As JSON has it: bytes in hex, objects by their fields."""
    if is_dataclass(value) and not isinstance(value, type):
        return plain(asdict(value))
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    return value


def _hexed(given: dict[str, Any]) -> dict[str, Any]:
    return {key: plain(value) for key, value in given.items()}


def _ends(data: bytes, read: Callable[[bytes], object]) -> list[int]:
    """Where the reader of these bytes stops to look at the next ones."""
    found: set[int] = set()
    skip = Reader._skip

    def watched(self: Reader, length: int) -> int:
        start = skip(self, length)
        if length > 0:
            found.add(start)
            if length > 1:
                found.add(start + length - 1)
        return start

    with patch.object(Reader, "_skip", watched):
        read(data)
    return sorted(end for end in found if end < len(data))
