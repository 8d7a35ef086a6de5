"""REDIS_URL in all its forms, and what is said of those that are none."""

from __future__ import annotations

import pytest

from auth.store.urls import Place, read_url

LOGIN = {"username": "ann", "password": "p@s:s"}


@pytest.mark.parametrize(("url", "place"), [
    ("redis://localhost", Place("plain")),
    ("rediss://ann:secret@host:6380/1", Place("plain")),
    ("unix:///run/redis.sock?db=1", Place("plain")),
    ("unix://ann:secret@/run/redis.sock", Place("plain")),
    ("redis://host/?db=2", Place("plain")),
    ("REDISS://[::1]:6380/15?ssl_ca_certs=/etc/ca.pem&ssl_certfile=/c.pem&ssl_keyfile=/k.pem", Place("plain")),
    ("redis+cluster://one", Place("cluster", (("one", 6379),))),
    ("Redis+Cluster://one", Place("cluster", (("one", 6379),))),
    ("redis+cluster://one:7000,two:7001,[::1]:7002/", Place("cluster", (("one", 7000), ("two", 7001), ("::1", 7002)))),
    ("redis+cluster://ann:p%40s%3As@one/0", Place("cluster", (("one", 6379),), options=LOGIN)),
    ("rediss+cluster://one", Place("cluster", (("one", 6379),), options={"ssl": True})),
    ("redis+sentinel://one,two:26380/chat", Place("sentinel", (("one", 26379), ("two", 26380)), "chat", {"db": 0})),
    ("rediss+sentinel://:p@one/chat/3", Place(
        "sentinel", (("one", 26379),), "chat", {"password": "p", "ssl": True, "db": 3}
    )),
])
def test_a_url_says_where_redis_is(url: str, place: Place) -> None:
    assert read_url(url) == place


@pytest.mark.parametrize(("url", "advice"), [
    ("", "begin with redis://"),
    ("http://localhost", "begin with redis://"),
    ("localhost:6379", "begin with redis://"),
    ("unix+cluster://x", "begin with redis://"),
    ("redis://", "write it like redis://"),
    ("redis:///0", "write it like redis://"),
    ("redis://host:0", "write it like redis://"),
    ("redis://host:x", "write it like redis://"),
    ("redis://host\u2100", "write it like redis://"),
    ("redis://[host", "write it like redis://"),
    ("redis://host/0#1", "write it like redis://"),
    ("redis://ho st/0", "write it like redis://"),
    ("unix://", "write it like redis://"),
    ("redis://host/abc", "the number of the database"),
    ("redis://host/-1", "the number of the database"),
    ("redis://host/0/1", "the number of the database"),
    ("redis://host/\u0663", "the number of the database"),
    ("redis://host/1?db=2", "the number of the database"),
    ("unix:///run/redis.sock?db=x", "the number of the database"),
    ("redis://host?foo=bar", "leave out what is behind"),
    ("redis://host/0?ssl_ca_certs=/etc/ca.pem", "leave out what is behind"),
    ("rediss://host/0?ssl_cert_reqs=none", "all but db, ssl_ca_certs"),
    ("rediss://host/0?ssl_check_hostname=false", "all but db, ssl_ca_certs"),
    ("redis://host/0?socket_timeout", "leave out what is behind"),
    ("redis+cluster://one:0", "a port between 1 and 65535"),
    ("redis+cluster://one?db=0", "name one host"),
    ("redis+cluster://one#two", "name one host"),
    ("redis+sentinel://one/chat/-1", "the name of the master"),
    ("redis+sentinel://one/chat/0?db=1", "the name of the master"),
    ("redis+cluster://one/1", "a cluster has one database"),
    ("redis+cluster://", "name one host"),
    ("redis+cluster://one,,two", "name one host"),
    ("redis+cluster://one:70000", "a port between 1 and 65535"),
    ("redis+cluster://one:x", "a port between 1 and 65535"),
    ("redis+sentinel://one", "the name of the master"),
    ("redis+sentinel://one/chat/x", "the name of the master"),
])
def test_what_is_no_url_of_redis_is_told_without_quoting_it(url: str, advice: str) -> None:
    with pytest.raises(ValueError, match=advice) as caught:
        read_url(url.replace("://", "://ann:hidden@", 1) if "://" in url and url != "redis://" else url)
    assert "hidden" not in str(caught.value)


def test_no_password_is_shown() -> None:
    assert "hidden" not in repr(read_url("redis+cluster://ann:hidden@one"))
