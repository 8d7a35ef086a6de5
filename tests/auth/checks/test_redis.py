"""Redis: its rights, form, memory and speed."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from auth import probe, rights
from auth.checks import redis as redis_check
from auth.checks.finding import report
from auth.store.shared import OTHER_FORM, Store
from tests.auth.checks.findings import client, marks, only
from tests.fakes.redis_groups import Member
from tests.fakes.redis_server import RedisServer
from tests.fakes.serving import free_port, free_ports

ROOT = Path(__file__).parents[3]
COMMAND = re.compile(r"""redis\.call\('([A-Z]+)'|\.command\(\s*"([A-Z]+)\"""")
ASKED_ELSEWHERE = {"INFO", "TIME"}


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
    assert [heads[0], *heads[2:]] == ["version", "it", "it", "our", "our", "a"]


async def test_a_redis_that_writes_nothing_down_is_told(
    own_redis: RedisServer, opened: Callable[[str], Store]
) -> None:
    client(own_redis).config_set("appendonly", "no")
    found = await redis_check.findings(opened(own_redis.url), 10_000)
    assert any(finding.mark == "WARN" and "set appendonly yes" in finding.sentence for finding in found)


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


async def test_a_redis_that_passes_nothing_on_is_told(
    redis_server: RedisServer, opened: Callable[[str], Store], monkeypatch: pytest.MonkeyPatch
) -> None:
    async def lose(_store: Store, _channel: str, _data: bytes) -> int:
        return 0

    monkeypatch.setattr(rights, "HEARD_WITHIN_S", 0.01)
    monkeypatch.setattr(Store, "publish", lose)
    assert only(await redis_check.findings(opened(redis_server.url), 10_000), "FAIL") == rights.DEAF.sentence


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
            names = {name for pair in COMMAND.findall(path.read_text()) for name in pair}
            used |= {name.removeprefix("XX").removesuffix("XX") for name in names}  # as a mutant has them
    assert used - {""} - ASKED_ELSEWHERE <= set(re.findall(r"call\('([A-Z]+)'", probe.PROBE.text))
