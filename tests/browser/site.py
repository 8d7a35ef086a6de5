"""The demo as tests run it: in a thread, on a free port."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from examples.demo.app import Demo, DemoSettings
from examples.demo.mailbox import Mailbox
from examples.demo.server import listen, port_of, serving


@dataclass(frozen=True)
class Site:
    """`origin` is where its pages and services are, `redis_url` where they keep what they know."""

    origin: str
    redis_url: str
    service_key: str
    mailbox: Mailbox


@contextmanager
def running_site(keys: Path, redis_url: str, sign_in: dict[str, Any] | None = None) -> Iterator[Site]:
    """`sign_in` are settings of the sign-in service that differ from the demo's."""
    listener = listen(0)
    port = port_of(listener)
    demo = Demo(
        DemoSettings(port, keys / "keys", log_file=keys / "demo.log", redis_url=redis_url, sign_in=sign_in or {})
    )
    with serving(demo.app, listener):
        yield Site(f"http://127.0.0.1:{port}", redis_url, demo.service_key, demo.mailbox)
