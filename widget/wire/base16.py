"""Base16 (RFC 4648 section 8) in lower case: how ids and keys are written in JSON and kept as keys of dicts."""

from __future__ import annotations

import re

from widget.wire.radix import from_letters

ALPHABET = "0123456789abcdef"
HEX = re.compile(r"[0-9a-f]*")


def from_hex(text: str) -> bytes:
    """CwError(MALFORMED) for anything that `bytes.hex` would not have written."""
    return from_letters(text, ALPHABET, 4)


def is_hex(text: str) -> bool:
    return HEX.fullmatch(text) is not None
