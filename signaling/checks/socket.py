"""The doctor opens a WebSocket through the public address, as a page of an allowed site does."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Collection

from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus, WebSocketException
from websockets.typing import Origin, Subprotocol

from auth.checks.finding import Finding, fault, good
from auth.unreached import reason, words
from widget.errors import CwError
from widget.wire.server_text import read_server
from widget.wire.socket import SUBPROTOCOL, Hello, Problem

WHAT = "WebSocket"
ANSWER_S = 10.0
ADVICE = "let the proxy pass on Upgrade and Connection"
UNREACHED = ("name", "refused", "plain", "certificate", "path")  # nothing of the proxy's was asked
AS_ABOVE = "look at what is said of the public address"


async def findings(url: str, sites: Collection[str]) -> list[Finding]:
    """`url` is what pages call signalingUrl."""
    if len(sites) == 0:
        return []
    secure = url.startswith("https://")
    place = f"{'wss' if secure else 'ws'}://{url.partition('://')[2].rstrip('/')}/ws"
    try:
        said = await _first_word(place, sorted(sites)[0], ssl.create_default_context() if secure else None)
    except InvalidStatus as error:
        status = error.response.status_code
        return [fault(WHAT, f"{place} is refused with status {status}: {ADVICE}.")]
    except OSError as error:  # which a TimeoutError is too
        advice = AS_ABOVE if reason(error) in UNREACHED else ADVICE
        return [fault(WHAT, f"{place} does not open ({words(error)}): {advice}.")]
    except (WebSocketException, CwError) as error:
        return [fault(WHAT, f"{place} does not open ({type(error).__name__}): {ADVICE}.")]
    if isinstance(said, Problem):
        return [fault(WHAT, f"{place} is refused ({said.code}): {said.detail}")]
    if not isinstance(said, Hello):
        return [fault(WHAT, f"something else answers at {place}: look where the proxy leads.")]
    return [good(WHAT, f"{place} opens and the service greets.")]


async def _first_word(place: str, site: str, context: ssl.SSLContext | None) -> object:
    async with asyncio.timeout(ANSWER_S):
        async with connect(
            place, origin=Origin(site), subprotocols=[Subprotocol(SUBPROTOCOL)], ssl=context, proxy=None
        ) as socket:
            data = await socket.recv()
    return read_server(data) if isinstance(data, str) else None
