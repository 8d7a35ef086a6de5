"""A fresh Debian for each test: made once by debootstrap, kept packed, unpacked anew."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

from tests.machines import settings
from tests.machines.commands import NEEDED, ROOT
from tests.machines.debian import ADA, CLONE, SUPERUSER, WORK, Debian, User

PROGRAMS = ("debootstrap", "unshare", "setpriv", "pivot_root", "tar")
NEWCOMER = f"useradd --create-home --shell /bin/bash --uid {ADA.number} {ADA.name}"
OLD_S = 2 * 3600
NO_SERVICES = "#!/bin/sh\nexit 101\n"  # here is no init that would start them


@asynccontextmanager
async def fresh_debian(suite: str, user: User) -> AsyncIterator[Debian]:
    """With what the README asks for, the project as it is committed, and nothing else."""
    _check_programs()
    packed = await _packed(suite)
    with _folder("run-") as folder:
        debian = Debian(folder, suite)
        _here("tar", "--extract", "--file", packed, "--directory", folder)
        settings.inherit(folder, user.home, user.number)
        bundle = folder / "tmp" / "chat.bundle"
        _here("git", "-C", ROOT, "bundle", "create", "--quiet", bundle, "HEAD")
        await debian.run(f"git clone --quiet /tmp/{bundle.name} {CLONE}", user)
        yield debian


async def install(debian: Debian, line: str) -> None:
    """A line of the README with apt-get in it, word for word; nobody is here to answer questions."""
    await debian.run(line, SUPERUSER, DEBIAN_FRONTEND="noninteractive")


def _check_programs() -> None:
    assert os.geteuid() == 0, "bare machines are made by root: run this as root"
    missing = [name for name in PROGRAMS if shutil.which(name) is None]
    assert missing == [], f"please install {' '.join(missing)}; on Debian, .ci/nightly does it"


async def _packed(suite: str) -> Path:
    """The same file until the README asks for something else."""
    name = hashlib.sha256("\0".join((suite, NEEDED, NEWCOMER)).encode()).hexdigest()[:12]
    packed = WORK / f"{suite}-{name}.tar"
    if not packed.is_file():
        with _folder("new-") as folder:
            await _make(Debian(folder, suite))
            half = packed.with_suffix(".half")
            _here("tar", "--create", "--file", half, "--directory", folder, ".")
            half.rename(packed)
    return packed


async def _make(debian: Debian) -> None:
    """Debian's smallest, then the README's line, word for word."""
    _here("debootstrap", "--variant=minbase", debian.suite, debian.folder, *settings.mirror())
    _write(debian.folder / "usr/sbin/policy-rc.d", NO_SERVICES)
    _write(debian.folder / "etc/apt/apt.conf.d/99yes", 'APT::Get::Assume-Yes "true";\n')
    settings.inherit(debian.folder, SUPERUSER.home, SUPERUSER.number)
    await install(debian, NEEDED)
    await debian.run(NEWCOMER, SUPERUSER)


def _write(file: Path, text: str) -> None:
    file.write_text(text, "utf-8")
    file.chmod(0o755)


@contextmanager
def _folder(prefix: str) -> Iterator[Path]:
    WORK.mkdir(parents=True, exist_ok=True)
    _forget_old_ones()
    folder = Path(tempfile.mkdtemp(prefix=prefix, dir=WORK))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


def _forget_old_ones() -> None:
    """Of runs that were killed; their mounts ended with them."""
    for name in ("run-*", "new-*"):
        for folder in WORK.glob(name):
            if time.time() - folder.stat().st_ctime > OLD_S:
                shutil.rmtree(folder)


def _here(*command: str | Path) -> None:
    """On this machine."""
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    assert done.returncode == 0, f"{command[0]}: {done.stdout[-2000:]}"
