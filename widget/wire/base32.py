"""Base32 (RFC 4648 section 6) in lower case without padding: how room ids and invite secrets are shown."""

from __future__ import annotations

from widget.errors import CwError
from widget.wire.codec import MALFORMED

ALPHABET = "abcdefghijklmnopqrstuvwxyz234567"
_VALUES: dict[str, int] = {character: value for value, character in enumerate(ALPHABET)}


def to_base32(data: bytes) -> str:
    """Eight characters for every five bytes; 16 bytes make 26 characters."""
    parts: list[str] = []
    bits = 0
    width = 0
    for byte in data:
        bits = (bits << 8) | byte
        width += 8
        while width >= 5:
            width -= 5
            parts.append(ALPHABET[bits >> width])
            bits = bits & ((1 << width) - 1)
    if width > 0:
        parts.append(ALPHABET[bits << (5 - width)])
    return "".join(parts)


def from_base32(text: str) -> bytes:
    """CwError(MALFORMED) for anything that `to_base32` would not have written."""
    values: list[int] = []
    bits = 0
    width = 0
    for character in text:
        value = _VALUES.get(character)
        if value is None:
            raise CwError(MALFORMED, "text is not base32")
        bits = (bits << 5) | value
        width += 5
        if width >= 8:
            width -= 8
            values.append(bits >> width)
            bits = bits & ((1 << width) - 1)
    if width >= 5 or bits != 0:
        raise CwError(MALFORMED, "base32 ends oddly")
    return bytes(values)
