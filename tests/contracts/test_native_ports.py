"""The contracts of the ports against the native adapters and the in-memory ones."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import uvicorn

from tests.contracts import clock as clock_contract
from tests.contracts import http as http_contract
from tests.contracts import rtc as rtc_contract
from tests.contracts import siblings as siblings_contract
from tests.contracts import sockets as sockets_contract
from tests.contracts import storage as storage_contract
from tests.contracts.echo import echo_app
from tests.contracts.report import Report, pause
from tests.fakes.serving import QuietServer, free_port, started
from widget.errors import UnreachableError
from widget.native.clock import NativeClock
from widget.native.crypto import native_crypto
from widget.native.http import NativeHttp
from widget.native.rtc import NativePeer, NativeRtc
from widget.native.siblings import Alone
from widget.native.sockets import NativeSockets
from widget.native.storage import FolderStorage, MemoryStorage
from widget.ports import PeerConnection

ORIGIN = "https://site.test"


@pytest.fixture
async def clock() -> AsyncIterator[NativeClock]:
    errors: list[BaseException] = []
    native = NativeClock(errors.append)
    yield native
    await native.close()
    assert errors == []


@pytest.fixture
async def echo() -> AsyncIterator[str]:
    """host:port of the echo server."""
    port = free_port()
    server = QuietServer(
        uvicorn.Config(echo_app(), port=port, log_level="error", ws="websockets-sansio", lifespan="off")
    )
    serving = asyncio.create_task(server.serve())
    await started(server)
    yield f"127.0.0.1:{port}"
    server.end()
    await serving


async def test_the_native_clock_keeps_the_contract(clock: NativeClock) -> None:
    report = Report()
    await clock_contract.contract(clock, report)
    assert report.broken == []


async def test_an_error_in_spawned_work_is_told() -> None:
    errors: list[BaseException] = []
    clock = NativeClock(errors.append)

    async def work() -> None:
        raise ValueError("mine")

    clock.spawn(work())
    clock.after(0, lambda: [][1])
    await pause(clock, 20)
    await clock.close()
    assert sorted(str(error) for error in errors) == ["list index out of range", "mine"]


async def test_the_native_http_keeps_the_contract(echo: str) -> None:
    report = Report()
    http = NativeHttp(ORIGIN)
    await http_contract.contract(http, f"http://{echo}", f"http://127.0.0.1:{free_port()}/", report)
    await http.close()
    assert report.broken == []


async def test_the_native_sockets_keep_the_contract(echo: str, clock: NativeClock) -> None:
    report = Report()
    sockets = NativeSockets(ORIGIN)
    await sockets_contract.contract(sockets, clock, f"ws://{echo}", f"ws://127.0.0.1:{free_port()}/", report)
    await sockets.close()
    assert report.broken == []


def say(peer: PeerConnection) -> None:
    assert isinstance(peer, NativePeer)
    peer._channel.send("words")


async def test_the_native_rtc_keeps_the_contract(clock: NativeClock) -> None:
    report = Report()
    rtc = NativeRtc()
    await rtc_contract.contract(rtc, clock, report, say=say)
    await rtc.close()
    assert report.broken == []


async def test_a_program_has_no_chats_beside_it(clock: NativeClock) -> None:
    report = Report()
    await siblings_contract.alone(Alone(), clock, report)
    assert report.broken == []


async def test_storage_in_memory_keeps_the_contract() -> None:
    report = Report()
    await storage_contract.contract(MemoryStorage(), native_crypto(), report)
    assert report.broken == []


async def test_storage_in_a_folder_keeps_the_contract(tmp_path: Path) -> None:
    report = Report()
    await storage_contract.contract(FolderStorage(tmp_path / "chat"), native_crypto(), report)
    assert report.broken == []


async def test_only_the_owner_can_read_the_folder(tmp_path: Path) -> None:
    storage = FolderStorage(tmp_path / "chat")
    await storage.save("refresh https://auth.test", b"secret")
    await storage.save_key("device", (await native_crypto().signatures.generate()).private)
    await storage.save_key("log", await native_crypto().aead.key(bytes(32)))
    assert await storage.keep("log 3 state", b"secret")
    storage.note_tab("slot", "3")
    found = list((tmp_path / "chat").rglob("*"))
    assert {path.stat().st_mode & 0o777 for path in found if path.is_file()} == {0o600}
    folders = [tmp_path / "chat", *(path for path in found if path.is_dir())]
    assert {path.stat().st_mode & 0o777 for path in folders} == {0o700}
    assert len(found) - len(folders) + 1 == 5


async def test_a_folder_in_which_everything_was_erased_is_empty(tmp_path: Path) -> None:
    storage = FolderStorage(tmp_path / "chat")
    await storage.save("refresh https://auth.test", b"secret")
    await storage.keep("log 3 state", b"secret")
    await storage.keep("log 3 1", b"secret")
    storage.note_tab("slot", "3")
    await storage.erase("refresh https://auth.test")
    await storage.erase("log 3 1")
    await storage.discard("log 3")
    storage.note_tab("slot", "")
    assert list((tmp_path / "chat").iterdir()) == []


async def test_a_full_disk_is_no_error(tmp_path: Path) -> None:
    """Nobody can write below a file, root neither."""
    storage = FolderStorage(tmp_path / "chat")
    for path in (storage._path("log"), storage._path("tab")):
        path.write_bytes(b"")
    assert not await storage.keep("log 3 state", b"secret")
    assert await storage.kept("log") == []
    storage._path("slot", "note").mkdir()
    storage.note_tab("slot", "3")
    assert storage.tab("slot") == ""


async def test_a_folder_that_cannot_be_made_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(UnreachableError, match="Choose another"):
        FolderStorage(tmp_path / "file")
