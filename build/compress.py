"""The compressed files that lie beside the plain ones."""

from __future__ import annotations

import zlib


def gzip_bytes(data: bytes) -> bytes:
    """Gzip at its best level, without name or time, so that the same input gives the same bytes."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31, 9)
    return packer.compress(data) + packer.flush()
