"""Base64url without padding (RFC 4648 section 5), strict: one text for every byte string."""

from __future__ import annotations

from widget.wire.radix import from_letters, to_letters

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


def to_base64url(data: bytes) -> str:
    """Four characters for every three bytes."""
    return to_letters(data, ALPHABET, 6)


def from_base64url(text: str) -> bytes:
    """CwError(MALFORMED) for padding, foreign characters and stray bits."""
    return from_letters(text, ALPHABET, 6)
