"""What `.ci/system` takes for the browsers and servers that the tests drive, and what it says of those that lack."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parent.parent / ".ci/system"
OTHERS = ("chromium", "redis-server", "turnserver", "WebKitWebDriver", "systemd-analyze", "Xvfb", "ip", "nft")
UBUNTU = (
    "setup: apt has no firefox-esr here: install a Firefox that runs as firefox (on Ubuntu from its maker's own "
    "packages), then try again"
)


@pytest.fixture
def programs(tmp_path: Path) -> Path:
    """The only folder on the PATH: all programs but a Firefox. apt notes what it is told."""
    for name in OTHERS:
        _program(tmp_path, name)
    _program(tmp_path, "apt-get", f'echo "$@" >>{tmp_path}/told')
    for name in ("rm", "chmod"):
        (tmp_path / name).symlink_to(str(shutil.which(name)))
    return tmp_path


def _program(folder: Path, name: str, does: str = "exit 0") -> None:
    (folder / name).write_text(f"#!/bin/sh\n{does}\n", "utf-8")
    (folder / name).chmod(0o755)


def run(folder: Path, user: int, apt_knows: bool = True) -> tuple[int, list[str]]:
    """The exit code and what is said."""
    _program(folder, "id", f"echo {user}")
    _program(folder, "apt-cache", "exit 0" if apt_knows else "exit 100")
    command = [str(shutil.which("bash")), str(SCRIPT)]
    done = subprocess.run(command, env={"PATH": str(folder)}, capture_output=True, text=True)
    return done.returncode, done.stdout.splitlines()


@pytest.mark.parametrize("name", ["firefox", "firefox-esr"])
@pytest.mark.parametrize("user", [0, 1000])
def test_either_firefox_will_do(name: str, user: int, programs: Path) -> None:
    _program(programs, name)
    assert run(programs, user, apt_knows=False) == (0, [])
    assert not (programs / "told").exists()


def test_where_apt_has_none_a_sentence_says_what_to_install(programs: Path) -> None:
    assert run(programs, 0, apt_knows=False) == (1, ["setup: installing firefox-esr (a few minutes)", UBUNTU])
    assert (programs / "told").read_text("utf-8") == "update -qq\n"


def test_what_only_says_how_to_get_firefox_is_none(programs: Path) -> None:
    """Ubuntu's package of that name, where there is no snap."""
    _program(programs, "firefox", "echo 'please run snap install firefox'; exit 1")
    assert run(programs, 0, apt_knows=False)[1][-1] == UBUNTU


def test_who_is_not_root_is_told_of_either(programs: Path) -> None:
    words = "please install: firefox-esr (any Firefox that runs as firefox will do)"
    assert run(programs, 1000) == (1, [f"setup: the tests need these programs, {words}"])
    _program(programs, "firefox")
    (programs / "Xvfb").unlink()
    assert run(programs, 1000)[1] == ["setup: the tests need these programs, please install: xvfb"]
