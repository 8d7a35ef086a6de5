"""The small parts by themselves: outbox, buckets, strikes, pace, TURN, settings."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import pickle
import resource

import pytest

from auth.files import refuse_few
from auth.settings import SettingsError
from signaling.buckets import Bucket, Strikes
from signaling.keys import root_pin
from signaling.limits import Limits
from signaling.manners import Manners
from signaling.outbox import Outbox
from signaling.pace import Pace
from signaling.refusals import (
    BACKEND_DOWN,
    MALFORMED,
    PEER_UNKNOWN,
    RATE_LIMITED,
    RELAY_REFUSED,
    REVOKED,
    TOO_BIG,
    Kind,
    close_code,
)
from signaling.serve import files_wanted, server_options
from signaling.settings import Settings
from signaling.states import MAY_SAY, MOVES
from signaling.turn import ice_servers, turn_credential
from tests.signaling.world import until

# Outbox


async def written(box: Outbox) -> list[str | bytes]:
    """Everything the writer sends until the box is finished."""
    sent: list[str | bytes] = []

    async def send(data: str | bytes) -> None:
        sent.append(data)

    async def close(code: int) -> None:
        sent.append(str(code))

    box.finish(1000)
    await box.run(send, close)
    return sent


@pytest.mark.parametrize(("number", "taken"), [(127, 127), (128, 128), (129, 128)])
async def test_an_outbox_holds_128_messages(number: int, taken: int) -> None:
    box = Outbox(128, 512 * 1024, 5)
    assert [box.put("x", "normal", 0) for _ in range(number)].count(True) == taken
    assert len(await written(box)) == taken + 1


@pytest.mark.parametrize(("size", "taken"), [(262_143, 2), (262_144, 2), (262_145, 1)])
async def test_an_outbox_holds_512_kib(size: int, taken: int) -> None:
    box = Outbox(128, 512 * 1024, 5)
    assert [box.put(bytes(size), "normal", 0), box.put(bytes(262_144), "normal", 0)].count(True) == taken


async def test_presence_makes_room_first() -> None:
    box = Outbox(3, 1000, 5)
    for data in ("a", "typing", "b"):
        box.put(data, "idle" if data == "typing" else "normal", 0)
    assert box.put("c", "normal", 0)
    assert await written(box) == ["a", "b", "c", "1000"]


async def test_changes_of_the_roster_are_never_refused() -> None:
    box = Outbox(2, 1000, 5)
    box.put("a", "normal", 0)
    box.put("b", "normal", 0)
    assert not box.put("c", "normal", 0)
    assert box.put("peer-", "vital", 0)
    assert await written(box) == ["a", "b", "peer-", "1000"]


async def test_an_outbox_that_stays_full_is_overdue_after_five_seconds() -> None:
    box = Outbox(1, 1000, 5)
    box.put("a", "normal", 100)
    assert not box.overdue(1000)
    box.put("b", "normal", 100)
    assert not box.overdue(104.9)
    assert box.overdue(105)


async def test_an_outbox_that_drained_is_not_overdue() -> None:
    box = Outbox(2, 1000, 5)
    for data in "abc":
        box.put(data, "normal", 0)
    sent = asyncio.Event()

    async def send(data: str | bytes) -> None:
        sent.set()

    async def close(code: int) -> None:
        return

    writer = asyncio.create_task(box.run(send, close))
    await sent.wait()
    assert not box.overdue(100)
    box.finish(1000)
    await writer


async def test_a_closing_outbox_takes_nothing_more() -> None:
    box = Outbox(2, 1000, 5)
    box.finish(4400)
    box.finish(1000)
    assert not box.put("late", "vital", 0)
    assert box.code == 4400


class Way:
    """Out of a box without its writer, while `open`."""

    def __init__(self) -> None:
        self.open = True
        self.went: list[str | bytes] = []

    def write(self, data: str | bytes) -> bool:
        if self.open:
            self.went.append(data)
        return self.open


async def test_what_nothing_is_before_goes_out_at_once() -> None:
    way = Way()
    box = Outbox(2, 1000, 5, way.write)
    assert box.put("a", "normal", 0)
    assert (way.went, len(box)) == (["a"], 0)
    box.finish(1000)
    assert not box.put("b", "vital", 0)
    assert way.went == ["a"]


async def test_what_something_is_before_waits_its_turn() -> None:
    way = Way()
    box = Outbox(9, 1000, 5, way.write)
    way.open = False
    box.put("a", "normal", 0)
    way.open = True
    box.put("b", "normal", 0)
    sent: list[str | bytes] = []
    may_go, begun = asyncio.Event(), asyncio.Event()

    async def send(data: str | bytes) -> None:
        begun.set()
        await may_go.wait()
        sent.append(data)

    async def close(code: int) -> None:
        sent.append(str(code))

    writer = asyncio.create_task(box.run(send, close))
    await begun.wait()
    box.put("c", "normal", 0)  # "a" is out of the box and not yet on its way
    may_go.set()
    await until(lambda: sent == ["a", "b", "c"])
    box.put("d", "normal", 0)
    assert way.went == ["d"]
    box.finish(1000)
    await writer
    assert sent == ["a", "b", "c", "1000"]


async def test_the_last_that_is_being_sent_is_not_overtaken() -> None:
    way = Way()
    box = Outbox(9, 1000, 5, way.write)
    way.open = False
    box.put("a", "normal", 0)
    way.open = True
    may_go, begun = asyncio.Event(), asyncio.Event()

    async def send(data: str | bytes) -> None:
        begun.set()
        await may_go.wait()

    async def close(code: int) -> None:
        return

    writer = asyncio.create_task(box.run(send, close))
    await begun.wait()
    box.put("b", "normal", 0)
    assert (way.went, len(box)) == ([], 1)
    may_go.set()
    box.finish(1000)
    await writer


# Rates


def test_a_bucket_gives_its_burst_then_its_rate() -> None:
    bucket = Bucket(2, 3, 0)
    assert [bucket.take(1, 0) for _ in range(4)] == [True, True, True, False]
    assert not bucket.take(1, 0.49)
    assert bucket.take(1, 0.5)
    assert [bucket.take(1, 1000) for _ in range(4)] == [True, True, True, False]


def test_a_clock_that_goes_back_fills_no_bucket() -> None:
    bucket = Bucket(1, 1, 100)
    assert bucket.take(1, 100)
    assert not bucket.take(1, 0)
    assert not bucket.take(1, 100.5)


def test_the_third_strike_within_a_minute_is_one_too_many() -> None:
    strikes = Strikes(3, 60)
    assert [strikes.add(at) for at in (0, 30, 59.9)] == [False, False, True]
    later = Strikes(3, 60)
    assert [later.add(at) for at in (0, 30, 60)] == [False, False, False]


def test_a_burst_is_one_strike() -> None:
    strikes = Strikes(3, 60)
    assert [strikes.add(at, apart_s=1) for at in (0, 0.1, 0.9, 1, 1.5)] == [False] * 5
    assert strikes.add(2, apart_s=1)


def test_answers_to_refusals_are_bounded() -> None:
    manners = Manners(Limits(), 0)
    verdicts = [manners.judge(PEER_UNKNOWN, 0) for _ in range(30)]
    assert verdicts == ["say"] * 10 + ["hush"] * 20
    assert [manners.judge(MALFORMED, 0) for _ in range(3)] == ["hush", "hush", "out"]


@pytest.mark.parametrize("kind", [RATE_LIMITED, PEER_UNKNOWN, RELAY_REFUSED])
@pytest.mark.parametrize(("number", "strikes"), [(1023, 0), (1024, 0), (1025, 1)])
def test_so_many_dropped_messages_are_forgiven(kind: Kind, number: int, strikes: int) -> None:
    limits = Limits()
    manners = Manners(limits, 0)
    for _ in range(number):
        assert manners.judge(kind, 0) != "out"
    # Two strikes of another sort are bearable, unless there was one already.
    assert [manners.judge(MALFORMED, 0) for _ in range(2)].count("out") == strikes


def test_who_never_stops_is_out_by_the_third_second() -> None:
    manners = Manners(Limits(), 0)
    verdicts = [manners.judge(RATE_LIMITED, second) for second in range(3) for _ in range(2000)]
    assert verdicts.index("out") == 4000 + 10
    patient = Manners(Limits(), 0)
    assert all(patient.judge(RATE_LIMITED, second) != "out" for second in range(600) for _ in range(10))


def test_nobody_is_blamed_for_a_store_that_is_away() -> None:
    manners = Manners(Limits(), 0)
    assert all(manners.judge(BACKEND_DOWN, second) != "out" for second in range(60) for _ in range(1000))
    assert [manners.judge(MALFORMED, 60) for _ in range(3)].index("out") == 2


def test_each_member_may_be_spoken_to_at_the_full_rate() -> None:
    pace = Pace(Limits(), 0)
    for sid in ("a", "b", "c"):
        assert all(pace.signal(sid, "answer", 0) for _ in range(60))
        assert not pace.signal(sid, "answer", 0)
    pace.forget("a")
    assert pace.signal("a", "answer", 0)


@pytest.mark.parametrize(("number", "granted"), [(9, 9), (10, 10), (11, 10)])
def test_a_socket_has_ten_controls_at_once(number: int, granted: int) -> None:
    pace = Pace(Limits(), 0)
    assert [pace.control(0) for _ in range(number)].count(True) == granted


# States


def test_every_state_says_what_may_be_said() -> None:
    assert set(MAY_SAY) == {"opened", "hello", "authenticated", "joined", "closed"}
    assert [state for state, said in MAY_SAY.items() if len(said) > 0] == ["hello", "joined"]
    assert list(MOVES.values()) == ["hello", "authenticated", "joined"]


def test_refusals_have_the_protocols_close_codes() -> None:
    assert [close_code(kind) for kind in (MALFORMED, TOO_BIG, RATE_LIMITED, REVOKED)] == [4400, 4413, 4429, 4403]


# TURN (RFC draft-uberti-behave-turn-rest-00)


def test_a_turn_credential_is_the_hmac_of_its_name() -> None:
    name, credential = turn_credential("secret", "ab" * 16, 1_800_003_600)
    assert name == "1800003600:" + "ab" * 16
    assert base64.b64decode(credential) == hmac.new(b"secret", name.encode(), hashlib.sha1).digest()


def test_turn_without_a_secret_is_not_offered() -> None:
    assert ice_servers(Settings(turn_url="turn:t.test"), "ab" * 16, 0) == []


# Starting


def test_uvicorn_is_set_up_tightly() -> None:
    options = server_options(Settings())
    expected = {
        "ws_max_size": 32_768, "ws_per_message_deflate": False, "ws_max_queue": 16, "limit_concurrency": 11_000,
        "proxy_headers": False, "server_header": False, "access_log": False, "timeout_graceful_shutdown": 25,
    }  # fmt: skip
    assert {name: options[name] for name in expected} == expected


def test_uvicorns_settings_reach_spawned_workers() -> None:
    assert pickle.loads(pickle.dumps(server_options(Settings()))) == server_options(Settings())


def test_too_few_open_files_are_noticed_at_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resource, "getrlimit", lambda _: (1024, 1024))
    with pytest.raises(SettingsError, match="ulimit -n 10328"):
        refuse_few(files_wanted(Settings()))
    refuse_few(files_wanted(Settings(limits=Limits(sockets_per_worker=100))))


@pytest.mark.parametrize("key", ["", "your-encryption-key-here", "cwk1.", "cwk1.AAAA", "cwk1.!!!"])
def test_a_service_key_that_is_none_is_refused(key: str) -> None:
    with pytest.raises(SettingsError, match="SERVICE_KEY"):
        root_pin(key)
