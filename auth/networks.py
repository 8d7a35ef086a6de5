"""Whom to believe what it says about others: the addresses and networks of the proxies in front.

What is none raises ValueError with half a sentence: what to write instead.
"""

from __future__ import annotations

from ipaddress import IPv4Network, IPv6Network, collapse_addresses, ip_network

from auth import hosts

UNIX_SOCKET = "unix"  # whoever calls through a socket of this machine
NO_PROXY = "none"
# The widest networks that one owner has: 10.0.0.0/8 and fd00::/8 of one's own (RFC 1918, RFC 4193). Of the internet's
# IPv6 even the largest providers hold less than a /16; of its IPv4 no CDN names a network wider than a /10, as
# Akamai's 104.64.0.0/10 is.
WIDEST_IPV4, WIDEST_PUBLIC_IPV4, WIDEST_IPV6, WIDEST_OWN_IPV6 = 8, 10, 16, IPv6Network("fd00::/8")
# Where IPv6 has the whole of IPv4 within: RFC 4291, 2.5.5.2 and RFC 6052, 2.1.
ALL_IPV4 = (IPv6Network("::ffff:0:0/96"), IPv6Network("64:ff9b::/96"))
# Where nobody comes from whom one's own router or provider does not let in: RFC 1918, 6598, 1122, 3927, 4193, 4291.
OWN = tuple(ip_network(text) for text in (
    "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16",
    "fc00::/7", "fe80::/10", "::1/128",
))  # fmt: skip
ADVICE = "write the addresses or networks of the proxies, such as 127.0.0.1 or 10.0.0.0/8"

Network = IPv4Network | IPv6Network


def networks(items: tuple[str, ...]) -> tuple[str, ...]:
    """Addresses, networks and `unix`; or `none` alone."""
    if NO_PROXY in items:
        if len(items) > 1:
            raise ValueError(f"{NO_PROXY} stands alone, for a service that no proxy stands in front of")
        return items
    found = [item if item == UNIX_SOCKET else _network(item) for item in items]
    _refuse_wide([one for one in found if not isinstance(one, str)])
    return tuple(one if isinstance(one, str) else _written(one) for one in found)


def network(text: str) -> Network:
    """An address or a network; an IPv4 address in IPv6 clothes is the IPv4 address."""
    found = ip_network(text, strict=False)
    mapped = found.network_address.ipv4_mapped if isinstance(found, IPv6Network) else None
    return found if mapped is None or found.prefixlen < 96 else IPv4Network((mapped, found.prefixlen - 96))


def is_own(one: Network) -> bool:
    """Whether all of it is of one's own networks, or of this machine."""
    return any(_is_within(one, own) for own in OWN)


def _is_within(one: Network, other: Network) -> bool:
    return one.version == other.version and one.subnet_of(other)  # type: ignore[arg-type]


def _network(text: str) -> Network:
    try:
        return network(text)
    except ValueError:
        raise ValueError(f"{hosts.quoted(text)} is no address; {ADVICE}") from None


def _refuse_wide(found: list[Network]) -> None:
    """Together too, since two halves are the whole."""
    fours = collapse_addresses(one for one in found if isinstance(one, IPv4Network))
    sixes = collapse_addresses(one for one in found if isinstance(one, IPv6Network))
    together: list[Network] = [*fours, *sixes]
    for one in together:
        if _is_wide(one):
            raise ValueError(f"{one} would let too many name any address as theirs; {ADVICE}")


def _is_wide(one: Network) -> bool:
    if isinstance(one, IPv4Network):
        return one.prefixlen < (WIDEST_IPV4 if is_own(one) else WIDEST_PUBLIC_IPV4)
    own = one.subnet_of(WIDEST_OWN_IPV6)
    return (one.prefixlen < WIDEST_IPV6 and not own) or any(hidden.subnet_of(one) for hidden in ALL_IPV4)


def _written(one: Network) -> str:
    return str(one.network_address) if one.num_addresses == 1 else str(one)
