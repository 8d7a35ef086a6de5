"""Base64url without padding (RFC 4648 section 5), strict: one text for every byte string."""

from __future__ import annotations

from widget.errors import CwError
from widget.wire.codec import MALFORMED

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_VALUES: dict[str, int] = {character: value for value, character in enumerate(ALPHABET)}


def to_base64url(data: bytes) -> str:
    """Four characters for every three bytes."""
    parts: list[str] = []
    for start in range(0, len(data), 3):
        group = data[start : start + 3]
        value = int.from_bytes(group, "big") << (8 * (3 - len(group)))
        for index in range(len(group) + 1):
            parts.append(ALPHABET[(value >> (18 - 6 * index)) & 63])
    return "".join(parts)


def from_base64url(text: str) -> bytes:
    """CwError(MALFORMED) for padding, foreign characters and stray bits."""
    values: list[int] = []
    bits = 0
    width = 0
    for character in text:
        value = _VALUES.get(character)
        if value is None:
            raise CwError(MALFORMED, "text is not base64url")
        bits = (bits << 6) | value
        width += 6
        if width >= 8:
            width -= 8
            values.append(bits >> width)
            bits = bits & ((1 << width) - 1)
    if width >= 6 or bits != 0:
        raise CwError(MALFORMED, "base64url ends oddly")
    return bytes(values)
