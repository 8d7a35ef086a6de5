"""How lists of emotes and their pictures are answered: small, and asked for again only when they have changed."""

from __future__ import annotations

import gzip
from collections import OrderedDict
from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import Response

from signaling.emotes.kept_sets import tag_of

BODIES = 64  # packed ones that a worker remembers
# Of a picture whoever opens its address by itself can do nothing with, whatever its bytes were.
PICTURE_HEADERS = {
    "cache-control": "public, max-age=31536000, immutable",
    "content-security-policy": "default-src 'none'; sandbox",
    "content-disposition": "inline",
    "cross-origin-resource-policy": "cross-origin",
}


class Packed:
    """Bodies by their tag, as gzip: one is packed once, however many pages ask for it."""

    def __init__(self) -> None:
        self._bodies: OrderedDict[str, bytes] = OrderedDict()

    async def of(self, tag: str, body: Callable[[], Awaitable[str]]) -> bytes:
        if tag in self._bodies:
            self._bodies.move_to_end(tag)
            return self._bodies[tag]
        text = await body()
        data = gzip.compress(text.encode(), mtime=0)
        if tag_of(text) == tag:  # else it is a newer one already
            self._bodies[tag] = data
            if len(self._bodies) > BODIES:
                self._bodies.popitem(last=False)
        return data


async def listed(
    request: Request, packed: Packed, tag: str, max_age: str, body: Callable[[], Awaitable[str]]
) -> Response:
    """The list whose tag it is, or 304 where the caller has it."""
    headers = {
        "cache-control": f"public, {max_age}",
        "etag": f'W/"{tag}"',
        "vary": "Accept-Encoding",
    }
    if _has(request, tag):
        return Response(status_code=304, headers=headers)
    data = await packed.of(tag, body)
    if "gzip" in request.headers.get("accept-encoding", ""):
        return Response(data, headers={**headers, "content-encoding": "gzip"}, media_type="application/json")
    return Response(gzip.decompress(data), headers=headers, media_type="application/json")


def pictured(data: bytes, media_type: str) -> Response:
    return Response(data, headers=PICTURE_HEADERS, media_type=media_type)


def _has(request: Request, tag: str) -> bool:
    """RFC 9110, 13.1.2, by weak comparison."""
    given = [one.strip().removeprefix("W/") for one in request.headers.get("if-none-match", "").split(",")]
    return f'"{tag}"' in given or given == ["*"]
