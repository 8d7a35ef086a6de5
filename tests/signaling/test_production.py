"""What the signaling service does not start with outside of development; beside a real sign-in service and Redis."""

from __future__ import annotations

import asyncio
import contextlib
import secrets
import socket
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import uvicorn
from starlette.responses import JSONResponse

from auth.app import create_app
from auth.key_folder import new_folder
from auth.keys import service_key
from auth.mail.mailers import Mailbox
from auth.metrics_folder import SHARED
from auth.origins import allow
from auth.settings import Settings as AuthSettings
from auth.settings import SettingsError
from auth.store.opening import open_store
from signaling.__main__ import main
from tests.fakes.redis_server import RedisServer
from tests.fakes.serving import QuietServer, free_port, started

MADE = secrets.token_hex(32)


@contextlib.asynccontextmanager
async def serving(app: object) -> AsyncIterator[str]:
    """Its address."""
    server = QuietServer(uvicorn.Config(app, port=0, log_level="critical", lifespan="off"))  # type: ignore[arg-type]
    task = asyncio.create_task(server.serve())
    await started(server)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.end()
    await task


@dataclass
class Deployment:
    """An environment that is safe, and what becomes of it with changes."""

    environ: dict[str, str]
    monkeypatch: pytest.MonkeyPatch
    capsys: pytest.CaptureFixture[str]

    async def start(self, **changes: str) -> str:
        """What it says when it starts: "" and it runs."""
        runs: list[bool] = []
        self.monkeypatch.setattr("signaling.serve.run_alone", lambda *_given: runs.append(True))
        with self.monkeypatch.context() as environment:
            for name, value in {**self.environ, **changes}.items():
                environment.setenv(name, value)
            try:
                await asyncio.to_thread(main, ["serve"])
            except SettingsError as error:
                assert runs == []
                return str(error)
        assert runs == [True]
        return self.capsys.readouterr().err


@pytest.fixture
async def deployment(
    tmp_path: Path, redis_server: RedisServer, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> AsyncIterator[Deployment]:
    new_folder(tmp_path, "https://auth.example.org", int(time.time()))
    store = open_store(redis_server.url)
    await allow(store, "https://site.test")
    async with serving(create_app(AuthSettings(key_folder=tmp_path), store, Mailbox())) as auth_url:
        environ = {
            "REDIS_URL": redis_server.url, "AUTH_URL": auth_url, "SERVICE_KEY": service_key(tmp_path),
            "SIGNALING_PUBLIC_URL": "https://chat.example.org", "SIGNALING_TRUSTED_PROXIES": "127.0.0.1",
            "SIGNALING_SOCKETS_PER_WORKER": "100", "SIGNALING_SECRET": MADE, "SIGNALING_PORT": "0",
            "SIGNALING_STORE_TIMEOUT_MS": "10000", "SIGNALING_STORE_WAIT_MS": "40000",
        }  # fmt: skip
        yield Deployment(environ, monkeypatch, capsys)
    await store.close()


async def test_what_is_safe_starts_without_a_word(deployment: Deployment) -> None:
    assert await deployment.start() == ""
    assert await deployment.start(TURN_URL="turn:turn.example.org", TURN_SECRET=MADE) == ""


UNSAFE = {
    "no Redis": ({"REDIS_URL": ""}, "SIGNALING_REDIS_URL is missing"),
    "no address": ({"SIGNALING_PUBLIC_URL": ""}, "SIGNALING_PUBLIC_URL is no https address"),
    "an address over http": ({"SIGNALING_PUBLIC_URL": "http://chat.test"}, "SIGNALING_PUBLIC_URL is no https address"),
    "an address of this machine": (
        {"SIGNALING_PUBLIC_URL": "https://127.0.0.1"}, "SIGNALING_PUBLIC_URL is https://127.0.0.1, where nobody"
    ),
    "a name of this machine": (
        {"SIGNALING_PUBLIC_URL": "https://localhost"}, "SIGNALING_PUBLIC_URL is https://localhost, where nobody"
    ),
    "all addresses of this machine": (
        {"SIGNALING_PUBLIC_URL": "https://0.0.0.0"}, "SIGNALING_PUBLIC_URL is https://0.0.0.0, where nobody"
    ),
    "an address of a network of one's own": (
        {"SIGNALING_PUBLIC_URL": "https://10.0.0.5"}, "SIGNALING_PUBLIC_URL is https://10.0.0.5, which only a network"
    ),
    "no secret": ({"SIGNALING_SECRET": ""}, "SIGNALING_SECRET is missing"),
    "busy is more than calm": (
        {"SIGNALING_UNAUTHENTICATED_PER_IP_BUSY": "65"},
        "SIGNALING_UNAUTHENTICATED_PER_IP_BUSY is 65 and SIGNALING_UNAUTHENTICATED_PER_IP is 64: write no more",
    ),
    "a first penalty beyond the last": ({"SIGNALING_PENALTY_S": "901"}, "SIGNALING_PENALTY_S is 901 and"),
    "a person with more sockets than an address": (
        {"SIGNALING_SOCKETS_PER_IP": "4"}, "SIGNALING_SOCKETS_PER_USER is 5 and SIGNALING_SOCKETS_PER_IP is 4: write no"
    ),
    "empty for longer than idle": (
        {"SIGNALING_ROOM_EMPTY_S": "3601"}, "SIGNALING_ROOM_EMPTY_S is 3601 and SIGNALING_ROOM_IDLE_S is 3600"
    ),
    "a page that waits for longer than 7TV is asked": (
        {"SIGNALING_SEVEN_TV_TIMEOUT_S": "2"}, "SIGNALING_SEVEN_TV_WAIT_S is 3.0 and SIGNALING_SEVEN_TV_TIMEOUT_S is 2"
    ),
    "more of a core than there is time": (
        {"SIGNALING_EMOTE_WALL_S": "1"}, "SIGNALING_EMOTE_CPU_S is 2 and SIGNALING_EMOTE_WALL_S is 1"
    ),
    "a message that no outbox takes": (
        {"SIGNALING_SOCKET_MESSAGE_BYTES": "524289"}, "SIGNALING_SOCKET_MESSAGE_BYTES is 524289 and SIGNALING_OUTBOX_B"
    ),
    "Redis over the internet": (
        {"REDIS_URL": "redis://8.8.8.8:6379/0"}, "SIGNALING_REDIS_URL (or REDIS_URL) leads over the internet without"
    ),
    "TURN in a network of one's own": (
        {"TURN_URL": "turn:10.0.0.1:3478", "TURN_SECRET": MADE},
        "SIGNALING_TURN_URL names turn:10.0.0.1:3478, which only a network of your own can find",
    ),
    "STUN at a name that is none outside": (
        {"STUN_URL": "stun:stun.internal:3478"},
        "SIGNALING_STUN_URL names stun:stun.internal:3478, which only a network of your own can find",
    ),
    "one address above a worker": (
        {"SIGNALING_UNAUTHENTICATED_PER_WORKER": "63"}, "SIGNALING_UNAUTHENTICATED_PER_IP is 64 and SIGNALING_UNAUTH"
    ),
    "the same of refusals": ({"SIGNALING_REFUSALS_PER_WORKER": "31"}, "SIGNALING_REFUSALS_PER_IP is 32 and"),
    "a socket above its room": (
        {"SIGNALING_ROOM_RELAY_BYTES_PER_S": "65535"}, "SIGNALING_RELAY_BYTES_PER_S is 65536 and SIGNALING_ROOM_RELAY"
    ),
    "the same at once": (
        {"SIGNALING_ROOM_RELAY_BURST_BYTES": "262143"}, "SIGNALING_RELAY_BURST_BYTES is 262144 and SIGNALING_ROOM_RELAY"
    ),
    "a room above its worker": (
        {"SIGNALING_WORKER_RELAY_BYTES_PER_S": "262143"}, "SIGNALING_ROOM_RELAY_BYTES_PER_S is 262144 and SIGNALING_WOR"
    ),
    "forgotten while it lasts": (
        {"SIGNALING_PENALTY_MEMORY_S": "899"}, "SIGNALING_PENALTY_MAX_S is 900 and SIGNALING_PENALTY_MEMORY_S is 899"
    ),
    "cut for longer than away": (
        {"SIGNALING_PRESENCE_GRACE_S": "21", "SIGNALING_PRESENCE_S": "20"},
        "SIGNALING_PRESENCE_GRACE_S is 21 and SIGNALING_PRESENCE_S is 20",
    ),
    "shown when it cannot come back": (
        {"SIGNALING_RESUME_S": "9"}, "SIGNALING_PRESENCE_GRACE_S is 10 and SIGNALING_RESUME_S is 9"
    ),
    "a person's rooms above an address's": (
        {"SIGNALING_CREATES_PER_IP_HOUR": "4"}, "SIGNALING_CREATES_PER_USER_HOUR is 5 and SIGNALING_CREATES_PER_IP"
    ),
    "a person's rooms above all": ({"SIGNALING_ROOMS_LIVE": "2"}, "SIGNALING_ROOMS_PER_OWNER is 3 and SIGNALING_ROOMS"),
    "looks into one room above all": (
        {"SIGNALING_VISITS_PER_VISITOR_MIN": "11", "SIGNALING_VISITS_PER_ROOM_MIN": "11"},
        "SIGNALING_VISITS_PER_VISITOR_MIN is 11 and SIGNALING_VISITS_PER_IP_MIN is 10",
    ),
    "one's looks above everybody's": (
        {"SIGNALING_VISITS_PER_VISITOR_MIN": "10", "SIGNALING_VISITS_PER_ROOM_MIN": "9"},
        "SIGNALING_VISITS_PER_VISITOR_MIN is 10 and SIGNALING_VISITS_PER_ROOM_MIN is 9",
    ),
    "idle for longer than it lives": ({"SIGNALING_ROOM_LIFE_S": "3599"}, "SIGNALING_ROOM_IDLE_S is 3600 and"),
    "rooms of an hour": ({"SIGNALING_CREATES_PER_USER_DAY": "4"}, "SIGNALING_CREATES_PER_USER_HOUR is 5 and"),
    "fresh for longer than stale": ({"SIGNALING_EMOTES_STALE_S": "299"}, "SIGNALING_EMOTES_FRESH_S is 300 and"),
    "stale for longer than kept": ({"SIGNALING_EMOTES_LIFE_S": "86399"}, "SIGNALING_EMOTES_STALE_S is 86400 and"),
    "no proxy": ({"SIGNALING_TRUSTED_PROXIES": ""}, "SIGNALING_TRUSTED_PROXIES is missing"),
    "every proxy": ({"SIGNALING_TRUSTED_PROXIES": "*"}, "SIGNALING_TRUSTED_PROXIES is '*'"),
    "no key": ({"SERVICE_KEY": ""}, "SERVICE_KEY must be"),
    "TURN without its secret": ({"TURN_URL": "turn:turn.example.org"}, "SIGNALING_TURN_SECRET is missing"),
    "TURN at this machine": (
        {"TURN_URL": "turn:turn.example.org, turns:localhost:5349", "TURN_SECRET": MADE},
        "SIGNALING_TURN_URL names turns:localhost:5349, where nobody",
    ),
    "STUN at this machine": (
        {"STUN_URL": "stun:[::1]:3478"}, "SIGNALING_STUN_URL names stun:[::1]:3478, where nobody"
    ),
    "a secret without TURN": ({"TURN_SECRET": MADE}, "SIGNALING_TURN_URL is missing"),
    "a secret that repeats itself": ({"SIGNALING_SECRET": "s" * 32}, "SIGNALING_SECRET can be guessed"),
    "a TURN secret of words": (
        {"TURN_URL": "turn:turn.example.org", "TURN_SECRET": "my-turn-server-secret-password-2026"},
        "SIGNALING_TURN_SECRET (or TURN_SECRET) can be guessed, since it is made of words",
    ),
    "a token in a row": (
        {"SIGNALING_METRICS_TOKEN": "abcdefghijklmnopqrstuvwxyz0123456789"}, "SIGNALING_METRICS_TOKEN can be guessed"
    ),
    "a password of Redis' example": (
        {"REDIS_URL": "redis://:foobared@127.0.0.1"}, "SIGNALING_REDIS_URL (or REDIS_URL) has a password"
    ),
    "development": ({"SIGNALING_DEVELOPMENT": "1"}, "SIGNALING_DEVELOPMENT (or CHAT_DEVELOPMENT) is on"),
    "sites of its own": ({"SIGNALING_ORIGINS": "https://a.test"}, "SIGNALING_ORIGINS is no setting"),
}  # fmt: skip


@pytest.mark.no_cover
@pytest.mark.parametrize("name", UNSAFE)
async def test_what_is_unsafe_is_refused_with_one_sentence(name: str, deployment: Deployment) -> None:
    changes, sentence = UNSAFE[name]
    said = await deployment.start(**changes)
    assert said.startswith(sentence)
    assert said.count("\n") == 0
    assert said.endswith(".")


OWN = ["192.168.0.7", "172.16.0.1", "[fd00::1]", "chat.test", "chat.invalid", "chat.example", "chat.internal", "chat"]


@pytest.mark.no_cover
@pytest.mark.parametrize("host", OWN)
async def test_an_address_that_strangers_cannot_find_is_for_a_network_of_ones_own(
    host: str, deployment: Deployment
) -> None:
    url = f"https://{host}"
    said = await deployment.start(SIGNALING_PUBLIC_URL=url)
    assert said.startswith(f"SIGNALING_PUBLIC_URL is {url}, which only a network of your own can find")
    assert "CHAT_OWN_NETWORK=1" in said
    assert await deployment.start(SIGNALING_PUBLIC_URL=url, CHAT_OWN_NETWORK="1") == ""


@pytest.mark.no_cover
@pytest.mark.parametrize("host", ["127.0.0.1", "[::1]", "chat.localhost"])
async def test_no_network_of_ones_own_finds_this_machine_by_its_own_name(host: str, deployment: Deployment) -> None:
    said = await deployment.start(SIGNALING_PUBLIC_URL=f"https://{host}", CHAT_OWN_NETWORK="1")
    assert said.startswith(f"SIGNALING_PUBLIC_URL is https://{host}, where nobody")


async def test_turn_in_a_network_of_ones_own_is_for_who_says_so(deployment: Deployment) -> None:
    own = {"TURN_URL": "turn:[fd00::1]:3478", "TURN_SECRET": MADE, "STUN_URL": "stun:10.0.0.1:3478"}
    assert (await deployment.start(**own)).count("CHAT_OWN_NETWORK=1") == 2
    assert await deployment.start(**own, CHAT_OWN_NETWORK="1") == ""


async def test_another_database_than_that_of_the_sign_in_service_is_refused(
    deployment: Deployment, redis_server: RedisServer
) -> None:
    other = redis_server.url.replace("db=0", "db=1")
    store = open_store(other)
    await allow(store, "https://site.test")
    assert (await deployment.start(REDIS_URL=other)).startswith("The sign-in service uses another Redis database")
    await store.command("FLUSHDB")
    await store.close()


async def test_without_a_site_it_does_not_start(deployment: Deployment, redis_server: RedisServer) -> None:
    redis_server.clear()
    assert (await deployment.start()).startswith("No site may embed the chat")


async def test_what_does_not_answer_yet_is_waited_for(deployment: Deployment) -> None:
    assert "nothing answers at http://127.0.0.1:1; until" in await deployment.start(AUTH_URL="http://127.0.0.1:1")
    assert "Redis does not answer (nothing listens there); until" in await deployment.start(REDIS_URL="redis://127.0.0.1:1")


async def test_a_redis_that_does_not_let_us_in_is_not_waited_for(
    deployment: Deployment, redis_server: RedisServer
) -> None:
    said = await deployment.start(REDIS_URL=redis_server.url.replace("unix://", "unix://nobody:wrong-one@"))
    assert said == "Redis does not let us in: look at the user and the password in REDIS_URL."


@pytest.mark.parametrize(("option", "sentence"), [
    ("--workers=0", "SIGNALING_WORKERS is '0': write a whole number from 1 to 256."),
    ("--workers=257", "SIGNALING_WORKERS is '257': write a whole number from 1 to 256."),
    ("--port=99999", "SIGNALING_PORT is '99999': write a whole number from 0 to 65535."),
    ("--port=-1", "SIGNALING_PORT is '-1': write a whole number from 0 to 65535."),
    ("--host=nonsense host", "SIGNALING_HOST is 'nonsense host': write an address of this machine"),
])  # fmt: skip
def test_an_option_that_cannot_be_is_refused_as_its_setting_is(option: str, sentence: str) -> None:
    with pytest.raises(SettingsError) as refused:
        main(["serve", option])
    assert str(refused.value).startswith(sentence)


@pytest.mark.parametrize("answer", [{}, {"status": "ok"}, [], "ok"])
async def test_something_else_in_place_of_the_sign_in_service_is_named(deployment: Deployment, answer: object) -> None:
    async with serving(JSONResponse(answer)) as elsewhere:
        said = await deployment.start(AUTH_URL=elsewhere)
    assert said == f"What answers at {elsewhere} is not the sign-in service: set AUTH_URL to where it is."


async def test_keys_of_another_root_are_told_before_anybody_is_refused(
    deployment: Deployment, tmp_path: Path
) -> None:
    other = new_folder(tmp_path / "other", "https://auth.example.org", int(time.time()))
    said = await deployment.start(SERVICE_KEY=other)
    assert said.startswith(f"The keys at {deployment.environ['AUTH_URL']} are of another root than SERVICE_KEY")


async def test_a_proxy_on_the_way_out_is_not_asked_for_what_stands_beside_us(deployment: Deployment) -> None:
    nowhere = "http://127.0.0.1:1"
    assert await deployment.start(HTTP_PROXY=nowhere, http_proxy=nowhere, ALL_PROXY=nowhere) == ""


async def test_a_missing_key_hides_no_other_fault(deployment: Deployment) -> None:
    said = await deployment.start(SERVICE_KEY="", SIGNALING_SECRET="")
    assert [line.partition(" ")[0] for line in said.splitlines()] == ["SERVICE_KEY", "SIGNALING_SECRET"]


async def test_a_port_that_is_taken_is_told(deployment: Deployment) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        said = await deployment.start(SIGNALING_PORT=str(taken.getsockname()[1]))
    assert said.endswith("set SIGNALING_PORT to another number.")


async def test_a_redis_that_throws_away_is_refused(deployment: Deployment, redis_server: RedisServer) -> None:
    store = open_store(redis_server.url)
    await store.command("CONFIG", "SET", "maxmemory-policy", "volatile-lru")
    said = await deployment.start()
    await store.command("CONFIG", "SET", "maxmemory-policy", "noeviction")
    await store.close()
    assert said.startswith("Redis: it throws away what it has no room for (volatile-lru)")


async def test_with_too_few_files_it_does_not_start(deployment: Deployment) -> None:
    deployment.monkeypatch.setattr("auth.files.resource.getrlimit", lambda _kind: (300, 300))
    said = await deployment.start()
    assert said.startswith("Open files are limited to 300: run `ulimit -n ")


async def test_in_development_there_may_be_no_redis_but_only_one_worker(deployment: Deployment) -> None:
    here = {"CHAT_DEVELOPMENT": "1", "REDIS_URL": "", "SIGNALING_PUBLIC_URL": "", "SIGNALING_TRUSTED_PROXIES": ""}
    assert "no Redis" in await deployment.start(**here)
    assert "set SIGNALING_REDIS_URL" in await deployment.start(**here, SIGNALING_WORKERS="2")
    said = await deployment.start(**here, TURN_URL="turn:turn.example.org")
    assert said.startswith("SIGNALING_TURN_SECRET is missing")



async def test_the_commands_options_win(deployment: Deployment) -> None:
    given: dict[str, object] = {}
    port = str(free_port())
    for name, value in {**deployment.environ, SHARED: ""}.items():  # else every later test of this process has it
        deployment.monkeypatch.setenv(name, value)
    deployment.monkeypatch.setattr("signaling.serve.run_alone", lambda _app, options: given.update(options))
    started: list[uvicorn.Config] = []
    places: list[int] = []

    def start(config: uvicorn.Config, most: int) -> None:
        started.append(config)
        places.append(most)

    deployment.monkeypatch.setattr("signaling.serve.run_workers", start)
    await asyncio.to_thread(main, ["serve", "--port", port, "--workers", "3", "--host", "127.0.0.2"])
    assert [(config.port, config.workers, config.host) for config in started] == [(int(port), 3, "127.0.0.2")]
    await asyncio.to_thread(main, ["serve"])
    assert (given["port"], given["host"]) == (0, "127.0.0.1")
    assert places == [int(deployment.environ["SIGNALING_SOCKETS_PER_WORKER"])]
