"""Who is calling: the socket's address, or what an exactly named proxy says."""

from __future__ import annotations

from collections.abc import Collection
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from starlette.types import Scope

UNIX_SOCKET = "unix"
NOBODY = "0.0.0.0"  # noqa: S104 - a name for "unknown", nothing is bound to it


def client_ip(scope: Scope, trusted_proxies: Collection[str]) -> str:
    """The caller's address. X-Forwarded-For counts only behind a proxy of the list, from the right, up to the first
    address that is not one of them: whatever stands further left may be made up."""
    client = scope.get("client")
    address = _address(client[0]) if client else UNIX_SOCKET
    if address is None or (address == UNIX_SOCKET and UNIX_SOCKET not in trusted_proxies):
        return NOBODY
    for hop in reversed(_forwarded(scope)):
        if address not in trusted_proxies:
            return address
        parsed = _address(hop)
        if parsed is None:
            return NOBODY
        address = parsed
    return NOBODY if address == UNIX_SOCKET else address


def address_subject(address: str) -> str:
    """What a limit per caller counts: the IPv4 address or the IPv6 /64, which one household holds as a whole."""
    parsed = ip_address(address)
    return address if isinstance(parsed, IPv4Address) else str(ip_network((parsed, 64), strict=False))


def network_subject(address: str) -> str:
    """What a limit per network counts: /24 or /48."""
    width = 24 if isinstance(ip_address(address), IPv4Address) else 48
    return str(ip_network((address, width), strict=False))


def _forwarded(scope: Scope) -> list[str]:
    values = [value.decode("latin-1") for name, value in scope["headers"] if name == b"x-forwarded-for"]
    return [hop.strip() for hop in ",".join(values).split(",") if hop.strip() != ""]


def _address(text: str) -> str | None:
    try:
        parsed = ip_address(text)
    except ValueError:
        return None
    if isinstance(parsed, IPv6Address) and parsed.ipv4_mapped is not None:
        return str(parsed.ipv4_mapped)
    return str(parsed)
