"""The forms that settings have: addresses of services, a sender. Each function gives it as it counts.

What is none raises ValueError with half a sentence: what to write instead.
"""

from __future__ import annotations

import re
from email.headerregistry import Address
from urllib.parse import SplitResult, urlsplit

from email_validator import EmailNotValidError, validate_email

from auth import hosts
from auth.origins import DEFAULT_PORTS
from auth.store.urls import read_url

LEAST_SECRET_CHARS = 32
SMTP_SCHEMES = ("smtp", "smtps")
SCHEME_OF = {25: "smtp", 465: "smtps", 587: "smtp"}
PORTS = "at 465 TLS begins with the first byte, at 587 and 25 later (RFC 8314)"
_SENDER = re.compile(r'\s*(?:(?P<name>[^<>]*?)\s*<(?P<within>[^<>]*)>|(?P<bare>[^<>\s]+))\s*')
_BUCKET = re.compile(r"s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](/[A-Za-z0-9._-]+)*")
_ICE = re.compile(r"(?:(?P<stun>stuns?)|(?P<turn>turns?)):(?P<place>[^?]+)(?(turn)(?:\?transport=(?:udp|tcp))?)")


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
    if parts.password and not parts.username:
        raise ValueError("write the user before the colon: without one nobody signs in, whatever the password")
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
