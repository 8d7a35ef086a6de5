"""The doctor of the sign-in service: of each fault it says what to do, and of what is well that it is."""

from __future__ import annotations

import argparse
import asyncio
import re
import resource
import time
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import redis

from auth import check, origins
from auth.__main__ import main
from auth.checks import keys, machine, mail, public, sites
from auth.checks import redis as redis_check
from auth.checks.finding import Finding, is_well, report
from auth.health import KEYS_SOON_S
from auth.key_folder import DOCUMENT_LIFE_S, new_folder
from auth.mail.mailers import MailError, SmtpMailer
from auth.settings import Settings, SettingsError
from auth.store.opening import open_store
from auth.store.shared import OTHER_FORM, Store
from tests.fakes.redis_groups import Member
from tests.fakes.redis_server import RedisServer, running_redis
from tests.fakes.serving import free_port, free_ports
from tests.fakes.smtp import SmtpServer

NOW_S = int(time.time())
URL = "https://auth.example.org"
ROOT = Path(__file__).parents[2]
COMMAND = re.compile(r"""redis\.call\('([A-Z]+)'|\.command\(\s*"([A-Z]+)\"""")
ASKED_ELSEWHERE = {"INFO", "TIME"}


@pytest.fixture
async def opened() -> AsyncIterator[Callable[[str | None], Store]]:
    stores: list[Store] = []

    def make(url: str | None) -> Store:
        stores.append(open_store(url))
        return stores[-1]

    yield make
    for store in stores:
        await store.close()


@pytest.fixture
def own_redis() -> Iterator[RedisServer]:
    with running_redis(free_port()) as server:
        yield server


def marks(found: list[Finding]) -> list[str]:
    return [finding.mark for finding in found]


def only(found: list[Finding], mark: str) -> str:
    """The one sentence with this mark."""
    (sentence,) = [finding.sentence for finding in found if finding.mark == mark]
    return sentence


def client(server: RedisServer) -> Any:
    return redis.Redis.from_url(server.url, decode_responses=True)


async def test_a_redis_with_a_user_of_its_own_is_well(
    own_redis: RedisServer, opened: Callable[[str], Store]
) -> None:
    client(own_redis).execute_command(
        "ACL", "SETUSER", "chat", "on", ">pass", "~cw*", "&cw*", "+@all", "-@admin", "-@dangerous", "+info"
    )
    found = await redis_check.findings(opened(own_redis.url.replace("://", "://chat:pass@")), 10_000)
    assert set(marks(found)) == {"ok"}
    heads = [finding.sentence.partition(" ")[0] for finding in found]
    assert heads[1].isdecimal()
    assert [heads[0], *heads[2:]] == ["version", "it", "our", "our", "a"]


async def test_a_user_who_may_do_everything_is_told(own_redis: RedisServer, opened: Callable[[str], Store]) -> None:
    found = await redis_check.findings(opened(own_redis.url), 10_000)
    assert "may do everything" in only(found, "WARN")


@pytest.mark.parametrize(("rights", "mark", "told"), [
    (["+@all", "-publish"], "FAIL", "may not do what is needed"),
    (["+@all", "-zcount", "-zrevrange"], "FAIL", "may not do what is needed"),
    (["+@all", "resetchannels", "&cw:doctor*"], "FAIL", "may not do what is needed"),
    (["+@all", "resetchannels", "&cws:*"], "FAIL", "may not do what is needed"),
    (["+@all", "resetkeys", "~cw:*"], "FAIL", "may not do what is needed"),
    (["+@all", "-@dangerous"], "WARN", "look yourself that it is 6.2"),
])
async def test_a_user_who_may_too_little_is_told(
    own_redis: RedisServer, opened: Callable[[str], Store], rights: list[str], mark: str, told: str
) -> None:
    client(own_redis).execute_command("ACL", "SETUSER", "chat", "on", ">pass", "~cw*", "&cw*", *rights)
    found = await redis_check.findings(opened(own_redis.url.replace("://", "://chat:pass@")), 10_000)
    assert any(finding.mark == mark and told in finding.sentence for finding in found)


async def test_a_wrong_password_is_told(own_redis: RedisServer, opened: Callable[[str], Store]) -> None:
    found = await redis_check.findings(opened(own_redis.url.replace("://", "://nobody:hidden@")), 10_000)
    assert "look at user and password in REDIS_URL" in only(found, "FAIL")
    assert "hidden" not in found[0].sentence


async def test_a_user_who_may_not_even_ask_is_told(own_redis: RedisServer, opened: Callable[[str], Store]) -> None:
    client(own_redis).execute_command("ACL", "SETUSER", "small", "on", ">word", "~*", "&*", "+@all", "-ping")
    found = await redis_check.findings(opened(own_redis.url.replace("://", "://small:word@")), 10_000)
    assert "look at user and password in REDIS_URL" in only(found, "FAIL")


@pytest.mark.parametrize(("about", "mark", "told"), [
    ({"redis_version": "6.1.9", "maxmemory_policy": "noeviction"}, "FAIL", "install 6.2 or later"),
    ({"redis_version": "6.2.0", "maxmemory_policy": "noeviction"}, "", ""),
    ({"redis_version": "10.0.0", "maxmemory_policy": "noeviction"}, "", ""),
    ({"redis_version": "7.4.1"}, "WARN", "see that maxmemory-policy is noeviction"),
])
async def test_what_a_server_says_of_itself_is_judged(
    redis_server: RedisServer, opened: Callable[[str], Store], monkeypatch: pytest.MonkeyPatch,
    about: dict[str, str], mark: str, told: str,
) -> None:  # fmt: skip
    async def info(_store: Store, _section: str) -> list[dict[str, str]]:
        return [about]

    monkeypatch.setattr(redis_check, "info", info)
    store = opened(redis_server.url)
    found = [await redis_check._version(store), await redis_check._eviction(store)]
    assert [finding.mark for finding in found if finding.mark != "ok"] == ([mark] if mark != "" else [])
    assert told in report(found)


async def test_what_was_found_out_meanwhile_is_told(opened: Callable[[str], Store]) -> None:
    store = opened(f"redis://127.0.0.1:{free_port()}")
    assert "does not answer within 250 ms" in only(await redis_check.findings(store, 250), "FAIL")
    store.trouble = OTHER_FORM
    assert only(await redis_check.findings(store, 250), "FAIL") == OTHER_FORM


async def test_a_redis_that_throws_away_is_told(own_redis: RedisServer, opened: Callable[[str], Store]) -> None:
    client(own_redis).config_set("maxmemory-policy", "allkeys-lru")
    found = await redis_check.findings(opened(own_redis.url), 10_000)
    assert "set maxmemory-policy noeviction" in only(found, "FAIL")


async def test_a_redis_that_is_slow_is_told(
    redis_server: RedisServer, opened: Callable[[str], Store], monkeypatch: pytest.MonkeyPatch
) -> None:
    ticks = iter(range(1000))
    monkeypatch.setattr("auth.checks.redis.time.perf_counter", lambda: next(ticks) * 0.03)
    store = opened(redis_server.url)
    for timeout_ms, mark in ((61, "WARN"), (59, "FAIL")):
        assert (await redis_check._latency(store, timeout_ms)).mark == mark


async def test_a_redis_that_is_away_is_told(opened: Callable[[str], Store]) -> None:
    found = await redis_check.findings(opened(f"redis://127.0.0.1:{free_port()}"), 250)
    assert "does not answer within 250 ms" in only(found, "FAIL")


async def test_a_node_of_a_cluster_is_told(tmp_path: Path, opened: Callable[[str], Store]) -> None:
    node = Member(tmp_path, *free_ports(2))
    try:
        node.start()
        found = await redis_check.findings(opened(f"redis://127.0.0.1:{node.port}"), 10_000)
    finally:
        node.kill()
    assert "redis+cluster://" in only(found, "FAIL")


async def test_no_redis_at_all_is_told(opened: Callable[[str | None], Store]) -> None:
    assert "set REDIS_URL" in only(await redis_check.findings(opened(None), 250), "WARN")


@pytest.mark.parametrize(("left_s", "mark"), [
    (KEYS_SOON_S + 1, "ok"), (KEYS_SOON_S, "FAIL"), (KEYS_SOON_S - 1, "FAIL"), (-1, "FAIL")
])
def test_the_end_of_the_keys_is_told(left_s: int, mark: str) -> None:
    found = keys.ending(left_s)
    assert found.mark == mark
    assert ("keys rotate" in found.sentence) == (mark == "FAIL")


def test_a_key_folder_is_looked_at(tmp_path: Path) -> None:
    folder = tmp_path / "keys"
    new_folder(folder, URL, NOW_S)
    assert marks(keys.findings(folder, NOW_S)) == ["ok", "WARN"]
    (folder / "root.pem").unlink()
    assert marks(keys.findings(folder, NOW_S)) == ["ok"]
    assert "keys rotate" in only(keys.findings(folder, NOW_S + DOCUMENT_LIFE_S + 61), "FAIL")
    (folder / "master.key").chmod(0o644)
    assert "chmod 600" in only(keys.findings(folder, NOW_S), "FAIL")


def test_keys_that_nothing_can_be_sealed_to_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    new_folder(tmp_path / "keys", URL, NOW_S)
    (tmp_path / "keys" / "root.pem").unlink()
    monkeypatch.setattr("auth.keys.Keys.seal_key", lambda *_: None)
    assert "nobody can sign in" in only(keys.findings(tmp_path / "keys", NOW_S), "FAIL")


async def test_without_redis_the_public_address_is_not_tried(opened: Callable[[str], Store]) -> None:
    away = opened(f"redis://127.0.0.1:{free_port()}")
    assert "not tried" in only(await public.findings(away, "public address", URL, ("none",)), "FAIL")


async def test_the_mail_server_is_greeted_and_on_demand_given_a_mail(smtp: SmtpServer) -> None:
    settings = Settings(smtp_url=smtp.url, mail_from="Chat <no-reply@chat.example.org>")
    assert marks(await mail.findings(settings, None)) == ["ok", "WARN"]
    assert smtp.messages == []
    assert marks(await mail.findings(settings, "you@example.org")) == ["ok", "ok"]
    assert smtp.recipients == ["you@example.org"]


@pytest.mark.parametrize(("name", "advice"), [
    ("SMTPAuthenticationError", "user and password"), ("SMTPConnectError", "firewall"), ("Strange", "log of the mail")
])
async def test_a_mail_server_that_does_not_let_us_in_is_told(
    monkeypatch: pytest.MonkeyPatch, name: str, advice: str
) -> None:
    async def refuse(self: SmtpMailer) -> None:
        raise MailError(name, permanent=False)

    monkeypatch.setattr(SmtpMailer, "greet", refuse)
    assert advice in only(await mail.findings(Settings(smtp_url="smtp://mail.example.org"), None), "FAIL")


async def test_a_mail_server_that_is_away_is_told() -> None:
    found = await mail.findings(Settings(smtp_url=f"smtp://127.0.0.1:{free_port()}"), None)
    assert "nothing answers there" in only(found, "FAIL")


@pytest.mark.parametrize(("development", "mark"), [(True, "WARN"), (False, "FAIL")])
async def test_without_a_mail_server_no_code_is_sent(development: bool, mark: str) -> None:
    assert marks(await mail.findings(Settings(development=development), None)) == [mark]


async def test_the_sites_are_told(redis_server: RedisServer, opened: Callable[[str], Store]) -> None:
    store = opened(redis_server.url)
    assert "origins allow" in only(await sites.findings(store), "FAIL")
    await origins.allow(store, *[f"https://s{number}.example.org" for number in range(6)])
    assert only(await sites.findings(store), "ok").startswith("6 may embed the chat: https://s0.example.org")
    away = opened(f"redis://127.0.0.1:{free_port()}")
    assert "see above" in only(await sites.findings(away), "FAIL")


@pytest.mark.parametrize(("arrived", "trusted", "told"), [
    ({}, ("10.0.0.7",), ""),
    ({"address": "10.0.0.7"}, ("127.0.0.1",), "not in TRUSTED_PROXIES"),
    ({"address": "10.0.0.7"}, ("none",), "TRUSTED_PROXIES says none"),
    ({"forwarded": [], "address": "10.0.0.7"}, ("10.0.0.7",), "takes X-Forwarded-For out"),
    ({"forwarded": [public.MADE_UP], "address": public.MADE_UP}, ("10.0.0.7",), "passes on what visitors write"),
    ({"forwarded": [public.MADE_UP], "address": "198.51.100.4", "peer": "198.51.100.4"}, ("none",), ""),
])
def test_what_proxies_do_to_the_address_is_told(arrived: dict[str, Any], trusted: tuple[str, ...], told: str) -> None:
    seen = {
        "address": "198.51.100.4", "peer": "10.0.0.7", "forwarded": [public.MADE_UP, "198.51.100.4"],
        "host": "auth.example.org", "scheme": "https", **arrived,
    }  # fmt: skip
    found = public._judged("public address", URL, seen, trusted)
    faults = [finding.sentence for finding in found if finding.mark == "FAIL"]
    assert len(faults) == (told != "")
    assert all(told in sentence for sentence in faults)


def test_a_host_that_a_proxy_changes_and_an_address_without_tls_are_told() -> None:
    seen = {"address": "1.1.1.1", "peer": "10.0.0.7", "forwarded": ["1.1.1.1"], "host": "localhost:8081", "scheme": ""}
    found = public._judged("public address", "http://auth.example.org", seen, ("10.0.0.7",))
    assert "proxy_set_header Host" in only(found, "WARN")
    assert "is not https" in only(found, "FAIL")


async def test_an_address_where_nothing_answers_is_told(
    redis_server: RedisServer, opened: Callable[[str], Store]
) -> None:
    store = opened(redis_server.url)
    found = await public.findings(store, "public address", f"http://127.0.0.1:{free_port()}", ())
    assert "look at DNS, firewall, certificate" in only(found, "FAIL")


async def test_an_address_where_something_else_answers_is_told(
    redis_server: RedisServer, opened: Callable[[str], Store]
) -> None:
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: close\r\n\r\n[]")
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", port := free_port())
    found = await public.findings(opened(redis_server.url), "public address", f"http://127.0.0.1:{port}", ())
    server.close()
    assert "look at where the proxy leads" in only(found, "FAIL")


@pytest.mark.parametrize(("off_s", "mark"), [
    (0, "ok"), (2, "ok"), (-2.1, "WARN"), (30, "WARN"), (30.1, "FAIL"), (-31, "FAIL")
])
def test_a_clock_that_is_off_is_told(off_s: float, mark: str) -> None:
    found = machine._against_redis(off_s)
    assert (found.mark, "timesyncd" in found.sentence) == (mark, mark != "ok")


@pytest.mark.parametrize(("state", "mark"), [(None, "WARN"), (5, "WARN"), (0, "ok")])
def test_a_clock_that_nothing_keeps_right_is_told(
    monkeypatch: pytest.MonkeyPatch, state: int | None, mark: str
) -> None:
    monkeypatch.setattr(machine, "_kernel_state", lambda: state)
    assert machine._kept_right().mark == mark


def test_the_kernel_is_asked() -> None:
    assert machine._kernel_state() in (None, 0, 1, 2, 3, 4, 5)


async def test_the_clock_of_redis_is_asked(redis_server: RedisServer, opened: Callable[[str | None], Store]) -> None:
    found = await machine.clock(opened(redis_server.url))
    assert found[0].sentence.startswith("that of Redis differs from ours by 0.")
    assert len(await machine.clock(opened(None))) == 1


@pytest.mark.parametrize(("less", "mark"), [(1, "ok"), (0, "ok"), (-1, "FAIL")])
def test_too_few_files_are_told(monkeypatch: pytest.MonkeyPatch, less: int, mark: str) -> None:
    monkeypatch.setattr(resource, "getrlimit", lambda kind: (1000 + less, 10_000))
    assert machine.files(1000).mark == mark
    monkeypatch.setattr(resource, "getrlimit", lambda kind: (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    assert machine.files(1000).mark == "ok"


def test_the_report_is_a_line_for_each() -> None:
    found = [Finding("ok", "Redis", "fine."), Finding("WARN", "mail", "look.")]
    assert report(found) == "ok    Redis: fine.\nWARN  mail: look."
    assert is_well(found)
    assert not is_well([*found, Finding("FAIL", "keys", "mend.")])


def test_an_address_that_is_none_is_refused() -> None:
    assert check.address("You@Example.org") == "You@example.org"
    with pytest.raises(SettingsError, match="like you@"):
        check.address("nobody")


async def test_everything_is_looked_at_in_one_go(
    tmp_path: Path, redis_server: RedisServer, smtp: SmtpServer, opened: Callable[[str], Store]
) -> None:
    new_folder(tmp_path / "keys", f"http://127.0.0.1:{free_port()}", NOW_S)
    settings = Settings(key_folder=tmp_path / "keys", smtp_url=smtp.url, redis_url=redis_server.url)
    found = [finding async for finding in check.examine(settings, opened(redis_server.url), "you@example.org")]
    looked = list(dict.fromkeys(finding.what for finding in found))
    assert looked == ["settings", "Redis", "keys", "mail", "sites", "public address", "files", "clock"]
    (tmp_path / "keys" / "cw-keys.jws").write_text("x")
    found = [finding async for finding in check.examine(settings, opened(redis_server.url), None)]
    assert [finding.mark for finding in found if finding.what == "public address"] == ["FAIL"]


def test_the_command_ends_with_1_when_something_is_at_fault(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("REDIS_URL", "SMTP_URL", "AUTH_REDIS_URL", "AUTH_SMTP_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AUTH_KEY_FOLDER", str(tmp_path))
    with pytest.raises(SystemExit) as ended:
        main(["check"])
    assert ended.value.code == 1
    printed = capsys.readouterr().out.splitlines()
    assert any(line.startswith("FAIL  keys: ") and "keys new" in line for line in printed)


def test_the_doctor_takes_an_address() -> None:
    parser = argparse.ArgumentParser()
    check.add_arguments(parser)
    assert parser.parse_args(["--mail", "a@b.example"]).mail == "a@b.example"


@pytest.mark.parametrize(("setting", "value", "told"), [
    ("maxmemory", 1, "it is full"), ("min-replicas-to-write", 1, "too few replicas"),
])
async def test_what_redis_gives_as_its_reason_is_told(
    own_redis: RedisServer, opened: Callable[[str], Store], setting: str, value: int, told: str
) -> None:
    client(own_redis).config_set(setting, value)
    found = await redis_check.findings(opened(own_redis.url), 10_000)
    assert told in only(found, "FAIL")
    assert "version" in found[0].sentence


@pytest.mark.parametrize(("about", "mark", "told"), [
    ({"used_memory": 79 << 20, "maxmemory": 100 << 20}, "ok", "21 MiB of 100 are left"),
    ({"used_memory": 81 << 20, "maxmemory": 100 << 20}, "WARN", "raise maxmemory"),
    ({"used_memory": 9 << 20, "maxmemory": 0, "total_system_memory": 10 << 20}, "WARN", "1 MiB of 10 are left"),
    ({"used_memory": 9 << 20, "maxmemory": 0}, "ok", "no limit"),
])
async def test_the_memory_that_is_left_is_told(
    redis_server: RedisServer, opened: Callable[[str], Store], monkeypatch: pytest.MonkeyPatch,
    about: dict[str, int], mark: str, told: str,
) -> None:  # fmt: skip
    async def info(_store: Store, _section: str) -> list[dict[str, int]]:
        return [about, {"used_memory": 0, "maxmemory": 1}]

    monkeypatch.setattr(redis_check, "info", info)
    found = await redis_check._memory(opened(redis_server.url))
    assert found.mark == mark
    assert told in found.sentence


def test_every_command_of_the_services_is_probed() -> None:
    used: set[str] = set()
    for path in (path for folder in ("auth", "signaling") for path in (ROOT / folder).rglob("*.py")):
        if path.parent.name != "checks":
            used |= {name for pair in COMMAND.findall(path.read_text()) for name in pair}
    assert used - {""} - ASKED_ELSEWHERE <= set(re.findall(r"call\('([A-Z]+)'", redis_check._PROBE.text))


async def test_a_list_that_our_user_may_not_read_is_told(
    own_redis: RedisServer, opened: Callable[[str], Store]
) -> None:
    client(own_redis).execute_command("ACL", "SETUSER", "chat", "on", ">pass", "~cw*", "&cw*", "+@all", "-smembers")
    found = await sites.findings(opened(own_redis.url.replace("://", "://chat:pass@")))
    assert "does not give us the list (NoPermissionError)" in only(found, "FAIL")


async def test_development_at_a_public_address_is_told(tmp_path: Path, opened: Callable[[str | None], Store]) -> None:
    new_folder(tmp_path / "keys", URL, NOW_S)
    settings = Settings(key_folder=tmp_path / "keys", development=True)
    told = [found.sentence async for found in check.examine(settings, opened(None), None) if found.what == "settings"]
    assert len(told) == 1
    assert told[0].startswith("AUTH_DEVELOPMENT (or CHAT_DEVELOPMENT) is on")


@pytest.mark.parametrize(("changes", "ours", "told"), [
    ({}, "198.51.100.4", ""), ({}, "", ""),
    ({}, "127.0.0.1", "a proxy or CDN stands before yours"),
    ({"scheme": "http"}, "198.51.100.4", "X-Forwarded-Proto"),
])
def test_what_a_proxy_before_the_proxy_does_is_told(changes: dict[str, Any], ours: str, told: str) -> None:
    seen = {
        "address": "198.51.100.4", "peer": "10.0.0.7", "forwarded": ["198.51.100.4"], "host": "auth.example.org",
        "scheme": "https", **changes,
    }  # fmt: skip
    doubts = [found.sentence for found in public._judged("public address", URL, seen, ("10.0.0.7",), ours)[1:]]
    assert len(doubts) == (told != "")
    assert all(told in sentence for sentence in doubts)
