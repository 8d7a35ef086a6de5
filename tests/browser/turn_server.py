"""A TURN server of our own (coturn), with the shared-secret scheme that signaling mints credentials for."""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager

from examples.demo.server import free_port

SECRET = "only-for-tests-and-so-nobody-else"
STARTS_WITHIN_S = 10.0
BINDING_REQUEST = bytes.fromhex("00010000" "2112a442") + bytes(12)  # RFC 8489, 5: no attributes, any transaction id


@contextmanager
def turn_server() -> Iterator[str]:
    """Its URL, over TCP: what still works where UDP is blocked."""
    program = shutil.which("turnserver")
    assert program is not None, "no turnserver on the PATH: run `make test`, or install coturn"
    port = free_port()
    options = [
        "-n", "--no-cli", "--no-tls", "--no-dtls", "--log-file=/dev/null", "--pidfile=", "--realm=chat.test",
        f"--listening-port={port}", "--listening-ip=127.0.0.1", "--relay-ip=127.0.0.1", "--allow-loopback-peers",
        "--use-auth-secret", f"--static-auth-secret={SECRET}",
    ]  # fmt: skip
    process = subprocess.Popen([program, *options], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_until_it_listens(port)
        wait_until_it_answers(port)
        yield f"turn:127.0.0.1:{port}?transport=tcp"
    finally:
        process.terminate()
        process.wait(timeout=10)


def wait_until_it_answers(port: int, within_s: float = STARTS_WITHIN_S) -> None:
    """By UDP, where it listens a little later than by TCP."""
    deadline = time.monotonic() + within_s
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        asking.settimeout(0.2)
        asking.connect(("127.0.0.1", port))
        while True:
            try:
                asking.send(BINDING_REQUEST)
                asking.recv(1500)
                return
            except OSError:
                assert time.monotonic() < deadline, f"nobody answers at port {port}"
                time.sleep(0.02)


def wait_until_it_listens(port: int, within_s: float = STARTS_WITHIN_S) -> None:
    deadline = time.monotonic() + within_s
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            assert time.monotonic() < deadline, f"nobody listens on port {port}"
            time.sleep(0.02)
