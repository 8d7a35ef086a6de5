"""The folder where the workers of one service keep their numbers: it ends with the service, however that ends."""

from __future__ import annotations

import atexit
import contextlib
import fcntl
import os
import shutil
import tempfile
from pathlib import Path

# prometheus-client looks for it when it is imported; each worker is a new process that finds it.
SHARED = "PROMETHEUS_MULTIPROC_DIR"
PREFIX = "chat-metrics-"
LOCK = "lock"


def share_metrics() -> None:
    """Before workers start: a folder of their own, which is locked for as long as this process lives.

    A process that is killed (SIGKILL, signal(7)) cannot remove it, but its lock is gone, so the next service does.
    """
    _remove_left()
    folder = Path(tempfile.mkdtemp(prefix=PREFIX))
    descriptor = _lock(folder)
    os.environ[SHARED] = str(folder)
    atexit.register(_end, folder, descriptor)


def _lock(folder: Path) -> int:
    """Renamed once it is held (flock(2)), so that nobody finds it free in between."""
    draft = folder / f"{LOCK}.new"
    descriptor = os.open(draft, os.O_CREAT | os.O_RDWR, 0o600)
    fcntl.flock(descriptor, fcntl.LOCK_EX)
    draft.rename(folder / LOCK)
    return descriptor


def _remove_left() -> None:
    for lock in Path(tempfile.gettempdir()).glob(f"{PREFIX}*/{LOCK}"):
        # Held by a service that lives, somebody else's, or just removed by another start.
        with contextlib.suppress(OSError), lock.open("rb+") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(lock.parent, ignore_errors=True)


def _end(folder: Path, descriptor: int) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    os.close(descriptor)
