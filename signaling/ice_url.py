"""Addresses of STUN and TURN servers (RFC 7064, RFC 7065)."""

from __future__ import annotations

from dataclasses import dataclass

UDP_PORT, TLS_PORT = 3478, 5349


@dataclass(frozen=True)
class Server:
    """What is in such an address."""

    url: str
    host: str
    port: int
    transport: str
    secure: bool


def urls_of(text: str) -> list[str]:
    """A setting with commas."""
    return [url.strip() for url in text.split(",") if url.strip() != ""]


def servers_of(text: str) -> list[Server]:
    return [read_server(url) for url in urls_of(text)]


def read_server(url: str) -> Server:
    scheme, _, rest = url.partition(":")
    place, _, query = rest.partition("?")
    secure = scheme in ("turns", "stuns")
    transport = query.partition("=")[2] or ("tcp" if secure else "udp")
    host, _, port = place.rpartition(":") if place.rpartition(":")[2].isdecimal() else (place, "", "")
    return Server(url, host.strip("[]"), int(port or (TLS_PORT if secure else UDP_PORT)), transport, secure)
