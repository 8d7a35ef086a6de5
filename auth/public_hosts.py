"""Which addresses the service may be sent to by somebody's settings: those of the internet, never those behind it."""

from __future__ import annotations

import asyncio
import socket
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

# IPv6 with an IPv4 address inside, which a translator takes out: RFC 6052, RFC 8215.
_TRANSLATED = (IPv6Network("64:ff9b::/96"), IPv6Network("64:ff9b:1::/48"))


class PrivateHostError(OSError):
    """The name leads into a network of our own, or nowhere."""


async def addresses_of(host: str, port: int, private: bool = False) -> list[str]:
    """Where to connect to for `host`, in order; nothing else may be connected to, for the DNS may answer anew.

    PrivateHostError when any of them is not public, unless `private` ones are taken too; OSError when there is none.
    """
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = list(dict.fromkeys(str(entry[4][0]).partition("%")[0] for entry in found))
    if not (private or all(is_public(address) for address in addresses)):
        raise PrivateHostError("no public address")
    return addresses


def is_public(text: str) -> bool:
    """Whether everybody's packets may go there, whatever other address it has inside."""
    address = ip_address(text)
    return all(one.is_global and not one.is_multicast for one in [address, *_inside(address)])


def _inside(address: IPv4Address | IPv6Address) -> list[IPv4Address]:
    """IPv4 addresses that an IPv6 one stands for: mapped, 6to4, Teredo, NAT64."""
    if isinstance(address, IPv4Address):
        return []
    found = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
    if any(address in network for network in _TRANSLATED):
        found.append(IPv4Address(int(address) & 0xFFFFFFFF))
    return [one for one in found if one is not None]
