"""Why a server was not reached, told from real refusals, and what the doctor says of each."""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest

from auth.checks import mail, public
from auth.settings import Settings
from auth.store.opening import open_store
from auth.store.shared import StoreDown
from auth.unreached import reason, words
from tests.auth.checks.findings import only
from tests.fakes.redis_server import RedisServer
from tests.fakes.serving import free_port
from tests.hosting.authority import Authority

Serve = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
UNKNOWN = "unable to get local issuer certificate"  # as OpenSSL has it


@pytest.fixture
def unknown_authority(tmp_path: Path) -> ssl.SSLContext:
    """Of a server with a certificate for localhost that this machine has no reason to believe."""
    authority = Authority()
    signer = authority.issue("localhost")
    (tmp_path / "cert.pem").write_text(signer.pem + authority.middle.pem, "utf-8")
    (tmp_path / "key.pem").write_text(signer.key, "utf-8")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "cert.pem", tmp_path / "key.pem")
    return context


async def greet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(b"220 mail.test ESMTP\r\n")
    await reader.read(1)
    writer.close()


async def http(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.read(1)
    writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
    writer.close()


@asynccontextmanager
async def listening(serve: Serve, context: ssl.SSLContext | None = None) -> AsyncIterator[int]:
    """Its port."""
    server = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=context)
    yield server.sockets[0].getsockname()[1]
    server.close()


@pytest.mark.parametrize(("error", "found"), [
    (socket.gaierror(-2, "Name or service not known"), "its name does not resolve"),
    (ConnectionResetError(), "it hung up"),
    (asyncio.IncompleteReadError(b"", 1), "it hung up"),
    (OSError(113, "No route to host"), "there is no way to it"),
    (OSError("Multiple exceptions: [Errno 111] Connect call failed, [Errno 111] ..."), "nothing listens there"),
    (ExceptionGroup("both", [ConnectionRefusedError()]), "nothing listens there"),
    (ValueError("strange"), "ValueError"),
])  # fmt: skip
def test_each_reason_has_its_words(error: Exception, found: str) -> None:
    assert words(error) == found


async def test_a_port_where_nothing_listens_is_told_below_the_errors_of_libraries() -> None:
    port = free_port()
    with pytest.raises(httpx.ConnectError) as web:
        async with httpx.AsyncClient() as client:
            await client.get(f"http://127.0.0.1:{port}")
    store = open_store(f"redis://127.0.0.1:{port}")
    with pytest.raises(StoreDown) as down:
        await store.ping()
    await store.close()
    assert [reason(found.value) for found in (web, down)] == ["refused", "refused"]


async def test_a_mail_server_without_tls_there_is_told() -> None:
    async with listening(greet) as port:
        found = await mail.findings(Settings(smtp_url=f"smtps://127.0.0.1:{port}"), None)
    assert "(it speaks no TLS there): write smtp://" in only(found, "FAIL")


async def test_a_mail_server_whose_certificate_does_not_count_is_told(unknown_authority: ssl.SSLContext) -> None:
    async with listening(greet, unknown_authority) as port:
        found = await mail.findings(Settings(smtp_url=f"smtps://localhost:{port}"), None)
    assert f"(its certificate does not count: {UNKNOWN}): name the host" in only(found, "FAIL")


async def test_a_public_address_whose_certificate_does_not_count_is_told(
    unknown_authority: ssl.SSLContext, redis_server: RedisServer
) -> None:
    store = open_store(redis_server.url)
    async with listening(http, unknown_authority) as port:
        found = await public.findings(store, "public address", f"https://localhost:{port}", (), "auth")
    async with listening(http) as port:
        plain = await public.findings(store, "public address", f"https://localhost:{port}", (), "auth")
    await store.close()
    assert f"{UNKNOWN}): let the proxy show a certificate for this name" in only(found, "FAIL")
    assert "(it speaks no TLS there): let the proxy listen with TLS there" in only(plain, "FAIL")


async def test_what_is_no_redis_is_told() -> None:
    async with listening(http) as port:
        store = open_store(f"redis://127.0.0.1:{port}")
        with pytest.raises(StoreDown):
            await store.ping()
        await store.close()
