"""`python -m signaling emotes`, as whoever hosts the service runs it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from auth.settings import SettingsError
from signaling.__main__ import main
from tests.fakes.redis_server import RedisServer
from tests.signaling.emotes.drawing import moving, still

SITE = "https://site.test"
Said = Callable[..., str]


@pytest.fixture
def run(
    redis_server: RedisServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Said:
    monkeypatch.setenv("SIGNALING_REDIS_URL", redis_server.url)
    monkeypatch.setenv("SIGNALING_EMOTE_SHELF", str(tmp_path / "shelf"))
    monkeypatch.setenv("REDIS_TIMEOUT_MS", "10000")
    (tmp_path / "wave.png").write_bytes(still())
    (tmp_path / "dance.gif").write_bytes(moving(3, 64, 32))
    (tmp_path / "bad.svg").write_bytes(b"<svg/>")
    monkeypatch.chdir(tmp_path)

    def said(*words: str) -> str:
        main(["emotes", *words])
        return capsys.readouterr().out

    return said


def test_emotes_are_added_listed_and_removed(run: Said, tmp_path: Path) -> None:
    wave, dance = run("add", SITE, "wave", "wave.png"), run("add", SITE, "Dance", "dance.gif")
    rows = [line.split("\t") for line in run("list", SITE).splitlines()]
    assert sorted((row[0], row[1], row[2], row[4]) for row in rows) == [
        ("Dance", dance.strip(), "64x32", "command"), ("wave", wave.strip(), "32x32", "command"),
    ]  # fmt: skip
    assert run("remove", SITE, "wave") == ""
    assert [line.split("\t")[0] for line in run("list", SITE).splitlines()] == ["Dance"]
    assert run("list", "https://other.test") == ""
    assert len([path for path in (tmp_path / "shelf").rglob("*") if path.is_file()]) == 9


def test_tokens_are_made_listed_and_ended(run: Said) -> None:
    token = run("token", SITE).strip()
    run("token", "https://other.test", "--days", "2")
    assert token.startswith("cwe1.")
    rows = [line.split("\t") for line in run("tokens").splitlines()]
    assert [row[1] for row in rows] == ["https://other.test", SITE]
    assert token.removeprefix("cwe1.") not in run("tokens")
    assert run("end", rows[1][0]) == ""
    assert [line.split("\t")[1] for line in run("tokens").splitlines()] == ["https://other.test"]


@pytest.mark.parametrize(("words", "said"), [
    (("add", "site.test", "wave", "wave.png"), "is no site"),
    (("add", SITE, "wave", "none.png"), "none.png cannot be read"),
    (("add", SITE, "wave", "bad.svg"), "Use a PNG, GIF, WebP, JPEG or AVIF picture."),
    (("add", SITE, "a-b", "wave.png"), "Name it with 2 to 32"),
    (("remove", SITE, "wave"), "has no emote of that name"),
    (("end", "12345678"), "There is no token of that number"),
    (("token", SITE, "--days", "0"), "--days"),
    (("token", SITE, "--days", "3651"), "--days"),
])  # fmt: skip
def test_what_does_not_fit_is_said(run: Said, words: tuple[str, ...], said: str) -> None:
    with pytest.raises(SettingsError) as error:
        run(*words)
    assert said in str(error.value)
    assert str(error.value).endswith(".")


def test_without_redis_it_says_what_to_set(run: Said, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SIGNALING_REDIS_URL")
    with pytest.raises(SettingsError, match="set SIGNALING_REDIS_URL"):
        run("list", SITE)
    monkeypatch.setenv("SIGNALING_REDIS_URL", "redis://127.0.0.1:1/0")
    with pytest.raises(SettingsError, match="Redis does not answer"):
        run("list", SITE)


def test_a_refusal_is_one_line_and_no_trace(tmp_path: Path, redis_server: RedisServer) -> None:
    environ = {**os.environ, "REDIS_URL": redis_server.url, "SIGNALING_EMOTE_SHELF": "ftp://x"}
    command = [sys.executable, "-m", "signaling", "emotes", "list", SITE]
    done = subprocess.run(command, capture_output=True, text=True, env=environ, cwd=Path(__file__).parents[3])
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        "signaling: SIGNALING_EMOTE_SHELF is 'ftp://x': write a folder like /var/lib/chat-emotes, or s3://bucket/prefix."
    ]
