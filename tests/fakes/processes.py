"""What the kernel knows of processes of this machine (proc(5)): their children, sockets and processor time."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

ESTABLISHED, CLOSE_WAIT = "01", "08"  # include/net/tcp_states.h; the second: only the caller has closed it


def children(parent: int) -> Iterator[int]:
    for entry in Path("/proc").iterdir():
        stat = _read(f"{entry}/stat") if entry.name.isdecimal() else ""
        if stat != "" and int(stat.rpartition(")")[2].split()[1]) == parent:
            yield int(entry.name)


def command_of(process: int) -> str:
    """"" when it has ended."""
    return _read(f"/proc/{process}/cmdline").replace("\0", " ")


def workers_of(parent: int) -> list[int]:
    """uvicorn's, of several."""
    return sorted(process for process in children(parent) if "spawn_main" in command_of(process))


def connections(port: int, states: tuple[str, ...] = (ESTABLISHED,)) -> dict[str, int]:
    """The inodes of the connections of that port's server in such states, each with the port of who called."""
    rows = [line.split() for line in _read("/proc/net/tcp").splitlines()[1:]]
    mine = [row for row in rows if row[1].endswith(f":{port:04X}") and row[3] in states]
    return {row[9]: int(row[2].partition(":")[2], 16) for row in mine}


def sockets(process: int) -> set[str]:
    """Inodes; none when it has ended."""
    found: set[str] = set()
    with contextlib.suppress(OSError):
        for descriptor in Path(f"/proc/{process}/fd").iterdir():
            with contextlib.suppress(OSError):
                found.add(os.readlink(descriptor).removeprefix("socket:[").removesuffix("]"))
    return found


def processor_us(processes: Iterable[int]) -> float:
    """Microseconds of all their threads (sched-stats: the first number is nanoseconds on a processor)."""
    spent = [_read(str(path)) for one in processes for path in Path(f"/proc/{one}/task").glob("*/schedstat")]
    return sum(int(text.split()[0]) for text in spent if text != "") / 1000


def _read(path: str) -> str:
    try:
        return Path(path).read_text("utf-8", "replace")
    except OSError:  # it has ended
        return ""
