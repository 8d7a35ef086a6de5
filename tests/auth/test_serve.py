"""The service as it is really run: its own process, uvicorn, Redis, SMTP, sockets."""

from __future__ import annotations

import asyncio
import os
import re
import socket
import sys
import time
from pathlib import Path

import httpx
import pytest
import uvicorn
from starlette.responses import PlainTextResponse

from auth.deadline import DeadlineProtocol
from auth.key_folder import new_folder
from auth.serve import mailer_for, serve
from auth.settings import Settings, SettingsError, settings_from
from tests.auth.device import ORIGIN, Device
from tests.fakes.redis_server import RedisServer
from tests.fakes.serving import QuietServer
from tests.fakes.smtp import SmtpServer

pytestmark = pytest.mark.no_cover

ROOT = Path(__file__).parents[2]
PATIENCE_S = 60.0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def test_a_person_signs_in_at_the_real_thing(tmp_path: Path, redis_server: RedisServer, smtp: SmtpServer) -> None:
    service_key = new_folder(tmp_path / "keys", "https://auth.example.org", int(time.time()))
    port = free_port()
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "auth", "serve", "--workers", "2",
        cwd=ROOT,
        env={
            **os.environ,
            "AUTH_KEY_FOLDER": str(tmp_path / "keys"),
            "AUTH_PORT": str(port),
            "AUTH_ORIGINS": ORIGIN,
            "AUTH_REDIS_URL": redis_server.url,
            "AUTH_SMTP_URL": smtp.url,
            "AUTH_MAIL_FROM": "Chat, Inc. <no-reply@chat.example.org>",
            "AUTH_TRUSTED_PROXIES": "none",
        },
        stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    try:
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=20) as http:
            await answering(http)
            device = await Device(http, service_key, time.time, ORIGIN).prepare()
            asked = await device.ask("ada@example.org")
            assert asked.status == 200
            assert "server" not in asked.response.headers
            code = await mailed_code(smtp)
            assert (await device.enter("ada@example.org", code, "Ada")).status == 200
            assert (await device.renew()).status == 200
            assert (await device.leave()).status == 200
            assert (await device.renew()).code == "token.invalid"
        assert await told_by_both(port) == {'auth_codes_total{outcome="ok"} 1.0'}
    finally:
        process.terminate()
        _, errors = await asyncio.wait_for(process.communicate(), PATIENCE_S)
    log = errors.decode()
    assert '"code.ok"' in log
    assert code not in log
    assert "ada@" not in log
    assert "Traceback" not in log


async def told_by_both(port: int) -> set[str]:
    """What is counted of good codes, over connections that either worker may take."""
    told: set[str] = set()
    for _ in range(20):
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=20) as http:
            lines = (await http.get("/metrics")).text.splitlines()
        told |= {line for line in lines if line.startswith("auth_codes_total") and "ok" in line} or {"nothing"}
    return told


async def answering(http: httpx.AsyncClient) -> None:
    deadline_s = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline_s:
        try:
            if (await http.get("/health")).status_code == 200:
                return
        except httpx.TransportError:
            await asyncio.sleep(0.1)
    raise AssertionError("the service does not come up")


async def mailed_code(smtp: SmtpServer) -> str:
    deadline_s = time.monotonic() + PATIENCE_S
    while not smtp.messages:
        assert time.monotonic() < deadline_s
        await asyncio.sleep(0.02)
    plain = smtp.messages[0].get_body(("plain",))
    assert plain is not None
    found = re.search(r"\d{4} \d{4}", plain.get_content())
    assert found is not None
    return found.group(0)


def test_without_a_way_to_send_mail_it_does_not_start() -> None:
    with pytest.raises(SettingsError, match="AUTH_SMTP_URL"):
        mailer_for(Settings())


def test_several_workers_need_redis(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="AUTH_REDIS_URL"):
        serve(Settings(key_folder=tmp_path, development=True), 2)


def test_a_redis_that_has_no_time_at_all_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="REDIS_TIMEOUT_MS is '0': write a whole number from 1 to 60000"):
        settings_from({"AUTH_DEVELOPMENT": "1", "AUTH_KEY_FOLDER": str(tmp_path), "REDIS_TIMEOUT_MS": "0"})


def test_half_requests_have_a_deadline(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """signaling's tests let a real half request run into it; here only that the service uses it."""
    given: dict[str, object] = {}
    monkeypatch.setattr("auth.serve.uvicorn.run", lambda _app, **options: given.update(options))
    serve(settings_from({"AUTH_DEVELOPMENT": "1", "AUTH_KEY_FOLDER": str(tmp_path / "keys"), "AUTH_PORT": "0"}), 1)
    assert given["http"] is DeadlineProtocol
    # uvicorn takes uvloop by itself where it is there, and the lock of servers has it.
    assert given.get("loop", "auto") == "auto"
    assert "\nuvloop==" in (ROOT / "requirements-services.lock").read_text("utf-8")


async def test_workers_that_share_a_socket_send_at_once() -> None:
    """uvicorn binds for several workers in a way that asyncio does not recognise as TCP."""
    seen: list[int] = []

    class Seen(DeadlineProtocol):
        def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
            super().connection_made(transport)
            seen.append(transport.get_extra_info("socket").getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))

    config = uvicorn.Config(PlainTextResponse("here"), port=0, http=Seen, log_level="critical", lifespan="off")
    listener = config.bind_socket()
    server = QuietServer(config)
    running = asyncio.create_task(server.serve(sockets=[listener]))
    async with httpx.AsyncClient(transport=httpx.AsyncHTTPTransport(retries=5)) as client:
        answer = await client.get(f"http://127.0.0.1:{listener.getsockname()[1]}/")
    server.end()
    await running
    assert (answer.text, seen) == ("here", [1])
