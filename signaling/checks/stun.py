"""The doctor asks the STUN servers, as members do, under which address they see it (RFC 8489)."""

from __future__ import annotations

import asyncio

from aioice import stun

from auth.checks.finding import Finding, doubt, fault, good
from auth.unreached import words
from signaling.ice_url import Server, servers_of
from signaling.settings import Settings

WHAT = "STUN"
ANSWER_S = 5.0
AGAIN_S = 0.5  # a datagram may be lost


async def findings(settings: Settings) -> list[Finding]:
    return [await _look(server) for server in servers_of(settings.stun_url)]


async def _look(server: Server) -> Finding:
    if server.secure:
        return doubt(WHAT, f"{server.url} was not tried: the doctor asks by UDP alone, as browsers mostly do.")
    try:
        async with asyncio.timeout(ANSWER_S):
            seen = await _asked(server)
    except (OSError, TimeoutError) as error:
        silent = f"{server.url} does not answer ({words(error)})"
        return fault(WHAT, f"{silent}: look whether it runs, and that the firewall lets UDP through, "
                           "or take it out of STUN_URL.")
    return good(WHAT, f"{server.url} answers, and sees us as {seen}.")


async def _asked(server: Server) -> str:
    loop = asyncio.get_running_loop()
    request = stun.Message(stun.Method.BINDING, stun.Class.REQUEST)
    answer: asyncio.Future[str] = loop.create_future()
    transport, _ = await loop.create_datagram_endpoint(
        lambda: _Answer(request.transaction_id, answer), remote_addr=(server.host, server.port)
    )
    try:
        while not answer.done():
            transport.sendto(bytes(request))
            await asyncio.wait([answer], timeout=AGAIN_S)
        return answer.result()
    finally:
        transport.close()


class _Answer(asyncio.DatagramProtocol):
    """Puts our address as the server sees it into `answer`, or why there is none."""

    def __init__(self, transaction_id: bytes, answer: asyncio.Future[str]) -> None:
        self._transaction_id = transaction_id
        self._answer = answer

    def datagram_received(self, data: bytes, _address: object) -> None:
        try:
            message = stun.parse_message(data)
            seen = message.attributes.get("XOR-MAPPED-ADDRESS")
        except ValueError:
            return
        if message.transaction_id == self._transaction_id and seen is not None and not self._answer.done():
            self._answer.set_result(str(seen[0]))

    def error_received(self, error: Exception) -> None:
        if not self._answer.done():
            self._answer.set_exception(error)
