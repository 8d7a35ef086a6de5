"""The doctor of the signaling service: the way that pages take, the sign-in service, TURN."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from aioice import stun
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket

from auth import origins
from auth.checks import public
from auth.checks.finding import Finding
from auth.key_folder import DOCUMENT_LIFE_S, new_folder
from auth.keys import service_key
from signaling import check
from signaling.__main__ import main
from signaling.checks import sign_in, socket, turn
from signaling.checks import stun as stun_check
from signaling.checks.turn import is_reached
from signaling.ice_url import Server, read_server
from signaling.production import unsafe
from signaling.settings import Settings
from tests.browser.turn_server import SECRET, turn_server
from tests.fakes.serving import QuietServer, free_port
from tests.signaling.member import ORIGIN
from tests.signaling.world import World, until

NOW_S = int(time.time())


def only(found: list[Finding], mark: str) -> str:
    (sentence,) = [finding.sentence for finding in found if finding.mark == mark]
    return sentence


@asynccontextmanager
async def serving(*routes: Route | WebSocketRoute) -> AsyncIterator[str]:
    port = free_port()
    server = QuietServer(uvicorn.Config(Starlette(routes=list(routes)), port=port, log_level="critical"))
    running = asyncio.create_task(server.serve())
    await until(lambda: server.started)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.end()
        await running


@pytest.mark.parametrize(("own", "mark", "what"), [(False, "FAIL", "settings"), (True, "WARN", "public address")])
async def test_a_network_of_ones_own_is_a_fault_until_it_is_meant(
    own: bool, mark: str, what: str, world: World, tmp_path: Path
) -> None:
    new_folder(tmp_path / "keys", "https://auth.example.org", NOW_S)
    places: dict[str, Any] = {
        "public_url": f"https://chat.test:{free_port()}", "service_key": service_key(tmp_path / "keys"),
        "trusted_proxies": ("104.16.0.0/13",),
    }
    settings = world.settings.model_copy(update={**places, "own_network": own})
    found = [finding async for finding in check.examine(settings, world.stores[0])]
    told = [(one.mark, one.what) for one in found if "network of your own" in one.sentence]
    assert told == [(mark, what)]
    assert [one.mark for one in found if one.what == "proxies"] == ["WARN"]


async def test_the_public_address_is_called_as_pages_do(world: World) -> None:
    store, url = world.stores[0], world.servers[0].http_url
    found = await public.findings(store, "public address", url, ("none",), "signaling")
    assert f"{url} answers; a call arrives from 127.0.0.1, counts as 127.0.0.1" in only(found, "ok")
    assert "is not https" in only(found, "FAIL")
    assert "opens and the service greets" in only(await socket.findings(url, [ORIGIN]), "ok")
    assert "(origin.refused)" in only(await socket.findings(url, ["https://stranger.test"]), "FAIL")
    assert await socket.findings(url, []) == []


async def test_something_else_at_the_address_is_told(world: World) -> None:
    async def page(request: object) -> PlainTextResponse:
        return PlainTextResponse("welcome")

    async def talk(websocket: WebSocket) -> None:
        await websocket.accept("cw1")
        await websocket.send_bytes(b"what")

    async with serving(Route("/{path:path}", page), WebSocketRoute("/chat/ws", talk)) as url:
        found = await public.findings(world.stores[0], "public address", url, ("none",), "signaling")
        assert "something else answers" in only(found, "FAIL")
        ours = world.servers[0].http_url
        found = await public.findings(world.stores[0], "public address", ours, ("none",), "auth")
        assert "such as the other service" in only(found, "FAIL")
        assert "something else answers" in only(await socket.findings(f"{url}/chat", [ORIGIN]), "FAIL")
        assert "pass on Upgrade" in only(await socket.findings(url, [ORIGIN]), "FAIL")
    assert "does not open (nothing listens there): look at what is said of the public address" in only(
        await socket.findings(url, [ORIGIN]), "FAIL"
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    new_folder(tmp_path / "keys", "https://auth.test", NOW_S)
    return tmp_path / "keys"


async def test_the_sign_in_service_is_asked_for_its_keys(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("signaling.keys.FETCH_TIMEOUT_S", 60)  # the cores are shared with other tests
    async def keys(request: object) -> PlainTextResponse:
        return PlainTextResponse((folder / "cw-keys.jws").read_text())

    other = new_folder(tmp_path / "other", "https://auth.test", NOW_S)
    async with serving(Route("/.well-known/cw-keys", keys)) as url:
        good = Settings(auth_url=url, service_key=service_key(folder))
        assert "44 days more" in only(await sign_in.findings(good, NOW_S + 3600), "ok")
        assert "ends in 6 days" in only(await sign_in.findings(good, NOW_S + DOCUMENT_LIFE_S - 7 * 86400 + 1), "FAIL")
        assert "document expired" in only(await sign_in.findings(good, NOW_S + DOCUMENT_LIFE_S + 61), "FAIL")
        wrong = Settings(auth_url=url, service_key=other)
        assert "keys service-key" in only(await sign_in.findings(wrong, NOW_S), "FAIL")
    assert "look at AUTH_URL" in only(await sign_in.findings(good, NOW_S), "FAIL")
    assert "SERVICE_KEY" in only(await sign_in.findings(Settings(), NOW_S), "FAIL")


@pytest.mark.parametrize(("url", "server"), [
    ("turn:a.test", ("a.test", 3478, "udp", False)),
    ("turn:a.test:99?transport=tcp", ("a.test", 99, "tcp", False)),
    ("turns:[::1]", ("::1", 5349, "tcp", True)),
    ("turns:a.test:1?transport=udp", ("a.test", 1, "udp", True)),
])
def test_a_turn_url_is_read(url: str, server: tuple[str, int, str, bool]) -> None:
    assert read_server(url) == Server(url, *server)


async def test_a_turn_server_is_asked_for_a_way() -> None:
    with turn_server() as url:
        for given in (url, url.replace("tcp", "udp")):
            here = Settings(turn_url=given, turn_secret=SECRET, development=True)
            assert "gives a way" in only(await turn.findings(here), "ok")
            found = await turn.findings(Settings(turn_url=given, turn_secret=SECRET))
            assert "gives ways at 127.0.0.1, where nobody from outside comes" in only(found, "FAIL")
        found = await turn.findings(Settings(turn_url=url, turn_secret="another" * 5))
        assert "static-auth-secret" in only(found, "FAIL")
    assert "does not answer" in only(await turn.findings(Settings(turn_url=url, turn_secret=SECRET)), "FAIL")
    found = await turn.findings(Settings(turn_url="turns:a.test?transport=udp", turn_secret=SECRET))
    assert "was not tried" in only(found, "WARN")
    assert "there is none" in only(await turn.findings(Settings()), "WARN")


async def test_each_turn_server_of_a_list_is_looked_at() -> None:
    given = f"turn:127.0.0.1:{free_port()}?transport=tcp, turns:a.test?transport=udp"
    found = await turn.findings(Settings(turn_url=given, turn_secret=SECRET))
    assert [finding.mark for finding in found] == ["FAIL", "WARN"]


@pytest.mark.parametrize(("code", "advice"), [(401, "static-auth-secret"), (486, "refuses (486): look at its log")])
async def test_a_turn_server_that_refuses_is_told_with_what_to_do(
    code: int, advice: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def refuse(*_arguments: object, **_options: object) -> None:
        answer = stun.Message(stun.Method.ALLOCATE, stun.Class.ERROR)
        answer.attributes["ERROR-CODE"] = (code, "")
        raise stun.TransactionFailed(answer)

    monkeypatch.setattr("aioice.turn.create_turn_endpoint", refuse)
    found = await turn.findings(Settings(turn_url="turn:a.test", turn_secret=SECRET))
    assert advice in only(found, "FAIL")


async def test_a_turn_server_that_never_answers_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    async def hang(*_arguments: object, **_options: object) -> None:
        await asyncio.Event().wait()

    monkeypatch.setattr("aioice.turn.create_turn_endpoint", hang)
    monkeypatch.setattr(turn, "ANSWER_S", 0)
    found = await turn.findings(Settings(turn_url="turn:a.test", turn_secret=SECRET))
    assert "(nothing came back in time)" in only(found, "FAIL")


async def test_everything_is_looked_at_in_one_go(world: World, folder: Path, tmp_path: Path) -> None:
    await origins.allow(world.stores[0], ORIGIN)
    emotes = Settings(seven_tv=False, emote_shelf=str(tmp_path / "shelf"))
    settings = emotes.model_copy(
        update={"public_url": world.servers[0].http_url, "service_key": service_key(folder)}
    )
    found = [finding async for finding in check.examine(settings, world.stores[0])]
    assert list(dict.fromkeys(finding.what for finding in found)) == [
        "settings", "Redis", "sign-in service", "one database", "sites", "public address", "WebSocket", "TURN", "7TV",
        "emotes of sites", "files", "clock",
    ]  # fmt: skip
    nowhere = [finding async for finding in check.examine(emotes, world.stores[0])]
    assert any("SIGNALING_PUBLIC_URL to what" in finding.sentence for finding in nowhere)
    of_settings = [(finding.mark, finding.sentence) for finding in nowhere if finding.what == "settings"]
    assert ("FAIL", unsafe(Settings())[0]) in of_settings
    assert any("SIGNALING_SECRET is missing" in sentence for _, sentence in of_settings)


def test_the_command_ends_with_1_when_something_is_at_fault(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in ("REDIS_URL", "SIGNALING_REDIS_URL", "SERVICE_KEY", "SIGNALING_SERVICE_KEY", "AUTH_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("SIGNALING_SEVEN_TV", "0")
    monkeypatch.setenv("SIGNALING_EMOTE_SHELF", str(tmp_path / "shelf"))
    monkeypatch.setenv("SIGNALING_AUTH_URL", f"http://127.0.0.1:{free_port()}")
    with pytest.raises(SystemExit) as ended:
        main(["check"])
    assert ended.value.code == 1
    assert "FAIL  sign-in service: SERVICE_KEY" in capsys.readouterr().out


async def test_the_doctor_knows_from_where_it_calls(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    known: list[str] = []

    def judged(*given: Any) -> list[Finding]:
        known.append(given[-1])
        return []

    monkeypatch.setattr(public, "_judged", judged)
    await public.findings(world.stores[0], "public address", world.servers[0].http_url, ("none",), "signaling")
    assert known == ["127.0.0.1"]


@pytest.mark.parametrize(("relayed", "theirs", "is_good"), [
    ("8.8.8.8", {"9.9.9.9"}, True), ("10.0.0.5", {"8.8.8.8"}, False), ("10.0.0.5", {"10.0.0.5"}, True),
    ("127.0.0.1", {"127.0.0.1"}, False), ("::1", {"8.8.8.8"}, False), ("0.0.0.0", {"8.8.8.8"}, False),
])
def test_an_address_behind_a_nat_is_no_way(relayed: str, theirs: set[str], is_good: bool) -> None:
    assert is_reached(relayed, theirs) is is_good


async def test_a_stun_server_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    with turn_server() as url:
        place = url.removeprefix("turn:").partition("?")[0]
        found = await stun_check.findings(Settings(stun_url=f"stun:{place}"))
        assert "sees us as 127.0.0.1" in only(found, "ok")
    found = await stun_check.findings(Settings(stun_url=f"stun:{place},stuns:a.test"))
    assert "does not answer (nothing listens there)" in only(found, "FAIL")
    assert "was not tried" in only(found, "WARN")
    assert await stun_check.findings(Settings()) == []


async def test_a_stun_server_that_says_nothing_of_use_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stun_check, "ANSWER_S", 0.05)
    monkeypatch.setattr(stun_check, "AGAIN_S", 0.01)

    class Strange(asyncio.DatagramProtocol):
        def connection_made(self, transport: Any) -> None:
            self.transport = transport

        def datagram_received(self, data: bytes, address: Any) -> None:
            other = stun.Message(stun.Method.BINDING, stun.Class.RESPONSE)
            other.attributes["XOR-MAPPED-ADDRESS"] = ("127.0.0.1", 1)
            for answer in (b"x", bytes(other)):
                self.transport.sendto(answer, address)

    server, _ = await asyncio.get_running_loop().create_datagram_endpoint(Strange, local_addr=("127.0.0.1", 0))
    port = server.get_extra_info("sockname")[1]
    found = await stun_check.findings(Settings(stun_url=f"stun:127.0.0.1:{port}"))
    server.close()
    assert "does not answer (nothing came back in time)" in only(found, "FAIL")
