"""The demo's web server: in the foreground for people, in a thread for tests."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import uvicorn
from starlette.types import ASGIApp

HOST = "127.0.0.1"
STARTS_WITHIN_S = 30.0
CHOOSE = "make demo PORT=8001, or --port"


class PortTaken(Exception):
    """Nothing can listen there; the message says why and what to do."""


def listen(port: int, host: str = HOST) -> socket.socket:
    """A listening socket; port 0 takes a free one."""
    # With the protocol's number asyncio sends at once (TCP_NODELAY); without it messages may wait for 40 ms.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except PermissionError as error:
        listener.close()
        raise PortTaken(f"you may not use port {port}: choose one from 1024 on ({CHOOSE})") from error
    except OSError as error:
        listener.close()
        words = f"port {port} of {host} is taken: stop what listens there, or choose another ({CHOOSE})"
        raise PortTaken(words) from error
    listener.listen(128)
    return listener


def port_of(listener: socket.socket) -> int:
    port: int = listener.getsockname()[1]
    return port


def free_port() -> int:
    with listen(0) as listener:
        return port_of(listener)


def server(app: ASGIApp) -> uvicorn.Server:
    """As the services run: small frames, no compression of what is encrypted anyway, a bounded queue."""
    return uvicorn.Server(
        uvicorn.Config(
            app,
            log_level="warning",
            lifespan="on",
            ws="websockets-sansio",
            ws_max_size=32_768,
            ws_max_queue=16,
            ws_per_message_deflate=False,
            timeout_graceful_shutdown=1,
            server_header=False,
        )
    )


def serve(app: ASGIApp, listener: socket.socket) -> None:
    """Until Ctrl-C or SIGTERM."""
    with suppress(KeyboardInterrupt):
        server(app).run(sockets=[listener])


@contextmanager
def serving(app: ASGIApp, listener: socket.socket) -> Iterator[None]:
    """Serves in a thread as long as the block runs."""
    running = server(app)
    thread = threading.Thread(target=running.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    deadline = time.monotonic() + STARTS_WITHIN_S
    while not running.started and thread.is_alive() and time.monotonic() < deadline:
        time.sleep(0.01)
    if not running.started:
        raise RuntimeError("the demo's server did not start")
    try:
        yield
    finally:
        running.should_exit = True
        thread.join(timeout=10)
        listener.close()
