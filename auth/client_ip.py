"""Who is calling: the socket's address, or what an exactly named proxy says."""

from __future__ import annotations

import functools
import re
from collections.abc import Collection
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from starlette.types import Scope

from auth.networks import NO_PROXY, UNIX_SOCKET, Network, network

NOBODY = "0.0.0.0"  # noqa: S104 - a name for "unknown", nothing is bound to it
# With a port, or in brackets, or both; a zone (fe80::1%eth0) is this machine's own affair.
_HOP = re.compile(r"\[(?P<within>[0-9a-fA-F:.]+)(?:%[^\]]*)?\](?::\d{1,5})?|(?P<bare>[0-9.]+):\d{1,5}")


def client_ip(scope: Scope, trusted_proxies: Collection[str]) -> str:
    """The caller's address. X-Forwarded-For counts only behind a proxy of the list, from the right, up to the first
    address that is not one of them: whatever stands further left may be made up."""
    trusted = _trusted(tuple(trusted_proxies))
    client = scope.get("client")
    address = _address(client[0]) if client else None
    if (client and address is None) or (not client and UNIX_SOCKET not in trusted_proxies):
        return NOBODY
    for hop in reversed(_forwarded(scope)):
        if address is not None and not any(address in network for network in trusted):
            return str(address)
        address = _address(hop)
        if address is None:
            return NOBODY
    return NOBODY if address is None else str(address)


def address_subject(address: str) -> str:
    """What a limit per caller counts: the IPv4 address or the IPv6 /64, which one household holds as a whole."""
    parsed = ip_address(address)
    return address if isinstance(parsed, IPv4Address) else str(ip_network((parsed, 64), strict=False))


def network_subject(address: str) -> str:
    """What a limit per network counts: /24 or /48."""
    width = 24 if isinstance(ip_address(address), IPv4Address) else 48
    return str(ip_network((address, width), strict=False))


@functools.lru_cache(maxsize=64)
def _trusted(proxies: tuple[str, ...]) -> tuple[Network, ...]:
    return tuple(network(proxy) for proxy in proxies if proxy not in (UNIX_SOCKET, NO_PROXY))


def _forwarded(scope: Scope) -> list[str]:
    values = [value.decode("latin-1") for name, value in scope["headers"] if name == b"x-forwarded-for"]
    return [hop.strip() for hop in ",".join(values).split(",") if hop.strip() != ""]


def _address(text: str) -> IPv4Address | IPv6Address | None:
    """Proxies write 203.0.113.5, 203.0.113.5:51234, 2001:db8::5, [2001:db8::5], [2001:db8::5]:51234, some in quotes."""
    match = _HOP.fullmatch(text.strip('"'))
    try:
        parsed = ip_address((match["within"] or match["bare"]) if match else text.partition("%")[0])
    except ValueError:
        return None
    mapped = parsed.ipv4_mapped if isinstance(parsed, IPv6Address) else None
    return parsed if mapped is None else mapped
