"""What REDIS_URL may be: one server, a cluster, or a master that sentinels name.

    redis://user:password@host:port/db      rediss:// with TLS      unix:///path?db=0
    redis+cluster://user:password@host:port,host:port      some nodes; the others are found through them
    redis+sentinel://user:password@host:port,host:port/master/db      sentinels, and what they call the master
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal
from urllib.parse import parse_qsl, unquote, urlsplit

REDIS_PORT, SENTINEL_PORT = 6379, 26379
# By scheme. What would switch off the look at certificates, or our own times, is no option.
OPTIONS = {"redis": ("db",), "rediss": ("db", "ssl_ca_certs", "ssl_certfile", "ssl_keyfile"), "unix": ("db",)}
PLAIN = tuple(OPTIONS)
PORT_ADVICE = "give each host a port between 1 and 65535, like host:6379"
ADVICE = "write it like redis://user:password@host:6379/0 (rediss:// for TLS, unix:///run/redis/redis.sock?db=0)"
LETTERS = "; write the characters / ? # @ of a password as %2F %3F %23 %40"


@dataclass(frozen=True)
class Place:
    """`hosts` and `options` (of connections) are for clusters and sentinels; a plain URL is redis-py's own business."""

    kind: Literal["plain", "cluster", "sentinel"]
    hosts: tuple[tuple[str, int], ...] = ()
    master: str = ""
    options: dict[str, Any] = field(default_factory=dict, repr=False)


def read_url(url: str) -> Place:
    """ValueError says in half a sentence what to write; it quotes nothing, since there may be a password."""
    scheme, _, rest = url.partition("://")
    scheme = scheme.lower()  # RFC 3986, 3.1
    secure, _, kind = scheme.partition("+")
    if scheme in PLAIN:
        _check_plain(scheme, url)
        return Place("plain")
    if secure not in ("redis", "rediss") or kind not in ("cluster", "sentinel"):
        raise ValueError("begin with redis://, rediss://, unix://, redis+cluster:// or redis+sentinel://")
    # Not by urlsplit, which since CVE-2024-11168 refuses an address in brackets behind another host.
    netloc, _, path = rest.partition("/")
    options = _login(netloc)
    if secure == "rediss":
        options["ssl"] = True
    if kind == "cluster":
        return _cluster(netloc, path, options)
    return _sentinel(netloc, path, options)


def _check_plain(scheme: str, url: str) -> None:
    """redis-py overlooks a database that is no number and options that it does not know."""
    try:
        parts, port = urlsplit(url), urlsplit(url).port
    except ValueError:  # which may quote all of it
        raise ValueError(ADVICE + LETTERS if "@" in url else ADVICE) from None
    options = parse_qsl(parts.query, keep_blank_values=True)
    databases = [value for name, value in options if name == "db"]
    if scheme == "unix":
        place = parts.path
    else:
        place = parts.hostname or ""
        databases += [parts.path[1:]] if parts.path not in ("", "/") else []
    if place == "" or port == 0 or parts.fragment != "" or any(character.isspace() for character in url):
        raise ValueError(ADVICE + LETTERS if "@" in url else ADVICE)
    if len(databases) > 1 or not all(_is_database(database) for database in databases):
        raise ValueError("end with the number of the database, such as /0 (?db=0 behind the path of a socket)")
    if any(name not in OPTIONS[scheme] for name, _ in options):
        raise ValueError(f"leave out what is behind the ?, all but {', '.join(OPTIONS[scheme])}")


def _is_database(text: str) -> bool:
    return text.isascii() and text.isdecimal()


def _cluster(netloc: str, path: str, options: dict[str, Any]) -> Place:
    if path.strip("/") not in ("", "0"):
        raise ValueError("leave out the number at the end: a cluster has one database")
    return Place("cluster", _hosts(netloc, REDIS_PORT), options=options)


def _sentinel(netloc: str, path: str, options: dict[str, Any]) -> Place:
    master, _, database = path.strip("/").partition("/")
    if master == "" or not _is_database(database or "0"):
        raise ValueError("end with the name of the master and the database: redis+sentinel://host:26379/mymaster/0")
    options["db"] = int(database or "0")
    return Place("sentinel", _hosts(netloc, SENTINEL_PORT), master, options)


def _login(netloc: str) -> dict[str, Any]:
    user, _, password = netloc.rpartition("@")[0].partition(":")
    given = {"username": unquote(user), "password": unquote(password)}
    return {name: value for name, value in given.items() if value != ""}


def _hosts(netloc: str, default_port: int) -> tuple[tuple[str, int], ...]:
    found: list[tuple[str, int]] = []
    for text in netloc.rpartition("@")[2].split(","):
        try:
            parts = urlsplit(f"//{text}")
            port = parts.port
        except ValueError:
            raise ValueError(PORT_ADVICE) from None
        if not parts.hostname or parts.query != "" or parts.fragment != "":
            raise ValueError("name one host or several with commas")
        if port == 0:
            raise ValueError(PORT_ADVICE)
        found.append((parts.hostname, port or default_port))
    return tuple(found)
