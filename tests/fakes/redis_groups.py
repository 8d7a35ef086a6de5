"""Real Redis servers that belong together: three masters and a replica as a cluster, a master under a sentinel."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from redis import Redis
from redis.exceptions import RedisError

from tests.fakes.serving import free_ports

PATIENCE_S = 30.0
NODE_TIMEOUT_MS = 500
SLOTS = 16384
MASTERS = 3


class Node:
    """One redis-server on a port of its own."""

    def __init__(self, folder: Path, port: int, *options: str) -> None:
        self.port = port
        self._folder = folder / str(self.port)
        self._folder.mkdir(parents=True)
        self._options = options
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        program = shutil.which("redis-server")
        assert program is not None, "no redis-server on the PATH: run `make test`, or install redis-server"
        places = ["--port", str(self.port), "--bind", "127.0.0.1", "--dir", str(self._folder)]
        command = [program, *places, "--save", "", "--appendonly", "no", *self._options]
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        eventually(self.is_up)

    def kill(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def ask(self, *parts: str | int) -> Any:
        client: Any = Redis(port=self.port, decode_responses=True)
        try:
            return client.execute_command(*parts)
        finally:
            client.close()

    def is_up(self) -> bool:
        return bool(self.ask("PING"))

    def info(self, section: str) -> dict[str, Any]:
        found: dict[str, Any] = self.ask("INFO", section)
        return found


def eventually(true: Callable[[], bool]) -> None:
    deadline_s = time.monotonic() + PATIENCE_S
    while True:
        try:
            if true():
                return
        except (RedisError, OSError, KeyError):
            pass
        assert time.monotonic() < deadline_s, "Redis does not come to that"
        time.sleep(0.02)


class RedisCluster:
    """`masters` share all keys; `replica` stands in for the first of them."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        ports = free_ports(2 * (MASTERS + 1))
        nodes = [Member(folder, *pair) for pair in zip(ports[::2], ports[1::2], strict=True)]
        self.masters, self.replica = nodes[:MASTERS], nodes[-1]
        for node in nodes:
            stack.callback(node.kill)
            node.start()
        self._divide()
        for node in nodes[1:]:
            nodes[0].ask("CLUSTER", "MEET", "127.0.0.1", node.port, node.bus_port)
        for node in nodes:
            eventually(partial(_is, node, "cluster_known_nodes", str(len(nodes))))
        eventually(lambda: self.replica.ask("CLUSTER", "REPLICATE", self.masters[0].ask("CLUSTER", "MYID")) is not None)
        self.settle()
        self.url = f"redis+cluster://127.0.0.1:{nodes[1].port},127.0.0.1:{nodes[2].port}"

    def settle(self) -> None:
        """All at once: by the time that one has come back another may have found it gone."""
        nodes = [*self.masters, self.replica]
        eventually(lambda: all(_is(node, "cluster_state", "ok") for node in nodes))
        eventually(lambda: self.replica.info("replication")["master_link_status"] == "up")

    def fail_over(self) -> None:
        """The first master dies, and its replica takes over."""
        self.masters[0].kill()
        eventually(lambda: self.replica.info("replication")["role"] == "master")
        eventually(partial(_is, self.masters[1], "cluster_state", "ok"))

    def _divide(self) -> None:
        share = -(-SLOTS // MASTERS)
        for number, node in enumerate(self.masters):
            node.ask("CLUSTER", "ADDSLOTSRANGE", number * share, min(SLOTS, (number + 1) * share) - 1)


class Member(Node):
    """One of a cluster. Its bus has a port of its own, since a free port and 10,000 may be none."""

    def __init__(self, folder: Path, port: int, bus_port: int) -> None:
        self.bus_port = bus_port
        options = ("--cluster-enabled", "yes", "--cluster-node-timeout", str(NODE_TIMEOUT_MS))
        super().__init__(folder, port, *options, "--cluster-port", str(bus_port))


def _is(node: Node, name: str, value: str) -> bool:
    """Whether the node says so in CLUSTER INFO."""
    return f"{name}:{value}" in str(node.ask("CLUSTER", "INFO")).splitlines()


class WatchedRedis:
    """A master, its replica, and a sentinel that makes the replica the master when the master is gone."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        ports = free_ports(3)
        self.master = Node(folder, ports[0])
        follows = ("--replicaof", f"127.0.0.1 {self.master.port}", "--repl-diskless-sync-delay", "0")
        self.replica = Node(folder, ports[1], *follows)
        for node in (self.master, self.replica):
            stack.callback(node.kill)
            node.start()
        eventually(lambda: self.replica.info("replication")["master_link_status"] == "up")
        self.sentinel = Sentinel(folder, ports[2], self.master.port)
        stack.callback(self.sentinel.kill)
        self.sentinel.start()
        eventually(lambda: len(self.sentinel.ask("SENTINEL", "REPLICAS", "chat")) == 1)
        self.url = self.sentinel.url

    def fail_over(self) -> None:
        self.master.kill()
        eventually(lambda: self.replica.info("replication")["role"] == "master")


class Sentinel(Node):
    """Says who the master is."""

    def __init__(self, folder: Path, port: int, master_port: int) -> None:
        super().__init__(folder, port)
        self._file = self._folder / "sentinel.conf"
        self._file.write_text(
            f"port {self.port}\nbind 127.0.0.1\ndir {self._folder}\n"
            f"sentinel monitor chat 127.0.0.1 {master_port} 1\n"
            "sentinel down-after-milliseconds chat 500\nsentinel failover-timeout chat 2000\n"
        )

    def start(self) -> None:
        command = [str(shutil.which("redis-server")), str(self._file), "--sentinel"]
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        eventually(self.is_up)

    @property
    def url(self) -> str:
        return f"redis+sentinel://127.0.0.1:{self.port}/chat/0"

    def point_to(self, master_port: int) -> None:
        """Another one is the master; the one before lives on."""
        self.ask("SENTINEL", "REMOVE", "chat")
        self.ask("SENTINEL", "MONITOR", "chat", "127.0.0.1", master_port, 1)


@contextmanager
def lone_node() -> Iterator[Node]:
    """A cluster of one node: up in two seconds, which is what a node waits before it believes itself."""
    with tempfile.TemporaryDirectory(prefix="cw") as folder, ExitStack() as stack:
        node = Member(Path(folder), *free_ports(2))
        stack.callback(node.kill)
        node.start()
        node.ask("CLUSTER", "ADDSLOTSRANGE", 0, SLOTS - 1)
        eventually(partial(_is, node, "cluster_state", "ok"))
        yield node


@contextmanager
def running_cluster() -> Iterator[RedisCluster]:
    with tempfile.TemporaryDirectory(prefix="cw") as folder, ExitStack() as stack:
        yield RedisCluster(Path(folder), stack)


@contextmanager
def watched_redis() -> Iterator[WatchedRedis]:
    with tempfile.TemporaryDirectory(prefix="cw") as folder, ExitStack() as stack:
        yield WatchedRedis(Path(folder), stack)
