"""A real redis-server of a test run's own: on a unix socket or a port, without files, ended with the run."""

from __future__ import annotations

import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from redis import Redis
from redis.exceptions import ConnectionError as RedisConnectionError

from auth.store.rules import Rules

PATIENCE_S = 20.0
# For stores that many tests at once drive to the limit of the cores; elsewhere tests have what ships.
PATIENT = Rules(timeout_ms=10_000, wait_ms=40_000)


class RedisServer:
    """`url` is what services take, TCP when there is a `port`. It can be stopped, started empty again, and frozen."""

    def __init__(self, folder: Path, port: int = 0) -> None:
        self._socket = folder / "redis.sock"
        self._port = port
        self._process: subprocess.Popen[bytes] | None = None
        self.url = f"unix://{self._socket}?db=0" if port == 0 else f"redis://127.0.0.1:{port}/0"

    def start(self) -> None:
        program = shutil.which("redis-server")
        assert program is not None, "no redis-server on the PATH: run `make test`, or install redis-server"
        self._socket.unlink(missing_ok=True)
        places = ["--port", str(self._port), "--bind", "127.0.0.1", "--unixsocket", str(self._socket)]
        command = [program, *places, "--dir", str(self._socket.parent), "--save", "", "--appendonly", "no"]
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        deadline_s = time.monotonic() + PATIENCE_S
        while not self._answers():
            if time.monotonic() > deadline_s:
                raise AssertionError("redis-server does not start")
            time.sleep(0.02)

    def stop(self) -> None:
        if self._process is not None:
            self._process.send_signal(signal.SIGCONT)
            self._process.kill()
            self._process.wait()
            self._process = None

    def freeze(self) -> None:
        """It stays connected and answers nothing."""
        self._signal(signal.SIGSTOP)

    def thaw(self) -> None:
        self._signal(signal.SIGCONT)

    def cut_subscribers(self) -> None:
        """Whoever listens to channels is disconnected."""
        self._client().client_kill_filter(_type="pubsub")

    def clear(self) -> None:
        self._client().flushall()

    def dump(self) -> bytes:
        """Everything that is stored, keys and values, as one thief would read it."""
        client = self._client()
        parts: list[bytes] = []
        for key in client.scan_iter():
            parts.append(key)
            kind = client.type(key)
            if kind == b"string":
                parts.append(client.get(key))
            elif kind == b"hash":
                parts += [item for pair in client.hgetall(key).items() for item in pair]
            elif kind == b"zset":
                parts += [member for member, _ in client.zrange(key, 0, -1, withscores=True)]
            elif kind == b"set":
                parts += list(client.smembers(key))
            elif kind == b"list":
                parts += client.lrange(key, 0, -1)
            else:
                raise AssertionError(f"a dump does not know {kind!r}")
        return b"\n".join(parts)

    def _client(self) -> Any:
        client: Any = Redis.from_url(self.url)
        return client

    def _answers(self) -> bool:
        try:
            return self._socket.exists() and bool(self._client().ping())
        except (RedisConnectionError, OSError):
            return False

    def _signal(self, number: signal.Signals) -> None:
        assert self._process is not None
        self._process.send_signal(number)


@contextmanager
def running_redis(port: int = 0) -> Iterator[RedisServer]:
    with tempfile.TemporaryDirectory(prefix="cw") as folder:
        server = RedisServer(Path(folder), port)
        try:
            server.start()
            yield server
        finally:
            server.stop()


@pytest.fixture(scope="session")
def redis_process() -> Iterator[RedisServer]:
    """One server per test worker."""
    with running_redis() as server:
        yield server


@pytest.fixture
def redis_server(redis_process: RedisServer) -> RedisServer:
    """The worker's server, emptied."""
    redis_process.clear()
    return redis_process
