"""Who may embed the chat: what counts on the list, in its file and in development, and who is asked at all."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from starlette.types import Message

from auth.origins import Cors, Origins, is_origin, read_origins

NO_ORIGINS = ["http://plain.test", "https://a.test/", "https://A.test", "https://", "null", "*", ""]


@pytest.mark.parametrize("text", ["https://", "https://:5", "http:///"])
def test_without_a_host_it_is_no_origin(text: str) -> None:
    assert not is_origin(text)


@pytest.mark.parametrize("text", NO_ORIGINS)
def test_what_is_no_https_origin_counts_on_no_list(text: str, tmp_path: Path) -> None:
    (tmp_path / "origins.txt").write_text(f"{text}\nhttps://a.test\n", "utf-8")
    for origins in (Origins([text, "https://a.test"], False), Origins([], False, tmp_path / "origins.txt")):
        assert origins.permits("https://a.test")
        assert not origins.permits(text)


@pytest.mark.parametrize("origin", ["http://localhost:8000/", "http://u@localhost", "http://LOCALHOST", "ws://localhost"])
def test_in_development_too_an_origin_is_written_as_browsers_write_it(origin: str) -> None:
    origins = Origins([], True)
    assert origins.permits("http://localhost:8000")
    assert not origins.permits(origin)


def test_empty_lines_and_remarks_are_no_origins(tmp_path: Path) -> None:
    file = tmp_path / "origins.txt"
    assert read_origins(file) == []
    file.write_text("# mine\n\n  https://a.test \n   \n  # https://b.test\nhttps://c.test", "utf-8")
    assert read_origins(file) == ["https://a.test", "https://c.test"]


def test_the_file_is_read_again_only_when_it_has_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "origins.txt"
    read: list[Path] = []

    def noted(path: Path) -> list[str]:
        read.append(path)
        return read_origins(path)

    monkeypatch.setattr("auth.origins.read_origins", noted)
    origins = Origins([], False, file)
    for at_ns, listed in ((10**18, "https://a.test"), (10**18 - 1, "https://b.test")):
        file.write_text(listed, "utf-8")
        os.utime(file, ns=(at_ns, at_ns))
        assert [origins.permits(origin) for origin in ("https://a.test", "https://b.test")] == [
            listed == "https://a.test", listed == "https://b.test"
        ]  # fmt: skip
    assert len(read) == 2


class Asked:
    """An app that notes what came through to it, behind the layer."""

    def __init__(self) -> None:
        self.paths: list[str] = []
        self.answers: list[Message] = []
        self.cors = Cors(self.app, Origins([], False), "GET", ("/health",))

    async def app(self, scope: Any, receive: Any, send: Any) -> None:
        self.paths.append(scope.get("path", scope["type"]))

    async def get(self, root: str, path: str) -> bool:
        """Whether a foreign site got through."""
        headers = [(b"origin", b"https://evil.test")]
        scope = {"type": "http", "method": "GET", "root_path": root, "path": path, "headers": headers}
        await self.cors(scope, self.receive, self.send)
        return self.paths == [path]

    async def receive(self) -> Message:
        raise AssertionError("nobody asks for a body")

    async def send(self, message: Message) -> None:
        self.answers.append(message)


@pytest.mark.parametrize(("root", "path", "through"), [
    ("", "/health", True),
    ("/auth", "/auth/health", True),
    ("/auth", "/health", True),
    ("/auth", "/other/health", False),
    ("", "/auth/health", False),
    ("", "/token", False),
])
async def test_health_is_open_to_every_site_wherever_the_service_is_mounted(
    root: str, path: str, through: bool
) -> None:
    asked = Asked()
    assert await asked.get(root, path) == through
    assert [message.get("status") for message in asked.answers[:1]] == ([] if through else [403])


async def test_what_is_no_request_is_none_of_its_business() -> None:
    asked = Asked()
    await asked.cors({"type": "lifespan"}, asked.receive, asked.send)
    assert asked.paths == ["lifespan"]
