"""How the host and port of an address are written: one form for sites, services, STUN and TURN."""

from __future__ import annotations

import re
from ipaddress import IPv4Address, IPv6Address, ip_address

MAX_NAME_CHARS = 253
MOST_PORT = 65_535
SHOWN_CHARS = 80
_LOGIN = re.compile(r"(:/*)[^/]*@")
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_NAME = re.compile(rf"(?:{_LABEL}\.)*{_LABEL}")
# The URL standard takes whatever ends in a number for an IPv4 address, be it octal or hexadecimal.
_NUMBER_LAST = re.compile(r"(?:.*\.)?(?:[0-9]+|0x[0-9a-f]*)")
_AUTHORITY = re.compile(r"(?:\[(?P<v6>[^\]]*)\]|(?P<host>[^:]*))(?::(?P<port>[1-9][0-9]{0,4}))?")


def split(authority: str) -> tuple[str, int | None]:
    """Host and port of `host`, `host:port`, `[::1]:port`. ValueError where one is none."""
    found = _AUTHORITY.fullmatch(authority)
    if found is None or not (is_address(found["v6"], 6) if found["host"] is None else is_host(found["host"])):
        raise ValueError("no host")
    port = None if found["port"] is None else int(found["port"])
    if port is not None and port > MOST_PORT:
        raise ValueError("no port")
    return found["host"] or found["v6"], port


def quoted(text: str) -> str:
    """What somebody wrote, as an error shows it: its beginning, without the user and the password of a URL."""
    return repr(_LOGIN.sub(r"\1", text)[:SHOWN_CHARS])


def is_host(text: str) -> bool:
    """A name in small letters (RFC 1123, 2.1; others than a to z as xn--...), or an IPv4 address."""
    if _NUMBER_LAST.fullmatch(text) is not None:
        return is_address(text, 4)
    return len(text) <= MAX_NAME_CHARS and _NAME.fullmatch(text) is not None


def is_address(text: str, version: int | None = None) -> bool:
    """An IP address as browsers write it: no zeros in front, IPv6 as short as can be."""
    address = _address(text)
    return address is not None and str(address) == text and "%" not in text and version in (None, address.version)


def is_loopback(host: str) -> bool:
    """This machine, for whoever asks. What is bound to all addresses is no place to go to either."""
    address = _address(host)
    if address is None:
        return host == "localhost" or host.endswith(".localhost")
    return address.is_loopback or address.is_unspecified


def _address(text: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(text)
    except ValueError:
        return None
