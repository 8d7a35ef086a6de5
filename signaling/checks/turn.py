"""The doctor asks the TURN servers for a way, with credentials as members get them."""

from __future__ import annotations

import asyncio
import socket
import time
from collections.abc import Collection
from ipaddress import ip_address
from typing import Any

from aioice import stun, turn

from auth.checks.finding import Finding, doubt, fault, good
from auth.unreached import words
from signaling.ice_url import Server, servers_of
from signaling.settings import Settings
from signaling.turn import turn_credential

WHAT = "TURN"
ANSWER_S = 5.0
DOCTOR = "doctor"


async def findings(settings: Settings) -> list[Finding]:
    if settings.turn_url == "":
        return [doubt(WHAT, "there is none: members whom no direct way reaches are relayed by this service; "
                            "set TURN_URL and TURN_SECRET for calls of their own.")]
    secret, development = settings.turn_secret, settings.development
    return [await _look(server, secret, development) for server in servers_of(settings.turn_url)]


async def _look(server: Server, secret: str, development: bool) -> Finding:
    if server.secure and server.transport == "udp":
        return doubt(WHAT, f"{server.url} was not tried: the doctor speaks no DTLS.")
    name, password = turn_credential(secret, DOCTOR, int(time.time()) + 60)
    try:
        async with asyncio.timeout(ANSWER_S):
            transport, _ = await turn.create_turn_endpoint(
                asyncio.DatagramProtocol, server_addr=(server.host, server.port), username=name, password=password,
                ssl=server.secure, transport=server.transport,
            )  # fmt: skip
            theirs = await _addresses(server)
    except stun.TransactionFailed as error:
        return fault(WHAT, _refused(server, error))
    except (OSError, TimeoutError, stun.TransactionError) as error:
        return fault(WHAT, f"{server.url} does not answer ({words(error)}): look whether it runs, and at the firewall.")
    relayed = str(transport.get_extra_info("sockname")[0])
    transport.close()
    if development or is_reached(relayed, theirs):
        return good(WHAT, f"{server.url} gives a way.")
    return fault(WHAT, f"{server.url} gives ways at {relayed}, where nobody from outside comes: give its relay-ip a "
                       "public address, or behind a NAT set external-ip=PUBLIC/PRIVATE in its settings.")


def is_reached(relayed: str, theirs: Collection[str]) -> bool:
    """Whether members come to the relayed address, given those (`theirs`) at which they find the server."""
    address = ip_address(relayed)
    return address.is_global or (relayed in theirs and not address.is_loopback)


async def _addresses(server: Server) -> set[str]:
    found = await asyncio.get_running_loop().getaddrinfo(server.host, server.port, type=socket.SOCK_STREAM)
    return {str(place[4][0]) for place in found}


def _refused(server: Server, error: Any) -> str:
    code = error.response.attributes.get("ERROR-CODE", (0, ""))[0]
    if code == 401:
        advice = "TURN_SECRET must be its static-auth-secret, and its clock right"
        return f"{server.url} does not take our credentials: {advice}."
    return f"{server.url} refuses ({code}): look at its log and quotas."
