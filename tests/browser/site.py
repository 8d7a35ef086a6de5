"""The demo as tests run it: in a thread, on a free port."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from examples.demo.app import Demo, DemoSettings
from examples.demo.mailbox import Mailbox
from examples.demo.server import listen, port_of, serving


@dataclass(frozen=True)
class Site:
    """`origin` is where its pages are, `other_origin` the same server under another name."""

    origin: str
    other_origin: str
    service_key: str
    mailbox: Mailbox


@contextmanager
def running_site(keys: Path, redis_url: str | None) -> Iterator[Site]:
    listener = listen(0)
    port = port_of(listener)
    demo = Demo(
        DemoSettings(port=port, key_folder=keys / "keys", log_file=keys / "demo.log", redis_url=redis_url)
    )
    with serving(demo.app, listener):
        yield Site(f"http://127.0.0.1:{port}", f"http://localhost:{port}", demo.service_key, demo.mailbox)
