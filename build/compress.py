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
    "const { brotliCompress, brotliDecompress, constants } = require('zlib');"
    "const { promisify } = require('util');"
    "const [squeeze, spread] = [promisify(brotliCompress), promisify(brotliDecompress)];"
    "const files = JSON.parse(require('fs').readFileSync(0, 'utf8'));"
    # The best level takes 2 s for a source map, and nobody waits for a source map.
    "const params = (size) => ({ [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,"
    " [constants.BROTLI_PARAM_QUALITY]: size < 250000 ? 11 : 6 });"
    "const pack = async (data) => (await squeeze(data, { params: params(data.length) })).toString('base64');"
    "const unpack = (data) => spread(data).then((plain) => plain.toString('base64'), () => null);"
    "Promise.all(files.map((text) => (WHAT)(Buffer.from(text, 'base64'))))"
    ".then((made) => process.stdout.write(JSON.stringify(made)))"
)
TIMEOUT_S = 180


@functools.lru_cache(maxsize=64)
def gzip_bytes(data: bytes) -> bytes:
    """Gzip at its best level, without name or time, so that the same input gives the same bytes."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31, 9)
    return packer.compress(data) + packer.flush()


def brotli_all(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Brotli by Node, which Python's library does not have."""
    return {name: data for name, data in _by_node("pack", files).items() if data is not None}


def unbrotli_all(files: Mapping[str, bytes]) -> dict[str, bytes | None]:
    """The other way; None for what is no Brotli."""
    return _by_node("unpack", files)


def _by_node(what: str, files: Mapping[str, bytes]) -> dict[str, bytes | None]:
    question = json.dumps([base64.b64encode(data).decode() for data in files.values()])
    done = subprocess.run(  # noqa: S603 - our own Node and our own script
        [find_node(), "-e", BROTLI.replace("WHAT", what)],
        input=question.encode(),
        capture_output=True,
        timeout=TIMEOUT_S,
        check=True,
    )
    made = zip(files, json.loads(done.stdout), strict=True)
    return {name: None if data is None else base64.b64decode(data) for name, data in made}
