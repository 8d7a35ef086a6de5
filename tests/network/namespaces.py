"""Network namespaces without names. They and every program in them end with the run, however it ends.

Nothing is written into the machine's own network, so two runs do not meet and none has to clean up.
"""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import IO

# The kernel ends them with whoever began them; the first one also ends when nobody is left to close its input.
BOUND = ("setpriv", "--pdeathsig", "KILL")
PATIENCE_S = 30.0
STAYS = ("sh", "-c", "echo here && exec cat")


class World:
    """A space of process numbers: with its first process all others are ended, those that changed their parent too."""

    def __init__(self) -> None:
        self._holders: list[subprocess.Popen[str]] = []
        self._programs: list[subprocess.Popen[bytes]] = []
        self.number = self._hold("--pid", "--fork", "--kill-child").pid

    def namespace(self) -> Namespace:
        return Namespace(self, self._hold("--net").pid)

    def close(self) -> None:
        for holder in reversed(self._holders):
            holder.kill()
            holder.communicate()
        for program in self._programs:
            program.wait(PATIENCE_S)

    def start(self, command: list[str], out: IO[bytes], more: Mapping[str, str]) -> subprocess.Popen[bytes]:
        variables = {**os.environ, **more}
        program = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=out, stderr=out, env=variables)
        self._programs.append(program)
        return program

    def _hold(self, *kinds: str) -> subprocess.Popen[str]:
        command = [*BOUND, "unshare", *kinds, *STAYS]
        holder = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self._holders.append(holder)
        assert holder.stdout is not None
        assert holder.stdout.readline() == "here\n", "this machine makes no namespaces"
        return holder


class Namespace:
    """`number` is the process that holds it; `ip` takes that in place of a name."""

    def __init__(self, world: World, number: int) -> None:
        self._world = world
        self.number = number
        self._net = ("nsenter", f"--net=/proc/{number}/ns/net")
        self.way_in = (*self._net, f"--pid=/proc/{world.number}/ns/pid_for_children")
        self.ip("link set lo up")

    def ip(self, *lines: str) -> None:
        """Commands of `ip`, without the word."""
        self.run("ip", "-batch", "-", given="\n".join(lines))

    def run(self, *command: str, given: str = "") -> str:
        """What it prints. It keeps the process numbers of outside, which `ip` is given."""
        done = subprocess.run([*self._net, *command], input=given, capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"{' '.join(command)}\n{given}\n{done.stderr}"
        return done.stdout

    def start(self, *command: str, out: IO[bytes], more: Mapping[str, str]) -> subprocess.Popen[bytes]:
        """A program that goes on; `more` are variables. What is returned is only the way in: see `inside`."""
        return self._world.start([*BOUND, *self.way_in, *command], out, more)

    def processes(self) -> list[int]:
        """All that run in it but its holder."""
        own = os.readlink(f"/proc/{self.number}/ns/net")
        numbers = [int(path.name) for path in Path("/proc").iterdir() if path.name.isdecimal()]
        return [number for number in numbers if number != self.number and _net_of(number) == own]


def inside(way_in: subprocess.Popen[bytes]) -> int:
    """The program itself: whoever enters a space of process numbers stays outside and has it as a child."""
    children = Path(f"/proc/{way_in.pid}/task/{way_in.pid}/children").read_text("ascii").split()
    return int(children[0])


def _net_of(number: int) -> str:
    try:
        return os.readlink(f"/proc/{number}/ns/net")
    except OSError:
        return ""


def until(true: Callable[[], bool], otherwise: str) -> None:
    """Waits for a program."""
    deadline = time.monotonic() + PATIENCE_S
    while not true():
        assert time.monotonic() < deadline, otherwise
        time.sleep(0.05)
