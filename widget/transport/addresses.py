"""Parts of the services' addresses."""

from __future__ import annotations


def host_of(url: str) -> str:
    """`host[:port]` of an absolute URL, as the Host header has it."""
    host = url.split("/")[2]
    default_port = ":443" if url.startswith("https") else ":80"
    return host[: -len(default_port)] if host.endswith(default_port) else host


def is_local(host: str) -> bool:
    return host.split(":")[0] in ("localhost", "127.0.0.1") or host.startswith("[::1]")


def socket_url(signaling_url: str) -> str:
    """Where the signaling socket is: http becomes ws, https becomes wss."""
    return f"ws{signaling_url[4:]}/ws"
