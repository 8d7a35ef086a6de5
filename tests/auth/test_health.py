"""What a host's watch sees: live until only another worker helps, ready until somebody has to do something."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from auth.health import KEYS_SOON_S, word_of
from auth.loops import STALL_S
from auth.mail.mailers import MailError, SmtpMailer
from auth.mail.mails import Mail
from auth.origins import allow, remove
from auth.seen import new_pass
from auth.settings import SettingsError
from auth.store.opening import open_store
from auth.store.shared import StoreRefusal
from auth.trial import EVERY_S, KEY, LIFE_S, Trial, said
from auth.troubles import redis_line
from tests.auth.mails import MAILS, SENDER
from tests.auth.world import World
from tests.fakes.processes import children
from tests.fakes.redis_groups import Member, Node
from tests.fakes.redis_server import RedisServer, running_redis
from tests.fakes.serving import free_ports
from tests.fakes.smtp import SmtpServer
from tests.signaling.world import until

KEYS_LIFE_S = 45 * 86400


async def asked(world: World, path: str) -> tuple[int, list[str]]:
    answer = await world.http.get(f"/health/{path}")
    return answer.status_code, answer.json()["troubles"]


async def test_a_service_that_is_well_is_live_and_ready(world: World) -> None:
    assert await asked(world, "live") == await asked(world, "ready") == (200, [])


@pytest.mark.parametrize(("left_s", "status"), [(KEYS_SOON_S + 1, 200), (KEYS_SOON_S, 503), (KEYS_SOON_S - 1, 503)])
async def test_keys_that_end_within_a_week_are_told(world: World, left_s: int, status: int) -> None:
    world.moment.go(KEYS_LIFE_S - left_s)
    assert await asked(world, "ready") == (status, [] if status == 200 else ["keys.end"])
    assert await asked(world, "live") == (200, [])


async def test_a_key_folder_that_cannot_be_read_is_told(make_world: Callable[..., World]) -> None:
    world = make_world(keys_reload_s=1)
    (world.folder / "cw-keys.jws").write_text("x")
    world.moment.go(1)
    assert await asked(world, "ready") == (503, ["keys.folder"])


async def test_a_chat_that_is_open_to_no_site_is_told(make_world: Callable[..., World]) -> None:
    world = make_world(origins=())
    assert await asked(world, "ready") == (503, ["sites"])
    await allow(world.store, "https://site.test")
    assert await asked(world, "ready") == (200, [])
    await remove(world.store, "https://site.test")
    assert await asked(world, "ready") == (503, ["sites"])


@pytest.mark.parametrize(("later_s", "told"), [(59, []), (60, ["mail"]), (61, ["mail"])])
async def test_mail_that_cannot_leave_is_told_after_a_minute(
    make_world: Callable[..., World], later_s: int, told: list[str]
) -> None:
    class Dead:
        async def send(self, mail: Mail) -> None:
            raise MailError("down", permanent=False)

    world = make_world(mailer=Dead())
    await world.service.mails.store.put(MAILS[1])
    await world.service.mails._carry()
    await asyncio.gather(*world.service.mails._sending)
    world.moment.go(later_s)
    assert (await asked(world, "ready"))[1] == told


@pytest.mark.parametrize(("command", "told"), [("MAIL", ["mail"]), ("RCPT", []), ("DATA", ["mail"])])
async def test_mail_that_is_refused_for_everybody_is_told_after_a_minute(
    make_world: Callable[..., World], smtp: SmtpServer, command: str, told: list[str]
) -> None:
    world = make_world(mailer=SmtpMailer(smtp.url, SENDER, 10))
    smtp.refusals = {command: "550 5.7.1 Not allowed"}
    for later_s, troubles in ((59, []), (1, told)):
        await world.service.mails.store.put(MAILS[1])
        await world.mail()
        world.moment.go(later_s)
        assert (await asked(world, "ready"))[1] == troubles


async def test_a_store_that_is_away_is_told(make_world: Callable[..., World]) -> None:
    with running_redis() as redis:
        world = make_world(redis_url=redis.url)
        redis.stop()
        assert await asked(world, "ready") == (503, ["store"])
        assert await asked(world, "live") == (200, [])


async def test_a_loop_that_has_ended_needs_another_worker(world: World) -> None:
    mails = world.service.mails
    mails.start()
    await until(lambda: mails.loops._moved_s != {})
    assert mails._loop is not None
    while not mails._loop.done():
        mails._loop.cancel()
        await asyncio.wait([mails._loop], timeout=0.1)
    assert await asked(world, "live") == await asked(world, "ready") == (503, ["loop.mail"])


async def test_a_loop_that_stands_still_needs_another_worker(world: World) -> None:
    mails = world.service.mails
    mails.start()
    await until(lambda: mails.loops._moved_s != {})
    mails.loops._moved_s["stuck"] = mails.loops._clock_s() - STALL_S - 1
    assert await asked(world, "live") == (503, ["loop.stuck"])


@pytest.fixture
def node(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Node]:
    ports = free_ports(2)
    replica = Node(tmp_path, ports[0], "--replicaof", "127.0.0.1 1")
    made = Member(tmp_path / "member", *ports) if request.param == "member" else replica
    try:
        made.start()
        yield made
    finally:
        made.kill()


@pytest.mark.parametrize(("node", "advice"), [
    ("member", "write redis\\+cluster://"), ("replica", "a replica.* name the master")
], indirect=["node"])
async def test_a_redis_of_another_form_is_told(make_world: Callable[..., World], node: Node, advice: str) -> None:
    url = f"redis://127.0.0.1:{node.port}"
    world = make_world(redis_url=url)
    assert await asked(world, "ready") == (503, ["store.form"])
    store = open_store(url)
    with pytest.raises(SettingsError, match=advice):
        await redis_line(store, True)
    await store.close()


async def test_the_doctor_sees_what_arrives(world: World) -> None:
    token = await new_pass(world.store, "auth")
    headers = {"x-forwarded-for": "203.0.113.9, 127.0.0.1", "x-forwarded-proto": "https", "host": "auth.example.org"}
    answer = await world.http.get("/health/seen", params={"pass": token}, headers=headers)
    assert answer.json() == {
        "address": "127.0.0.1", "peer": "127.0.0.1", "forwarded": ["203.0.113.9", "127.0.0.1"],
        "host": "auth.example.org", "scheme": "https",
    }


@pytest.mark.parametrize("given", [{}, {"pass": ""}, {"pass": "ab" * 16}, {"pass": "*" * 32}, {"pass": "x" * 5000}])
async def test_nobody_else_sees_it(world: World, given: dict[str, Any]) -> None:
    answer = await world.http.get("/health/seen", params=given)
    assert (answer.status_code, answer.json()["code"]) == (404, "route.unknown")


FAULTS: dict[str, tuple[Callable[[Any], object], str]] = {
    "no room": (lambda redis: redis.config_set("maxmemory", 1), "store.full"),
    "no replica": (lambda redis: redis.config_set("min-replicas-to-write", 1), "store.replicas"),
    "no master": (lambda redis: redis.replicaof("127.0.0.1", 1), "store.form"),
    "no right": (lambda redis: redis.execute_command("ACL", "SETUSER", "default", "-@write"), "store.rights"),
    "no right to a set": (lambda redis: redis.execute_command("ACL", "SETUSER", "default", "-zadd"), "store.rights"),
    "no right to publish": (
        lambda redis: redis.execute_command("ACL", "SETUSER", "default", "-publish"), "store.rights"
    ),
    "no right to ask": (lambda redis: redis.execute_command("ACL", "SETUSER", "default", "-ping"), "store.rights"),
    "eviction": (lambda redis: redis.config_set("maxmemory-policy", "allkeys-lru"), "store.evicts"),
    "another type": (lambda redis: redis.lpush("cw:origins", "x"), "store.type"),
    "another type of issuers": (lambda redis: redis.lpush("cw:issuers", "x"), "store.type"),
    "another type of the database's name": (lambda redis: redis.lpush("cw:database", "x"), "store.type"),
    "another type of revocations": (lambda redis: redis.lpush("cw:revocations", "x"), "store.type"),
    "another type of guests": (lambda redis: redis.lpush("cw:guests", "x"), "store.type"),
    "another type of failing mails": (lambda redis: redis.lpush("cw:{mails}:failing", "x"), "store.type"),
    "another type of due mails": (lambda redis: redis.lpush("cw:{mails}:due", "x"), "store.type"),
    "another type of mails": (lambda redis: redis.lpush("cw:{mails}:closed", "x"), "store.type"),
    "another type of tries": (lambda redis: redis.lpush("cw:{mails}:tries", "x"), "store.type"),
}


@pytest.mark.parametrize("name", FAULTS)
async def test_a_redis_that_takes_nothing_or_forgets_is_told(make_world: Callable[..., World], name: str) -> None:
    spoil, word = FAULTS[name]
    with running_redis() as redis:
        world = make_world(redis_url=redis.url)
        spoil(redis._client())
        assert await asked(world, "ready") == (503, [word])
        assert (await asked(world, "live"))[0] == 200


async def test_a_redis_that_cannot_save_is_told(make_world: Callable[..., World]) -> None:
    with running_redis() as redis:
        world, client = make_world(redis_url=redis.url), redis._client()
        client.config_set("save", "3600 1")
        client.config_set("rdb-key-save-delay", 10**8)  # so that it can be stopped in the middle
        client.set("x", 1)
        client.bgsave()
        (saving,) = children(client.info("server")["process_id"])
        os.kill(saving, signal.SIGKILL)
        await until(lambda: client.info("persistence")["rdb_last_bgsave_status"] == "err")
        assert await asked(world, "ready") == (503, ["store.disk"])


async def test_redis_is_tried_again_once_some_seconds_have_gone(redis_server: RedisServer) -> None:
    store, now = open_store(redis_server.url), [0.0]
    trial, client = Trial(store, lambda: now[0]), redis_server._client()
    assert await trial.trouble() is None
    assert 0 < client.ttl(KEY) <= LIFE_S
    client.lpush("cw:origins", "x")
    now[0] = EVERY_S - 1
    assert await trial.trouble() is None
    now[0] = EVERY_S
    found = await trial.trouble()
    assert found is not None
    assert "cw:origins is a list instead of a set" in found.sentence
    await store.close()


@pytest.mark.parametrize("key", ["cw:{mails}:failing", "cw:{mails}:due", "cw:{mails}:closed", "cw:{mails}:tries"])
async def test_what_is_of_another_type_is_named_to_who_starts_a_service(redis_server: RedisServer, key: str) -> None:
    store = open_store(redis_server.url)
    redis_server._client().lpush(key, "x")
    with pytest.raises(SettingsError) as refused:
        await redis_line(store, development=False)
    assert f"{key} is a list instead of a " in str(refused.value)
    assert f"redis-cli del {key}" in str(refused.value)
    assert await redis_line(store, development=True) == str(refused.value)
    await store.close()


@pytest.mark.parametrize("text", [
    "WRONGTYPE Operation against a key holding the wrong kind of value",
    "ERR Error running script (call to f_ab): @user_script:1: WRONGTYPE Operation against a key",
])
def test_what_is_of_another_type_is_no_lack_of_rights(text: str) -> None:
    error = StoreRefusal(text)
    assert word_of(error) == "store.type"
    found = said(error)
    assert found is not None
    assert "database of their own" in found.sentence
    assert word_of(StoreRefusal("ERR unknown command")) == "store.rights"


async def test_a_list_of_another_type_is_no_broken_service(make_world: Callable[..., World]) -> None:
    with running_redis() as redis:
        world = make_world(redis_url=redis.url, origins=())
        redis._client().lpush("cw:origins", "x")
        answer = await world.http.get("/.well-known/cw-keys", headers={"origin": "https://site.test"})
        assert (answer.status_code, answer.json()["code"]) == (503, "backend.down")
