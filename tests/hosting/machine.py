"""An empty Debian with its own init, network and names: made once by debootstrap, unpacked anew, booted.

Processes, mounts and the network end with whoever booted it. It reaches the package registries the way this machine
does, through a network of user space (slirp4netns): nothing is written into the machine's own network.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
import tempfile
import time
from asyncio.subprocess import DEVNULL, PIPE, STDOUT, Process
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

from tests.machines import settings
from tests.machines.debian import PATH, WORK, Said

INIT = ("systemd", "systemd-sysv", "dbus")
PROGRAMS = {
    "debootstrap": "debootstrap", "slirp4netns": "slirp4netns", "nsenter": "util-linux", "ip": "iproute2",
    "nft": "nftables", "rsync": "rsync",
}  # fmt: skip
ADDRESS = "11.0.0.10"  # no special range, or the TURN server would refuse to reach it
RESOLVER = "10.0.2.3"  # slirp4netns's own
PATIENCE_S = 300.0
OLD_S = 2 * 3600

# $1 the root, $2 a control group of its own, $3 $4 what was downloaded before
BOOT = """
set -eu
echo $$ > "$2/cgroup.procs"
exec unshare --mount --pid --net --uts --ipc --cgroup --fork --kill-child sh -c '
set -eu
mount --make-rprivate /
mount --bind "$1" "$1"
mount -t proc proc "$1/proc"
mount -t sysfs -o ro sysfs "$1/sys"
mount -t tmpfs -o mode=755 none "$1/sys/fs/cgroup" 2>/dev/null || true
mount -t cgroup2 cgroup2 "$1/sys/fs/cgroup"
mount -t tmpfs -o mode=755 none "$1/run"
mount -t tmpfs -o mode=755 none "$1/dev"
for name in null zero full random urandom tty; do
  touch "$1/dev/$name"
  mount --bind "/dev/$name" "$1/dev/$name"
done
ln -s /proc/self/fd "$1/dev/fd"
mkdir "$1/dev/shm" "$1/dev/pts"
mount -t tmpfs -o mode=1777 none "$1/dev/shm"
mount -t devpts -o newinstance,ptmxmode=0666 none "$1/dev/pts"
ln -s pts/ptmx "$1/dev/ptmx"
mkdir -p "$1/mnt/outside" "$1/var/cache/packages"
mount --bind "$3" "$1/var/cache/packages"
mount --bind "$4" "$1/var/cache/apt/archives"
hostname server
cd "$1"
pivot_root . mnt/outside
cd /
umount --lazy /mnt/outside
exec env -i container=chat-test PATH=/usr/sbin:/usr/bin:/sbin:/bin \
  setpriv --bounding-set=-sys_module /lib/systemd/systemd --log-level=warning
' sh "$@"
"""


class Machine:
    """`folder` is its root, `number` its init as this machine counts processes."""

    def __init__(self, folder: Path, number: int) -> None:
        self.folder = folder
        self.number = number
        self.in_network = ("nsenter", f"--net=/proc/{number}/ns/net")
        ways = ("--mount", "--uts", "--ipc", "--net", "--pid", "--cgroup")
        # What is begun ends with whoever began it, though nsenter stands between.
        self.inside = ("nsenter", "--target", str(number), *ways, "setpriv", "--pdeathsig", "KILL")

    async def run(self, text: str, **more: str) -> str:
        """A shell script, as root: what it prints. AssertionError with its last lines where a command fails."""
        process = await self._start(text, more)
        said = Said(process)
        try:
            await asyncio.wait_for(said.until(None), PATIENCE_S)
            await process.wait()
        except TimeoutError:
            raise AssertionError(f"{text}\ngoes on for more than {PATIENCE_S} s\n{said.last()}") from None
        finally:
            await _end(process)
        assert process.returncode == 0, f"{text}\n{said.last()}"
        return said.text

    @asynccontextmanager
    async def running(self, text: str, until: str) -> AsyncIterator[None]:
        """A program that goes on, once it has printed `until`."""
        process = await self._start(text, {})
        said = Said(process)
        await asyncio.wait_for(said.until(until), PATIENCE_S)
        reading = asyncio.create_task(said.until(None))
        try:
            yield
        finally:
            reading.cancel()
            await _end(process)

    async def _start(self, text: str, more: dict[str, str]) -> Process:
        own = {"HOME": "/root", "USER": "root", "PATH": PATH, "LANG": "C.UTF-8", "DEBIAN_FRONTEND": "noninteractive"}
        given = settings.variables(self.folder) | {"PIP_CACHE_DIR": "/var/cache/packages"} | own | more
        command = (*self.inside, "env", "-i", *[f"{name}={value}" for name, value in given.items()], "bash", "-c")
        script = f"cd\nset -eu -o pipefail\n{text}"
        return await asyncio.create_subprocess_exec(*command, script, stdin=DEVNULL, stdout=PIPE, stderr=STDOUT)

    def write(self, path: str, text: str, mode: int = 0o644) -> None:
        """A file of it, seen from here."""
        file = self.folder / path.lstrip("/")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
        file.chmod(mode)


@asynccontextmanager
async def empty_server(suite: str, *names: str) -> AsyncIterator[Machine]:
    """Booted, with an address of its own by all these names."""
    check_programs()
    packed = _packed(suite)
    with _folder("run-") as folder, _control_group() as group, tempfile.TemporaryFile() as log:
        _here("tar", "--extract", "--file", packed, "--directory", folder)
        settings.inherit(folder, "/root", 0)
        _write(folder / "etc/resolv.conf", f"nameserver {RESOLVER}\n")
        _write(folder / "etc/hosts", f"127.0.0.1 localhost\n{ADDRESS} {' '.join(names)}\n")
        _write(folder / "etc/apt/apt.conf.d/99yes", 'APT::Get::Assume-Yes "true";\nDPkg::Use-Pty "0";\n')
        caches = (_cache("packages-server"), _cache(f"apt-{suite}"))
        command = ("setpriv", "--pdeathsig", "KILL", "sh", "-c", BOOT, "sh", str(folder), str(group), *caches)
        holder = await asyncio.create_subprocess_exec(*command, stdin=DEVNULL, stdout=log, stderr=log)
        try:
            machine = Machine(folder, await _init_of(holder, log.fileno()))
            async with _network(machine):
                await machine.run("systemctl is-system-running --wait || { systemctl --failed; exit 1; }")
                yield machine
        finally:
            await _end(holder)


def check_programs() -> None:
    assert os.geteuid() == 0, "servers are booted by root: run this as root"
    missing = [package for program, package in PROGRAMS.items() if shutil.which(program) is None]
    assert missing == [], f"please install {' '.join(missing)}; on Debian, .ci/nightly does it"


async def until(true: Callable[[], bool], otherwise: Callable[[], str]) -> None:
    deadline_s = time.monotonic() + PATIENCE_S
    while not true():
        assert time.monotonic() < deadline_s, otherwise()
        await asyncio.sleep(0.05)


async def _init_of(holder: Process, log: int) -> int:
    """The child of `unshare`, once it is systemd."""

    def children() -> list[str]:
        assert holder.returncode is None, said()
        return Path(f"/proc/{holder.pid}/task/{holder.pid}/children").read_text("ascii").split()

    def booted() -> bool:
        return len(children()) == 1 and Path(f"/proc/{children()[0]}/comm").read_text("ascii") == "systemd\n"

    def said() -> str:
        return "no init: " + os.pread(log, 4000, 0).decode("utf-8", "replace")

    await until(booted, said)
    number = int(children()[0])
    await until(Path(f"/proc/{number}/root/run/systemd/private").exists, said)
    return number


@asynccontextmanager
async def _network(machine: Machine) -> AsyncIterator[None]:
    """A way out through this machine, and the public address on the inside."""
    _here(*machine.in_network, "ip", "link", "set", "lo", "up")
    _here(*machine.in_network, "ip", "address", "add", f"{ADDRESS}/32", "dev", "lo")
    ready, told = os.pipe()
    command = ("slirp4netns", "--configure", "--mtu=65520", f"--ready-fd={told}", str(machine.number), "tap0")
    bound = ("setpriv", "--pdeathsig", "KILL", *command)
    process = await asyncio.create_subprocess_exec(*bound, stdout=DEVNULL, stderr=DEVNULL, pass_fds=(told,))
    os.close(told)
    try:
        assert await asyncio.to_thread(os.read, ready, 1) == b"1", "slirp4netns does not start"
        yield
    finally:
        os.close(ready)
        await _end(process)


def _packed(suite: str) -> Path:
    packed = WORK / f"{suite}-server.tar"
    if not packed.is_file():
        with _folder("new-") as folder:
            include = f"--include={','.join(INIT)}"
            _here("debootstrap", "--variant=minbase", include, suite, folder, *settings.mirror())
            half = packed.with_suffix(".half")
            _here("tar", "--create", "--file", half, "--directory", folder, ".")
            half.rename(packed)
    return packed


@contextmanager
def _control_group() -> Iterator[Path]:
    """In the unified hierarchy, below the one of this process."""
    mounts = [line.split() for line in Path("/proc/mounts").read_text("utf-8").splitlines()]
    (where, *_) = [Path(mount[1]) for mount in mounts if mount[2] == "cgroup2"]
    (own,) = [line[3:] for line in Path("/proc/self/cgroup").read_text("utf-8").splitlines() if line.startswith("0::")]
    group = where / own.lstrip("/") / f"chat-{os.getpid()}-{time.monotonic_ns()}"
    group.mkdir()
    try:
        yield group
    finally:
        _remove(group, time.monotonic() + PATIENCE_S)


def _remove(group: Path, deadline_s: float) -> None:
    """Those who were in it end a moment after they were killed."""
    folders = [group, *(path for path in group.rglob("*") if path.is_dir())]
    for folder in sorted(folders, reverse=True):
        while True:
            try:
                folder.rmdir()
                break
            except OSError:
                assert time.monotonic() < deadline_s, f"somebody stays in {folder}"
                time.sleep(0.05)


@contextmanager
def _folder(prefix: str) -> Iterator[Path]:
    WORK.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix=prefix, dir=WORK))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


def _cache(name: str) -> str:
    """What was downloaded once is not downloaded again."""
    folder = WORK / name
    folder.mkdir(parents=True, exist_ok=True)
    return str(folder)


def _write(file: Path, text: str) -> None:
    file.unlink(missing_ok=True)
    file.write_text(text, "utf-8")


async def _end(process: Process) -> None:
    if process.returncode is None:
        process.kill()
    await process.wait()


def _here(*command: str | Path) -> None:
    """On this machine."""
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    assert done.returncode == 0, f"{command[0]}: {done.stdout[-2000:]}"
