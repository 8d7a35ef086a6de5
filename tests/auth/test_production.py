"""What the sign-in service does not start with outside of development, and what it does with the sites it is given."""

from __future__ import annotations

import asyncio
import resource
import socket
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from auth.__main__ import main
from auth.key_folder import new_folder
from auth.keys import KeyFolderError
from auth.origins import allow, allowed, remove
from auth.production import is_public
from auth.settings import SettingsError
from auth.store.opening import open_store
from auth.trial import RIGHTS
from tests.fakes.redis_server import RedisServer, running_redis
from tests.fakes.serving import free_port

Start = Callable[..., str]
Command = Callable[..., tuple[str, str]]
NOWHERE = "redis://127.0.0.1:1"


def production(redis: RedisServer) -> dict[str, str]:
    """An environment that is safe."""
    return {
        "AUTH_REDIS_URL": redis.url, "AUTH_SMTP_URL": "smtp://mail.example.org", "AUTH_ORIGINS": "https://site.test",
        "AUTH_MAIL_FROM": "Chat <no-reply@chat.example.org>", "AUTH_TRUSTED_PROXIES": "127.0.0.1",
        "AUTH_PORT": "0", "AUTH_STORE_TIMEOUT_MS": "10000", "AUTH_STORE_WAIT_MS": "40000",
    }  # fmt: skip


@pytest.fixture
def start(
    tmp_path: Path, redis_server: RedisServer, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Start:
    """`start(AUTH_ORIGINS="")`: what the service says when it starts with that changed; "" and it runs."""
    monkeypatch.chdir(tmp_path)
    new_folder(tmp_path / "keys", "https://auth.example.org", int(time.time()))
    started: list[bool] = []
    monkeypatch.setattr("auth.serve.uvicorn.run", lambda *_args, **_options: started.append(True))

    def go(**changes: str) -> str:
        started.clear()
        with monkeypatch.context() as environment:
            environ = {**production(redis_server), "AUTH_KEY_FOLDER": str(tmp_path / "keys"), **changes}
            for name, value in environ.items():
                environment.setenv(name, value)
            try:
                main(["serve"])
            except (SettingsError, KeyFolderError) as error:
                assert started == []
                return str(error)
        assert started == [True]
        return capsys.readouterr().err

    return go


def test_what_is_safe_starts_without_a_word(start: Start) -> None:
    assert start() == ""


def test_a_process_that_may_open_too_few_files_does_not_start(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    """It would take no more connections, without a word."""
    monkeypatch.setattr(resource, "getrlimit", lambda _kind: (699, 699))
    assert start() == "Open files are limited to 699: run `ulimit -n 700` first."
    monkeypatch.setattr(resource, "getrlimit", lambda _kind: (700, 700))
    assert start() == ""


UNSAFE = {
    "no Redis": ({"AUTH_REDIS_URL": ""}, "AUTH_REDIS_URL is missing"),
    "no mail": ({"AUTH_SMTP_URL": ""}, "AUTH_SMTP_URL is missing"),
    "no sender": ({"AUTH_MAIL_FROM": ""}, "AUTH_MAIL_FROM names no address of yours"),
    "a sender of this machine": ({"AUTH_MAIL_FROM": "a@mail"}, "AUTH_MAIL_FROM names no address of yours"),
    "no proxy": ({"AUTH_TRUSTED_PROXIES": ""}, "AUTH_TRUSTED_PROXIES is missing"),
    "every proxy": ({"AUTH_TRUSTED_PROXIES": "*"}, "AUTH_TRUSTED_PROXIES is '*'"),
    "no site": ({"AUTH_ORIGINS": ""}, "No site may embed the chat"),
    "a site over http": ({"AUTH_ORIGINS": "http://site.test"}, "AUTH_ORIGINS is 'http://site.test'"),
    "a site with a path": ({"AUTH_ORIGINS": "https://site.test/x"}, "AUTH_ORIGINS is 'https://site.test/x'"),
    "a code of seconds": ({"AUTH_CODE_LIFE_S": "59"}, "AUTH_CODE_LIFE_S is 59"),
    "a code of hours": ({"AUTH_CODE_LIFE_S": "3600"}, "AUTH_CODE_LIFE_S is '3600'"),
    "many tries": ({"AUTH_CODE_TRIES": "6"}, "AUTH_CODE_TRIES is '6'"),
    "half of all, twice": ({"AUTH_TRUSTED_PROXIES": "0.0.0.0/1,128.0.0.0/1"}, "AUTH_TRUSTED_PROXIES is '0.0.0.0/1"),
    "the example's mail account": ({"AUTH_SMTP_URL": "smtp://USER:PASSWORD@m.test"}, "AUTH_SMTP_URL has the example's"),
    "the same, in small letters": ({"AUTH_SMTP_URL": "smtp://user:password@m.test"}, "AUTH_SMTP_URL has the"),
    "the password of all examples": (
        {"AUTH_REDIS_URL": "redis://u:Password@127.0.0.1"}, "AUTH_REDIS_URL (or REDIS_URL) has a password that can be"
    ),
    "a token that repeats itself": ({"AUTH_METRICS_TOKEN": "deadbeef" * 4}, "AUTH_METRICS_TOKEN can be guessed"),
    "a puzzle of no work": ({"AUTH_PUZZLE_LEAST_BITS": "13"}, "AUTH_PUZZLE_LEAST_BITS is 13: that is no work"),
    "the same for a guest": ({"AUTH_GUEST_BITS": "13"}, "AUTH_GUEST_BITS is 13: that is no work"),
    "a sender of documents": ({"AUTH_MAIL_FROM": "a@chat.example"}, "AUTH_MAIL_FROM names no address of yours"),
    "Redis over the internet": (
        {"AUTH_REDIS_URL": "redis+sentinel://u:gVx3@10.0.0.1:1,8.8.8.8:2/x"}, "AUTH_REDIS_URL (or REDIS_URL) leads over"
    ),
    "no other try while the code lives": (
        {"AUTH_MAIL_FIRST_RETRY_S": "61", "AUTH_MAIL_LONGEST_RETRY_S": "61", "AUTH_CODE_LIFE_S": "60"},
        "AUTH_MAIL_FIRST_RETRY_S is 61 and AUTH_CODE_LIFE_S is 60",
    ),
    "a mail server that takes longer": (
        {"AUTH_MAIL_TIMEOUT_S": "61", "AUTH_CODE_LIFE_S": "60"}, "AUTH_MAIL_TIMEOUT_S is 61 and AUTH_CODE_LIFE_S is 60"
    ),
    "guests that outlast members": (
        {"AUTH_GUEST_LIFE_S": "604800", "AUTH_REFRESH_LIFE_S": "604799"},
        "AUTH_GUEST_LIFE_S is 604800 and AUTH_REFRESH_LIFE_S is 604799",
    ),
    "a switch that there is not": ({"CHAT_PRODUCTION": "1"}, "CHAT_PRODUCTION is no setting: production is wherever"),
    "a list that there is not": ({"CHAT_ORIGINS": "x"}, "CHAT_ORIGINS is no setting: sites are allowed by"),
    "puzzles that get easier": (
        {"AUTH_PUZZLE_LEAST_BITS": "20", "AUTH_PUZZLE_MOST_BITS": "14"},
        "AUTH_PUZZLE_LEAST_BITS is 20 and AUTH_PUZZLE_MOST_BITS is 14: write no more for the first than for the second",
    ),
    "a hard limit below the soft": ({"AUTH_PUZZLE_DOMAIN_HOUR": "499"}, "AUTH_SEND_DOMAIN_HOUR is 500 and"),
    "the same of sites": ({"AUTH_PUZZLE_ORIGIN_HOUR": "999"}, "AUTH_SEND_ORIGIN_HOUR is 1000 and"),
    "locked before held": ({"AUTH_LOCK_AFTER": "1"}, "AUTH_HOLD_AFTER is 10 and AUTH_LOCK_AFTER is 1"),
    "a first wait beyond the last": ({"AUTH_HOLD_LONGEST_S": "29"}, "AUTH_HOLD_FIRST_S is 30 and"),
    "idle for longer than it lives": ({"AUTH_REFRESH_LIFE_S": "86400"}, "AUTH_REFRESH_IDLE_S is 259200 and"),
    "more in minutes than in an hour": ({"AUTH_SEND_EMAIL_15MIN": "6"}, "AUTH_SEND_EMAIL_15MIN is 6 and"),
    "more in an hour than in a day": ({"AUTH_SEND_EMAIL_DAY": "4"}, "AUTH_SEND_EMAIL_HOUR is 5 and"),
    "the same of a caller": ({"AUTH_SEND_IP_DAY": "9"}, "AUTH_SEND_IP_HOUR is 10 and"),
    "more guests in an hour than in a day": ({"AUTH_GUEST_IP_DAY": "19"}, "AUTH_GUEST_IP_HOUR is 20 and"),
    "fewer guests with work than without": ({"AUTH_GUEST_ORIGIN_MOST": "999"}, "AUTH_GUEST_ORIGIN_HOUR is 1000 and"),
    "a first retry beyond the last": ({"AUTH_MAIL_LONGEST_RETRY_S": "1"}, "AUTH_MAIL_FIRST_RETRY_S is 2 and"),
    "a token beyond its sign-in": ({"AUTH_REFRESH_IDLE_S": "599"}, "AUTH_ACCESS_LIFE_S is 600 and AUTH_REFRESH_IDLE_S"),
    "the same of a guest's": (
        {"AUTH_ACCESS_LIFE_S": "601", "AUTH_GUEST_LIFE_S": "600"}, "AUTH_ACCESS_LIFE_S is 601 and AUTH_GUEST_LIFE_S is"
    ),
    "a token beyond what members check": (
        {"AUTH_IDENTITY_LIFE_S": "599"}, "AUTH_ACCESS_LIFE_S is 600 and AUTH_IDENTITY_LIFE_S is 599"
    ),
    "an account that is forgotten while signed in": (
        {"AUTH_ACCOUNT_LIFE_S": "604799"}, "AUTH_REFRESH_LIFE_S is 604800 and AUTH_ACCOUNT_LIFE_S is 604799"
    ),
    "held for longer than locked": ({"AUTH_LOCK_S": "3599"}, "AUTH_HOLD_LONGEST_S is 3600 and AUTH_LOCK_S is 3599"),
    "no other code when it has ended": ({"AUTH_RESEND_AFTER_S": "601"}, "AUTH_RESEND_AFTER_S is 601 and AUTH_CODE_LIF"),
    "a caller above its network": ({"AUTH_SEND_NETWORK_HOUR": "9"}, "AUTH_SEND_IP_HOUR is 10 and AUTH_SEND_NETWORK"),
    "a guest above its network": ({"AUTH_GUEST_NETWORK_HOUR": "19"}, "AUTH_GUEST_IP_HOUR is 20 and AUTH_GUEST_NETWORK"),
    "a site above all": ({"AUTH_SEND_ALL_HOUR": "3999"}, "AUTH_PUZZLE_ORIGIN_HOUR is 4000 and AUTH_SEND_ALL_HOUR"),
    "a domain above all": (
        {"AUTH_PUZZLE_DOMAIN_HOUR": "5001"}, "AUTH_PUZZLE_DOMAIN_HOUR is 5001 and AUTH_SEND_ALL_HOUR is 5000"
    ),
    "development": ({"AUTH_DEVELOPMENT": "1"}, "AUTH_DEVELOPMENT (or CHAT_DEVELOPMENT) is on"),
    "a misspelt name": ({"AUTH_TRIES": "3"}, "AUTH_TRIES is no setting"),
}  # fmt: skip


@pytest.mark.parametrize("name", UNSAFE)
def test_what_is_unsafe_is_refused_with_one_sentence(name: str, start: Start) -> None:
    changes, sentence = UNSAFE[name]
    said = start(**changes)
    assert said.startswith(sentence)
    assert said.count("\n") == 0
    assert said.endswith(".")


def test_at_the_limits_it_starts(start: Start) -> None:
    assert start(AUTH_CODE_LIFE_S="60", AUTH_CODE_TRIES="5", AUTH_TRUSTED_PROXIES="none") == ""
    assert start(AUTH_CODE_LIFE_S="600", AUTH_CODE_TRIES="1") == ""


@pytest.mark.parametrize("issuer", ["https://localhost", "http://127.0.0.1:8081", "https://[::1]", "https://a.localhost"])
def test_keys_for_this_machine_alone_are_for_development(issuer: str, start: Start, tmp_path: Path) -> None:
    new_folder(tmp_path / "local", issuer, int(time.time()))
    assert start(AUTH_KEY_FOLDER=str(tmp_path / "local")).startswith(f"The keys are made for {issuer}, where nobody")
    assert start(AUTH_KEY_FOLDER=str(tmp_path / "local"), CHAT_DEVELOPMENT="1") == ""


OWN = ["10.0.0.5", "192.168.0.7", "[fd00::1]", "auth.test", "auth.invalid", "auth.example", "auth.home.arpa", "auth"]


@pytest.mark.parametrize("host", OWN)
def test_keys_for_what_strangers_cannot_find_are_for_a_network_of_ones_own(
    host: str, start: Start, tmp_path: Path
) -> None:
    new_folder(tmp_path / "own", f"https://{host}", int(time.time()))
    said = start(AUTH_KEY_FOLDER=str(tmp_path / "own"))
    assert said.startswith(f"The keys are made for https://{host}, which only a network of your own can find")
    assert "CHAT_OWN_NETWORK=1" in said
    assert start(AUTH_KEY_FOLDER=str(tmp_path / "own"), CHAT_OWN_NETWORK="1") == ""


def test_a_network_of_ones_own_needs_tls_and_is_not_this_machine(start: Start, tmp_path: Path) -> None:
    for number, issuer in enumerate(("http://10.0.0.5", "https://localhost")):
        new_folder(tmp_path / f"own{number}", issuer, int(time.time()))
        said = start(AUTH_KEY_FOLDER=str(tmp_path / f"own{number}"), CHAT_OWN_NETWORK="1")
        assert said.startswith(f"The keys are made for {issuer}, wh")


def test_pairs_at_their_limits_are_in_order(start: Start) -> None:
    equal = {"AUTH_PUZZLE_LEAST_BITS": "20", "AUTH_PUZZLE_DOMAIN_HOUR": "500", "AUTH_LOCK_AFTER": "10"}
    assert start(**equal, AUTH_REFRESH_LIFE_S="259200", AUTH_SEND_IP_DAY="10") == ""


def test_all_faults_are_said_at_once(start: Start) -> None:
    assert start(AUTH_REDIS_URL="", AUTH_SMTP_URL="", AUTH_TRUSTED_PROXIES="").count("\n") == 2


def test_a_redis_that_does_not_answer_yet_is_waited_for(start: Start) -> None:
    said = start(AUTH_REDIS_URL="redis://127.0.0.1:1", AUTH_ORIGINS="")
    assert said == "auth: Redis does not answer (nothing listens there); until it does, everything is refused\n"


async def test_a_redis_whose_user_may_not_is_named(redis_server: RedisServer, start: Start) -> None:
    store = open_store(redis_server.url)
    await store.command("ACL", "SETUSER", "weak", "on", ">pw", "+ping")
    await store.close()
    path = redis_server.url.removeprefix("unix://")
    said = await asyncio.to_thread(lambda: start(AUTH_REDIS_URL=f"unix://weak:pw@{path}"))
    assert said == f"Redis: our user may not do what is needed (NOPERM): give it {RIGHTS}."


@pytest.mark.parametrize(("rights", "sentence"), [
    ("+@all resetchannels &chat*", "Redis: our user may not do what is needed"),
    ("+@all -@scripting &*", "Redis: our user may not do what is needed"),
    ("+@all resetkeys ~cw:* &*", "Redis: our user may not do what is needed"),
])
async def test_a_redis_whose_user_may_too_little_is_told_before_visitors_notice(
    rights: str, sentence: str, redis_server: RedisServer, start: Start
) -> None:
    store = open_store(redis_server.url)
    await store.command("ACL", "SETUSER", "few", "reset", "on", ">pw", "~cw*", *rights.split())
    await store.close()
    path = redis_server.url.removeprefix("unix://")
    few = {"AUTH_REDIS_URL": f"unix://few:pw@{path}"}
    said = await asyncio.to_thread(lambda: start(**few))
    assert said.startswith(sentence)
    # One's own machine may be as it is.
    local = await asyncio.to_thread(lambda: start(**few, CHAT_DEVELOPMENT="1", AUTH_KEY_FOLDER="local"))
    assert local.startswith(f"auth: {sentence}")


@pytest.mark.parametrize(("setting", "word", "starts"), [
    (("maxmemory-policy", "allkeys-lru"), "set maxmemory-policy noeviction", False),
    (("maxmemory", "1"), "it is full and takes nothing more", True),
    (("min-replicas-to-write", "1"), "too few replicas follow it", True),
])
async def test_what_a_redis_would_do_is_said_at_the_start(
    setting: tuple[str, str], word: str, starts: bool, start: Start
) -> None:
    with running_redis() as own:
        store = open_store(own.url)
        await allow(store, "https://site.test")
        await store.command("CONFIG", "SET", *setting)
        await store.close()
        said = await asyncio.to_thread(lambda: start(AUTH_REDIS_URL=own.url, AUTH_ORIGINS=""))
    assert word in said
    assert said.startswith("auth: Redis: " if starts else "Redis: ")
    assert said.count("\n") == starts


@pytest.mark.parametrize(("ending", "word"), [("16", "it has no database of that number"), ("0", "it is no cluster")])
async def test_a_redis_that_is_not_as_its_url_says_is_not_waited_for(ending: str, word: str, start: Start) -> None:
    with running_redis(port := free_port()):
        scheme = "redis" if ending == "16" else "redis+cluster"
        said = await asyncio.to_thread(lambda: start(AUTH_REDIS_URL=f"{scheme}://127.0.0.1:{port}/{ending}"))
    assert said.startswith(f"Redis: {word}")


async def test_what_is_no_redis_and_what_is_no_sentinel_are_not_waited_for(start: Start) -> None:
    async def page(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(1)
        writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        writer.close()

    async with await asyncio.start_server(page, "127.0.0.1", 0) as server:
        web = server.sockets[0].getsockname()[1]
        said = await asyncio.to_thread(lambda: start(AUTH_REDIS_URL=f"redis://127.0.0.1:{web}"))
    assert said == "Redis: what answers is no Redis: look at host and port in REDIS_URL."
    with running_redis(port := free_port()):
        said = await asyncio.to_thread(lambda: start(AUTH_REDIS_URL=f"redis+sentinel://127.0.0.1:{port}/mine/0"))
    assert said.startswith("Redis: what answers is no sentinel")


def test_a_port_that_is_taken_is_told(start: Start) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        said = start(AUTH_PORT=str(port))
    assert said.startswith(f"127.0.0.1 port {port} is taken")
    assert said.endswith("set AUTH_PORT to another number.")
    assert start(AUTH_PORT=str(port)) == ""


def test_an_address_of_another_machine_is_told(start: Start) -> None:
    assert start(AUTH_HOST="192.0.2.1").startswith("AUTH_HOST is 192.0.2.1, which is no address of this machine")


def test_keys_that_begin_later_are_told_by_the_clock(start: Start, tmp_path: Path) -> None:
    new_folder(tmp_path / "later", "https://auth.example.org", int(time.time()) + 7200)
    said = start(AUTH_KEY_FOLDER=str(tmp_path / "later"))
    assert said.startswith("The first signing key begins in 2 hours by this machine's clock: set that right")


def test_keys_for_an_address_without_tls_are_refused(start: Start, tmp_path: Path) -> None:
    for number, issuer in enumerate(("http://auth.example.org", "auth.example.org")):
        new_folder(tmp_path / f"plain{number}", issuer, int(time.time()))
        said = start(AUTH_KEY_FOLDER=str(tmp_path / f"plain{number}"))
        assert said.startswith(f"The keys are made for {issuer}, which is no https address")


@pytest.mark.parametrize("login", ["nobody:wrong-one@", ":wrong-one@", "late@", "late:old@"])
async def test_a_redis_that_does_not_let_us_in_is_not_waited_for(
    login: str, redis_server: RedisServer, start: Start
) -> None:
    store = open_store(redis_server.url)
    await store.command("ACL", "SETUSER", "late", "reset", "on", ">new")
    await store.close()
    path = redis_server.url.removeprefix("unix://")
    said = await asyncio.to_thread(lambda: start(AUTH_REDIS_URL=f"unix://{login}{path}"))
    assert said == "Redis does not let us in: look at the user and the password in REDIS_URL."


@pytest.mark.parametrize("workers", ["0", "257", "-1", "1.5", "\u0663", ""])
def test_a_number_of_workers_that_cannot_be_ends_the_command(workers: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["serve", f"--workers={workers}"])
    assert "argument --workers: write a whole number from 1 to 256" in capsys.readouterr().err


async def test_the_sites_it_is_given_are_on_the_list_of_both_services(redis_server: RedisServer, start: Start) -> None:
    store = open_store(redis_server.url)
    assert await asyncio.to_thread(lambda: start(AUTH_ORIGINS="https://a.test,https://b.test")) == ""
    assert await allowed(store) == frozenset({"https://a.test", "https://b.test"})
    await remove(store, "https://a.test", "https://b.test")
    assert (await asyncio.to_thread(lambda: start(AUTH_ORIGINS=""))).startswith("No site")
    await allow(store, "https://c.test")
    assert await asyncio.to_thread(lambda: start(AUTH_ORIGINS="")) == ""
    await store.close()


@pytest.mark.parametrize(("url", "public"), [
    ("https://auth.example.org", True),
    ("http://93.184.216.34", True),
    ("http://127.0.0.1:8081", False),
    ("http://10.0.0.7", False),
    ("http://[::1]:8081", False),
    ("http://localhost:8081", False),
    ("https://demo.localhost", False),
    ("https://auth.test", False),
    ("https://latest", False),
    ("https://auth.latest", True),
    ("", False),
])
def test_what_strangers_can_reach_is_public(url: str, public: bool) -> None:
    assert is_public(url) == public


# The list of sites


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """`command(redis_url, "list")`: what `python -m auth origins list` prints, and what it says besides or in place."""

    def run(redis_url: str, *words: str, **more: str) -> tuple[str, str]:
        with monkeypatch.context() as environment:
            for name, value in {"AUTH_REDIS_URL": redis_url, **more}.items():
                environment.setenv(name, value)
            try:
                main(["origins", *words])
            except SettingsError as error:
                return capsys.readouterr().out, f"refused: {error}"
        return capsys.readouterr()

    return run


def test_the_command_allows_lists_and_removes(redis_server: RedisServer, command: Command) -> None:
    url = redis_server.url
    assert command(url, "list") == ("", "")
    assert command(url, "allow", "https://b.test:8443", "https://a.test") == ("", "")
    assert command(url, "allow", "https://a.test") == ("", "")
    assert command(url, "list") == ("https://a.test\nhttps://b.test:8443\n", "")
    out, said = command(url, "remove", "https://a.test", AUTH_ORIGINS="https://a.test")
    assert (out, "AUTH_ORIGINS puts it back" in said) == ("", True)
    assert command(url, "list") == ("https://b.test:8443\n", "")
    out, said = command(url, "remove", "https://a.test")
    assert (out, said.startswith("refused: https://a.test is not on the list")) == ("", True)


def test_the_command_says_in_development_what_is_so_there(redis_server: RedisServer, command: Command) -> None:
    said = [command(redis_server.url, "allow", "https://127.0.0.1", CHAT_DEVELOPMENT=on)[1] for on in ("1", "0")]
    assert "are let in already, on any port, since CHAT_DEVELOPMENT=1 is set here" in said[0]
    assert "are let in, on any port, while CHAT_DEVELOPMENT=1 is set for both services" in said[1]


@pytest.mark.parametrize(("words", "redis_url", "sentence"), [
    (("allow", "http://a.test"), NOWHERE, "'http://a.test' is no site that can be allowed; write https://a"),
    (("allow", "https://a.test/x"), NOWHERE, "write https://a.test"),
    (("allow", "null"), NOWHERE, "allow-same-origin"),
    (("allow", "https://a.test"), NOWHERE, "Redis does not answer, so nothing was changed"),
    (("allow", "https://a.test"), NOWHERE, "(nothing listens there): look at REDIS_URL"),
    (("list",), "", "The list of sites is kept in Redis"),
])  # fmt: skip
def test_what_the_command_cannot_do_is_one_sentence(
    words: tuple[str, ...], redis_url: str, sentence: str, command: Command
) -> None:
    out, said = command(redis_url, *words)
    assert (out, said.count("\n"), said.startswith("refused: ")) == ("", 0, True)
    assert sentence in said
