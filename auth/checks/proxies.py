"""The doctor looks at whom the settings believe what they say about visitors' addresses."""

from __future__ import annotations

from collections.abc import Collection
from ipaddress import IPv4Network

from auth.checks.finding import Finding, doubt
from auth.networks import NO_PROXY, UNIX_SOCKET, Network, is_own, network

WHAT = "proxies"
# What one machine room has; more of the internet is a CDN, whose addresses its other customers may call from as well.
WIDEST_IPV4, WIDEST_IPV6 = 24, 48


def findings(trusted: Collection[str]) -> list[Finding]:
    """One for all of them: a CDN has some twenty."""
    named = [network(proxy) for proxy in trusted if proxy not in (UNIX_SOCKET, NO_PROXY)]
    wide = sorted((one for one in named if _is_wide(one)), key=lambda one: one.prefixlen)
    if len(wide) == 0:
        return []
    more = "" if len(wide) == 1 else f" and {len(wide) - 1} more of TRUSTED_PROXIES"
    return [doubt(WHAT, f"whoever calls from {wide[0]}{more} can name any address as a visitor's, past all limits: "
                        "name no more than what your CDN publishes, and let nobody come to this machine who is only "
                        "another customer of it (a client certificate or a secret header of the CDN).")]


def _is_wide(one: Network) -> bool:
    return not is_own(one) and one.prefixlen < (WIDEST_IPV4 if isinstance(one, IPv4Network) else WIDEST_IPV6)
