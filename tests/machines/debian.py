"""A Debian in a folder, entered with processes and mounts that end with whoever entered."""

from __future__ import annotations

import asyncio
import os
from asyncio.subprocess import DEVNULL, PIPE, STDOUT, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.machines import settings

WORK = Path(__file__).resolve().parents[2] / ".work" / "machines"
PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
PATIENCE_S = 1500
LAST_LINES = 60
LONGEST_LINE = 2**24  # a failed comparison is told in one
CLONE = "chat"

# Only this namespace sees the mounts, so nothing stays mounted, however it ends. The shell stays, as its first process:
# whoever changes the user is not told any more that the parent died. The root is exchanged, not changed with chroot:
# whoever is in a chroot may make no namespaces, and the sandbox of Firefox makes some.
ENTER = """
set -eu
mount --bind "$1" "$1"
mount -t proc proc "$1/proc"
mount --rbind /sys "$1/sys"
mount --rbind /dev "$1/dev"
mount -t tmpfs -o mode=1777 none "$1/dev/shm"
mkdir -p "$1/var/cache/packages" "$1/mnt/outside"
mount --bind "$3" "$1/var/cache/packages"
mount --bind "$4" "$1/var/cache/apt/archives"
cd "$1"
pivot_root . mnt/outside
cd /
umount --lazy /mnt/outside
number=$2
shift 4
setpriv --reuid "$number" --regid "$number" --init-groups env -i "$@" || exit $?
exit 0
"""
ALONE = ("setpriv", "--pdeathsig", "KILL", "unshare", "--mount", "--pid", "--fork", "--kill-child")


@dataclass(frozen=True)
class User:
    name: str
    number: int
    home: str


SUPERUSER = User("root", 0, "/root")
ADA = User("ada", 4242, "/home/ada")  # may nothing but what anybody may


@dataclass(frozen=True)
class Debian:
    """`folder` is its root; `suite` is its name among Debians."""

    folder: Path
    suite: str

    async def run(self, line: str, user: User, **more: str) -> str:
        """What it prints; AssertionError with its last lines where it fails. `more` are variables."""
        process = await self._enter(line, user, more)
        said = Said(process)
        try:
            await asyncio.wait_for(said.until(None), PATIENCE_S)
            await process.wait()
        except TimeoutError:
            raise AssertionError(f"{line} goes on for more than {PATIENCE_S} s\n{said.last()}") from None
        finally:
            await _end(process)
        assert process.returncode == 0, f"{line}\n{said.last()}"
        return said.text

    @asynccontextmanager
    async def running(self, line: str, user: User, until: str, **more: str) -> AsyncIterator[str]:
        """All it prints up to a line with the words `until`; it runs on meanwhile."""
        process = await self._enter(line, user, more)
        try:
            yield await asyncio.wait_for(Said(process).until(until), PATIENCE_S)
        finally:
            await _end(process)

    async def _enter(self, line: str, user: User, more: dict[str, str]) -> Process:
        """In the clone, once there is one."""
        given = [f"{name}={value}" for name, value in (self._variables(user) | more).items()]
        kept = (_cache(f"packages-{user.name}", user), _cache(f"apt-{self.suite}", SUPERUSER))
        program = ("bash", "-c", f"cd ~ && if [ -d {CLONE} ]; then cd {CLONE}; fi && {line}")
        shell = ("sh", "-c", ENTER, "sh", str(self.folder), str(user.number), *kept, *given, *program)
        return await asyncio.create_subprocess_exec(
            *ALONE, *shell, stdin=DEVNULL, stdout=PIPE, stderr=STDOUT, limit=LONGEST_LINE
        )

    def _variables(self, user: User) -> dict[str, str]:
        caches = {"PIP_CACHE_DIR": "/var/cache/packages/pip", "NPM_CONFIG_CACHE": "/var/cache/packages/npm"}
        own = {"HOME": user.home, "USER": user.name, "PATH": PATH, "LANG": "C.UTF-8"}
        return settings.variables(self.folder) | caches | own


def _cache(name: str, user: User) -> str:
    """What was downloaded once is not downloaded again."""
    folder = WORK / name
    folder.mkdir(parents=True, exist_ok=True)
    os.chown(folder, user.number, user.number)
    return str(folder)


class Said:
    """What a process printed so far."""

    def __init__(self, process: Process) -> None:
        assert process.stdout is not None
        self._stream = process.stdout
        self.text = ""

    async def until(self, words: str | None) -> str:
        """Reads on to a line with the words, or to the end."""
        while words is None or words not in self.text:
            line = await self._stream.readline()
            if line == b"":
                assert words is None, f"it ended before it said {words!r}:\n{self.last()}"
                return self.text
            self.text += line.decode("utf-8", "replace")
        return self.text

    def last(self) -> str:
        return "\n".join(self.text.splitlines()[-LAST_LINES:])


async def _end(process: Process) -> None:
    """The kernel ends all that it started."""
    if process.returncode is None:
        process.kill()
    await process.wait()
