"""Base16 (RFC 4648 section 8) in lower case: how ids and keys are written in JSON and kept as keys of dicts."""

from __future__ import annotations

import re

from widget.errors import MALFORMED, CwError

HEX = re.compile(r"[0-9a-f]*")


def from_hex(text: str) -> bytes:
    """CwError(MALFORMED) for anything that `bytes.hex` would not have written."""
    if len(text) % 2 > 0 or not is_hex(text):
        raise CwError(MALFORMED, "not bytes in hex")
    return bytes.fromhex(text)


def is_hex(text: str) -> bool:
    return HEX.fullmatch(text) is not None
