"""The compressed files that lie beside the plain ones."""

from __future__ import annotations

import base64
import functools
import json
import subprocess
import zlib
from collections.abc import Mapping

from build.node import find_node

BROTLI = (
    "const { brotliCompress, constants } = require('zlib');"
    "const squeeze = require('util').promisify(brotliCompress);"
    "const files = JSON.parse(require('fs').readFileSync(0, 'utf8'));"
    # The best level takes 2 s for a source map, and nobody waits for a source map.
    "const params = (size) => ({ [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,"
    " [constants.BROTLI_PARAM_QUALITY]: size < 250000 ? 11 : 6 });"
    "const pack = async (data) => (await squeeze(data, { params: params(data.length) })).toString('base64');"
    "Promise.all(files.map((text) => pack(Buffer.from(text, 'base64'))))"
    ".then((packed) => process.stdout.write(JSON.stringify(packed)))"
)
TIMEOUT_S = 60


@functools.lru_cache(maxsize=64)
def gzip_bytes(data: bytes) -> bytes:
    """Gzip at its best level, without name or time, so that the same input gives the same bytes."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31, 9)
    return packer.compress(data) + packer.flush()


def brotli_all(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Brotli by Node, which Python's library does not have."""
    question = json.dumps([base64.b64encode(data).decode() for data in files.values()])
    done = subprocess.run(  # noqa: S603 - our own Node and our own script
        [find_node(), "-e", BROTLI], input=question.encode(), capture_output=True, timeout=TIMEOUT_S, check=True
    )
    return {name: base64.b64decode(data) for name, data in zip(files, json.loads(done.stdout), strict=True)}
