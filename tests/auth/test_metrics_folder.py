"""Where workers keep their numbers: gone with the service, and after one that was killed with the next start."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from auth.metrics_folder import PREFIX

SHARE = "from auth.metrics_folder import share_metrics; share_metrics(); print('shared', flush=True); input()"


@pytest.fixture
def services(tmp_path: Path) -> Iterator[list[subprocess.Popen[bytes]]]:
    started: list[subprocess.Popen[bytes]] = []
    yield started
    for service in started:
        service.kill()
        service.communicate()


def _start(tmp_path: Path, services: list[subprocess.Popen[bytes]]) -> subprocess.Popen[bytes]:
    service = subprocess.Popen(
        [sys.executable, "-c", SHARE],
        env=os.environ | {"TMPDIR": str(tmp_path)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    services.append(service)
    assert service.stdout is not None
    assert service.stdout.readline() == b"shared\n"
    return service


def _folders(tmp_path: Path) -> set[str]:
    return {path.name for path in tmp_path.glob(f"{PREFIX}*")}


def test_a_service_that_ends_takes_its_folder_along(tmp_path: Path, services: list[subprocess.Popen[bytes]]) -> None:
    service = _start(tmp_path, services)
    assert len(_folders(tmp_path)) == 1
    service.communicate(b"\n")
    assert _folders(tmp_path) == set()


def test_the_folder_of_one_that_was_killed_goes_with_the_next_start_and_no_other(
    tmp_path: Path, services: list[subprocess.Popen[bytes]]
) -> None:
    killed = _start(tmp_path, services)
    left = _folders(tmp_path)
    lives = _start(tmp_path, services)
    kept = _folders(tmp_path) - left
    killed.send_signal(signal.SIGKILL)
    killed.wait()
    assert _folders(tmp_path) == left | kept
    _start(tmp_path, services)
    assert _folders(tmp_path) & (left | kept) == kept
    assert lives.poll() is None


def test_a_folder_that_is_just_being_made_stays(tmp_path: Path, services: list[subprocess.Popen[bytes]]) -> None:
    made = tmp_path / f"{PREFIX}new"
    made.mkdir()
    (made / "lock.new").touch()
    _start(tmp_path, services)
    assert made.exists()
