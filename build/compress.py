"""The compressed files that lie beside the plain ones, by pinned compressors: equal bytes on every machine."""

from __future__ import annotations

import functools
import zlib
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor

import brotli  # type: ignore[import-untyped]
import deflate

# The best levels take a second for a source map, and nobody waits for a source map.
LARGE_BYTES = 250_000
GZIP = {"best": 12, "fast": 9}  # of libdeflate, whose best is 3 % less than `gzip -9`
BROTLI = {"best": 11, "fast": 6}


@functools.lru_cache(maxsize=64)
def gzip_bytes(data: bytes) -> bytes:
    """Without name or time, so that the same input gives the same bytes."""
    return bytes(deflate.gzip_compress(data, GZIP[_level(data)]))


def brotli_bytes(data: bytes) -> bytes:
    packed: bytes = brotli.compress(data, mode=brotli.MODE_TEXT, quality=BROTLI[_level(data)])
    return packed


def _level(data: bytes) -> str:
    return "best" if len(data) < LARGE_BYTES else "fast"


def unbrotli(data: bytes) -> bytes | None:
    """The other way; None for what is no Brotli."""
    try:
        plain: bytes = brotli.decompress(data)
    except brotli.error:
        return None
    return plain


def compressed(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Each file as `.br` and `.gz`."""
    with ThreadPoolExecutor(2) as pool:
        packed = [pool.map(pack, files.values()) for pack in (brotli_bytes, gzip_bytes)]
        return {
            f"{name}{suffix}": data
            for suffix, made in zip((".br", ".gz"), packed, strict=True)
            for name, data in zip(files, made, strict=True)
        }


@functools.lru_cache(maxsize=64)
def usual_gzip_size(data: bytes) -> int:
    """What `gzip -9` makes of it."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31, 9)
    return len(packer.compress(data) + packer.flush())
