"""Base32 (RFC 4648 section 6) in lower case without padding: how room ids and invite secrets are shown."""

from __future__ import annotations

from widget.wire.radix import from_letters, to_letters

ALPHABET = "abcdefghijklmnopqrstuvwxyz234567"


def to_base32(data: bytes) -> str:
    """Eight characters for every five bytes; 16 bytes make 26 characters."""
    return to_letters(data, ALPHABET, 5)


def from_base32(text: str) -> bytes:
    """CwError(MALFORMED) for anything that `to_base32` would not have written."""
    return from_letters(text, ALPHABET, 5)
