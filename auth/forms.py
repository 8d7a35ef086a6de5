"""The forms that settings have: addresses of services, networks, a sender. Each function gives it as it counts.

What is none raises ValueError with half a sentence: what to write instead.
"""

from __future__ import annotations

import re
from email.headerregistry import Address
from ipaddress import IPv4Network, IPv6Network, collapse_addresses, ip_network
from urllib.parse import SplitResult, urlsplit

from email_validator import EmailNotValidError, validate_email

from auth import hosts
from auth.origins import DEFAULT_PORTS
from auth.store.urls import read_url

UNIX_SOCKET = "unix"  # among proxies: whoever calls through a socket of this machine
NO_PROXY = "none"
# The widest networks that one owner has: 10.0.0.0/8 and fd00::/8 of one's own (RFC 1918, RFC 4193). Of the internet's
# IPv6 even the largest providers hold less than a /16.
WIDEST_IPV4, WIDEST_IPV6, WIDEST_OWN_IPV6 = 8, 16, IPv6Network("fd00::/8")
# Where IPv6 has the whole of IPv4 within: RFC 4291, 2.5.5.2 and RFC 6052, 2.1.
ALL_IPV4 = (IPv6Network("::ffff:0:0/96"), IPv6Network("64:ff9b::/96"))
PROXY_ADVICE = "write the addresses or networks of the proxies, such as 127.0.0.1 or 10.0.0.0/8"
LEAST_SECRET_CHARS = 32
SMTP_SCHEMES = ("smtp", "smtps")
SCHEME_OF = {25: "smtp", 465: "smtps", 587: "smtp"}
PORTS = "at 465 TLS begins with the first byte, at 587 and 25 later (RFC 8314)"
_SENDER = re.compile(r'\s*(?:(?P<name>[^<>]*?)\s*<(?P<within>[^<>]*)>|(?P<bare>[^<>\s]+))\s*')
_BUCKET = re.compile(r"s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](/[A-Za-z0-9._-]+)*")
_ICE = re.compile(r"(?:(?P<stun>stuns?)|(?P<turn>turns?)):(?P<place>[^?]+)(?(turn)(?:\?transport=(?:udp|tcp))?)")

Network = IPv4Network | IPv6Network


def listed(given: object) -> tuple[str, ...]:
    """A list with commas; what is empty in it does not count."""
    items = given.split(",") if isinstance(given, str) else [str(item) for item in given]  # type: ignore[attr-defined]
    return tuple(item.strip() for item in items if item.strip() != "")


def redis_url(text: str) -> str:
    """One server, a cluster or a master that sentinels name (auth/store/urls.py)."""
    read_url(text)
    return text


def secret(text: str) -> str:
    """Nothing, or something that nobody guesses."""
    if 0 < len(text) < LEAST_SECRET_CHARS:
        raise ValueError(f"write {LEAST_SECRET_CHARS} random characters or more: `openssl rand -hex 32` makes 64")
    return text


def shelf(text: str) -> str:
    """A folder, or a bucket with or without a place in it."""
    if "://" in text and _BUCKET.fullmatch(text) is None:
        raise ValueError("write a folder like /var/lib/chat-emotes, or s3://bucket/prefix")
    return text


def smtp_url(text: str) -> str:
    advice = "write it like smtp://user:password@host:587, or smtps://user:password@host:465 for TLS from the start"
    parts = _parts(text, SMTP_SCHEMES, advice)
    place = parts.netloc.rpartition("@")[2].lower()
    if not _is_place(place) or parts.path not in ("", "/") or parts.query != "" or parts.fragment != "":
        raise ValueError(advice + "; write the characters / ? # @ of a password as %2F %3F %23 %40")
    if parts.port in SCHEME_OF and parts.scheme != SCHEME_OF[parts.port]:
        raise ValueError(f"write {SCHEME_OF[parts.port]}:// before the port {parts.port}, or another port: {PORTS}")
    if parts.username and not parts.password:
        raise ValueError("write the password behind the user, with a colon between")
    return text


def web_url(text: str) -> str:
    """Without the slash at its end."""
    advice = "write it like https://chat.example.org, with a path if there is one, and nothing after it"
    parts = _parts(text, ("https", "http"), advice)
    if parts.netloc != parts.netloc.lower():
        raise ValueError("write the name of the host in small letters, as browsers send it")
    if not _is_place(parts.netloc) or "?" in text or "#" in text:  # an empty query would be kept too
        raise ValueError(advice)
    return text.rstrip("/")


def public_url(text: str, ending: str) -> str:
    """Where pages find a service: as browsers write it, without `ending`, which pages put behind it."""
    found = web_url(text)
    parts = urlsplit(found)
    if parts.port == DEFAULT_PORTS[parts.scheme]:
        raise ValueError(f"leave out the port {parts.port}, as browsers do")
    if parts.path.endswith(ending):
        raise ValueError(f"leave out {ending} at the end: pages add it")
    return found


def listening(text: str) -> str:
    """An address of this machine, or a name for one."""
    if not (hosts.is_host(text) or hosts.is_address(text)):
        raise ValueError("write an address of this machine, such as 127.0.0.1, or 0.0.0.0 for all")
    return text


def networks(given: object) -> tuple[str, ...]:
    """Whom to believe what it says about others: addresses, networks and `unix`; or `none` alone."""
    items = listed(given)
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


def _network(text: str) -> Network:
    try:
        return network(text)
    except ValueError:
        raise ValueError(f"{hosts.quoted(text)} is no address; {PROXY_ADVICE}") from None


def _refuse_wide(found: list[Network]) -> None:
    """Together too, since two halves are the whole."""
    fours = collapse_addresses(one for one in found if isinstance(one, IPv4Network))
    sixes = collapse_addresses(one for one in found if isinstance(one, IPv6Network))
    together: list[Network] = [*fours, *sixes]
    for one in together:
        if _is_wide(one):
            raise ValueError(f"{one} would let too many name any address as theirs; {PROXY_ADVICE}")


def _is_wide(one: Network) -> bool:
    if isinstance(one, IPv4Network):
        return one.prefixlen < WIDEST_IPV4
    own = one.subnet_of(WIDEST_OWN_IPV6)
    return (one.prefixlen < WIDEST_IPV6 and not own) or any(hidden.subnet_of(one) for hidden in ALL_IPV4)


def _written(one: Network) -> str:
    return str(one.network_address) if one.num_addresses == 1 else str(one)


def sender(text: str) -> str:
    """The header From as mail programs take it: the name quoted where it must be, the domain in ASCII."""
    advice = "write it like Chat <no-reply@chat.example.org>"
    match = _SENDER.fullmatch(text)
    if match is None or any(ord(character) < 32 or ord(character) == 127 for character in text):
        raise ValueError(advice)
    name, address = (match["name"] or "").strip(), match["within"] if match["bare"] is None else match["bare"]
    if len(name) >= 2 and name.startswith('"') and name.endswith('"'):
        name = re.sub(r"\\(.)", r"\1", name[1:-1])
    try:
        found = validate_email(
            address, check_deliverability=False, allow_smtputf8=False, globally_deliverable=False, test_environment=True
        )
    except EmailNotValidError:
        raise ValueError(f"there is no address that mail can come from; {advice}") from None
    return str(Address(name, addr_spec=f"{found.ascii_local_part}@{found.ascii_domain}"))


def ice_urls(given: object, *schemes: str) -> str:
    """STUN or TURN servers (RFC 7064, 7065), with commas."""
    items = listed(given)
    for item in items:
        match = _ICE.fullmatch(item)
        if match is None or (match["stun"] or match["turn"]) not in schemes or not _is_place(match["place"]):
            raise ValueError(f"{hosts.quoted(item)} is none; write it like {schemes[0]}:chat.example.org:3478")
    return ",".join(items)


def _is_place(text: str) -> bool:
    """A host with or without a port."""
    try:
        hosts.split(text)
    except ValueError:
        return False
    return True


def _parts(text: str, schemes: tuple[str, ...], advice: str) -> SplitResult:
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        raise ValueError(advice) from None
    if parts.scheme not in schemes or port == 0 or any(character.isspace() for character in text):
        raise ValueError(advice)
    return parts
