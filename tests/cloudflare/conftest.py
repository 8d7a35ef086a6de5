"""The CDN folder under Cloudflare's own server."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from build.integrity import SCRIPT, STYLE
from build.publish import MANIFEST, arrange, lay_version
from build.versions import Version
from build.wrangler import wrangler_command, wrangler_surroundings
from tests.fakes.serving import free_port
from tests.fakes.way_out import WayOut, way_out

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_S = 120
LANGUAGE = re.compile(r"^chat-widget(?:\.emoji)?\.([a-z]{2})(?:-[A-Z]+)?\.json")


@dataclass(frozen=True)
class Pages:
    """Where it listens, what it said so far, and the only way out of this machine that it knows."""

    origin: str
    said: list[str]
    out: WayOut


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `make build-cdn` made, with an older line and a preview beside it.

    Of the languages, whose files differ in nothing that a server looks at, one is there for all.
    """
    assert (ROOT / "cdn_dist" / MANIFEST).is_file(), "make build-cdn comes first"
    target = tmp_path_factory.mktemp("pages") / "cdn_dist"
    shutil.copytree(ROOT / "cdn_dist", target)
    for path in [path for path in target.rglob("*") if (said := LANGUAGE.search(path.name)) and said[1] != "pt"]:
        path.unlink()
    for text in ("0.9.3", "9.0.0-rc.1"):
        version = Version.parse(text)
        lay_version(target / version.folder, version, {SCRIPT: f"v = '{text}'\n".encode(), STYLE: b"p{}\n"})
    arrange(target)
    return target


@pytest.fixture(scope="session")
def pages(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pages]:
    """`wrangler pages dev` of that folder."""
    home = tmp_path_factory.mktemp("home")
    port = free_port()
    options = ["--ip", "127.0.0.1", "--port", str(port), "--inspector-port", "0", "--compatibility-date", "2026-10-01"]
    with way_out() as out:
        surroundings = wrangler_surroundings({**os.environ, **out.settings}, home)
        command = [*wrangler_command(ROOT), "pages", "dev", str(folder), *options]
        with running(command, home, surroundings, "Ready on") as said:
            yield Pages(f"http://127.0.0.1:{port}", said, out)


@contextmanager
def running(command: list[str], folder: Path, surroundings: dict[str, str], word: str) -> Iterator[list[str]]:
    """The lines of a program that has said `word`; it and what it started end with the block."""
    process = subprocess.Popen(
        command,
        cwd=folder,
        env=surroundings,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    said: list[str] = []
    ready = threading.Event()
    reader = threading.Thread(target=_read, args=(process, said, word, ready), daemon=True)
    reader.start()
    try:
        ready.wait(PATIENCE_S)
        assert any(word in line for line in said), "".join(said)
        yield said
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        reader.join()
        assert process.stdout is not None
        process.stdout.close()


def _read(process: subprocess.Popen[str], said: list[str], word: str, ready: threading.Event) -> None:
    """Sets `ready` at the word, and at the end where it never came."""
    assert process.stdout is not None
    for line in process.stdout:
        said.append(line)
        if word in line:
            ready.set()
    ready.set()
