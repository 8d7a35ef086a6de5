"""Whether a service can listen where its settings say, found out before it starts."""

from __future__ import annotations

import errno
import socket

from auth.environment import SettingsError

ADVICE = "write an address of this machine, such as 127.0.0.1, or 0.0.0.0 for all"
SENTENCES = {
    errno.EADDRINUSE: "{host} port {port} is taken, by another program or by this service, which runs already: "
    "stop that, or set {prefix}PORT to another number.",
    errno.EADDRNOTAVAIL: "{prefix}HOST is {host}, which is no address of this machine: " + ADVICE + ".",
    errno.EACCES: "{prefix}PORT is {port}, which only root may take: set it to one above 1023, where the proxy asks.",
}


def refuse_place(prefix: str, host: str, port: int) -> None:
    """SettingsError says what to write. `prefix` is that of the service's settings."""
    try:
        places = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except OSError as error:
        raise SettingsError(f"{prefix}HOST is {host}, a name that does not resolve: {ADVICE}.") from error
    for family, kind, protocol, _, place in places:
        try:
            _try(socket.socket(family, kind, protocol), place)
        except OSError as error:
            sentence = SENTENCES.get(error.errno or 0)
            if sentence is not None:
                raise SettingsError(sentence.format(prefix=prefix, host=host, port=port)) from error


def _try(listener: socket.socket, place: object) -> None:
    with listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as the server will
        if listener.family == socket.AF_INET6:
            listener.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        listener.bind(place)  # type: ignore[arg-type]
