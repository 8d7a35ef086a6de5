"""What the page says a server carries is what its files let through."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest

import signaling.settings
from tests.hosting.page import PAGE, ROOT

FILES = ROOT / "examples" / "hosting"
ROW = re.compile(r"^\| ([\d,]+) \| (\d+) \| (\d+) GB \| (\d+) \| [\d,]+ \|$", re.M)
MIB, KIB = 2**20, 2**10
SPARE_BYTES = 150 * MIB  # Debian itself and coturn
OTHER_FILES = 64  # of an nginx process: logs, listening sockets, files that it sends


@dataclass(frozen=True)
class Row:
    people: int
    cores: int
    memory_bytes: int
    workers: int


def number(pattern: str, text: str) -> float:
    (found,) = re.findall(pattern, text, re.M)
    return float(found.replace(",", ""))


def text(name: str) -> str:
    return (FILES / name).read_text("utf-8")


def rows() -> list[Row]:
    found = [[int(word.replace(",", "")) for word in row] for row in ROW.findall(PAGE)]
    return [Row(people, cores, gb * 10**9, workers) for people, cores, gb, workers in found]


def connections() -> int:
    """Of one nginx process: what `place` writes in place of Debian's number."""
    return int(number(r"worker_connections 768;.*?worker_connections (\d+);", text("place")))


@pytest.mark.parametrize("row", rows(), ids=lambda row: str(row.people))
def test_nginx_lets_as_many_in_as_the_page_says(row: Row) -> None:
    """A socket takes two connections: one to the browser, one to the service. nginx has a process for each core."""
    assert 2 * row.people * 1.2 < connections() * row.cores


def test_nginx_may_open_what_it_may_connect() -> None:
    assert number(r"^worker_rlimit_nofile (\d+);$", text("nginx/main.conf")) >= connections() + OTHER_FILES


@pytest.mark.parametrize("row", rows(), ids=lambda row: str(row.people))
def test_there_is_a_local_port_for_each_socket_between_proxy_and_service(row: Row) -> None:
    """All come from 127.0.0.1 and go to one port of it, so a connection is its local port."""
    ((first, last),) = re.findall(r"^net\.ipv4\.ip_local_port_range = (\d+) (\d+)$", text("sysctl.conf"), re.M)
    assert row.people * 1.2 < int(last) - int(first) + 1
    ours = [*re.findall(r"127\.0\.0\.1:(\d+)", text("nginx/chat.conf")), "3478", "5349", "6379"]
    assert [port for port in ours if int(first) <= int(port) <= int(last)] == []


@pytest.mark.parametrize("row", rows(), ids=lambda row: str(row.people))
def test_signaling_takes_as_many_as_the_page_says(row: Row) -> None:
    per_worker = number(r"^SIGNALING_SOCKETS_PER_WORKER=(\d+)$", text("settings/signaling.env"))
    assert row.people <= per_worker * row.workers
    assert per_worker + OTHER_FILES < number(r"^LimitNOFILE=(\d+)$", text("systemd/chat-signaling@.service"))
    signaling.settings.settings_from({"SIGNALING_WORKERS": str(row.workers)})


@pytest.mark.parametrize("row", rows(), ids=lambda row: str(row.people))
def test_the_memory_of_the_page_holds_everything_at_once(row: Row) -> None:
    resting = number(r"a signaling process takes (\d+) MiB at rest", PAGE) * MIB
    socket = number(r"at rest and ([\d.]+) KiB for a socket", PAGE) * KIB
    nginx = number(r"nginx takes (\d+) MiB for each of its processes", PAGE) * MIB
    passed = number(r"and (\d+) KiB for a socket that it passes on", PAGE) * KIB
    redis = number(r"^maxmemory (\d+)mb$", text("redis/chat.conf")) * MIB
    processes = 2 * (1 if row.workers == 1 else row.workers + 1) + 2
    needed = row.people * (socket + passed) + processes * resting + row.cores * nginx + redis + SPARE_BYTES
    assert needed < row.memory_bytes
    assert row.memory_bytes < 3 * needed


def test_the_table_was_read() -> None:
    assert [row.people for row in rows()] == [1000, 10_000, 40_000]
