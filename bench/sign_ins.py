"""What a sign-in costs the sign-in service, beside the least it could: to open one sealed call and run one script.

`python -m bench sign-ins` runs it alone. Both are run in turn in one process, over one redis-server of their own, with
as many calls under way; what counts is the process's own time, so that a busy machine changes little. The calls are
sealed and signed before the clock runs, and go to the app without a server in front.
"""

from __future__ import annotations

import asyncio
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from auth.hpke import MEDIA_TYPE, open_request
from auth.once import first_use
from tests.auth.device import ORIGIN, Device
from tests.auth.world import World
from tests.fakes.redis_server import PATIENT, running_redis
from widget.crypto.sealed_call import SealedRequest
from widget.wire.sign_in import ask_bytes, login_bytes

PEOPLE = 100  # of a round
UNDER_WAY = 16
FAR_AWAY = 10**9
LIMITS = ("send_ip_hour", "send_ip_day", "send_network_hour", "send_origin_hour", "send_domain_hour", "send_all_hour",
          "verify_ip_10min", "mail_queue")  # fmt: skip


@dataclass(frozen=True)
class SignIns:
    """Microseconds of one core for each sign-in, and for each run of the floor, one of each a round."""

    ours_us: list[float]
    floor_us: list[float]

    @property
    def ratio(self) -> float:
        pairs = zip(self.ours_us, self.floor_us, strict=True)
        return statistics.median(ours / floor for ours, floor in pairs)


def sign_in_costs(rounds: int) -> SignIns:
    with tempfile.TemporaryDirectory() as folder, running_redis() as redis:
        return asyncio.run(_measure(Path(folder) / "keys", redis.url, rounds))


def sign_in_lines(costs: SignIns) -> list[str]:
    ours, floor = statistics.median(costs.ours_us), statistics.median(costs.floor_us)
    return [
        f"A sign-in (two calls, and its mail through the queue) takes {ours:,.0f} us of one core: {1e6 / ours:,.0f} "
        f"a second. To open one sealed call and run one script takes {floor:,.0f} us ({1e6 / floor:,.0f} a second): a "
        f"sign-in is {costs.ratio:.1f} of these; {UNDER_WAY} under way, {len(costs.ours_us)} rounds of {PEOPLE}."
    ]


async def _measure(folder: Path, redis_url: str, rounds: int) -> SignIns:
    rules: dict[str, Any] = {"store_timeout_ms": PATIENT.timeout_ms, "store_wait_ms": PATIENT.wait_ms}
    world = World(folder, redis_url, **{**rules, **dict.fromkeys(LIMITS, FAR_AWAY)})
    costs = SignIns([], [])
    for number in range(1 + rounds):
        ours, floor = await _sign_ins(world, number), await _floor(world)
        if number > 0:  # the first warms up
            costs.ours_us.append(ours)
            costs.floor_us.append(floor)
    await world.close()
    return costs


async def _sign_ins(world: World, number: int) -> float:
    people = [await world.device() for _ in range(PEOPLE)]
    emails = [f"p{number}-{place}@example.org" for place in range(PEOPLE)]
    asked = [await _ask(device, email) for device, email in zip(people, emails, strict=True)]
    told, asking_us = await _timed(world, "/otp/request", asked)
    codes = {mail.to: mail.code for mail in world.mailbox.mails}
    entered = []
    for device, email, sealed, body in zip(people, emails, asked, told, strict=True):
        entered.append(await _enter(device, email, codes[email], await device.calls.reply(sealed, body)))
    _, entering_us = await _timed(world, "/otp/verify", entered)
    return asking_us + entering_us


async def _floor(world: World) -> float:
    device = await world.device()
    sealed = [await _ask(device, "floor@example.org") for _ in range(PEOPLE)]

    async def open_one(one: SealedRequest) -> None:
        opened = open_request(world.keys, one.body, "/otp/request", ORIGIN, world.moment.now_s(), 900)
        assert await first_use(world.store, "floor", opened.rid.hex(), 600)

    begun_s = time.process_time()
    await _together([lambda one=one: open_one(one) for one in sealed])  # type: ignore[misc]
    return (time.process_time() - begun_s) / PEOPLE * 1e6


async def _timed(world: World, path: str, calls: Sequence[SealedRequest]) -> tuple[list[bytes], float]:
    """The answers, and the microseconds for each, with the mails that it made."""
    begun_s = time.process_time()
    told = await _together([lambda one=one: _post(world.app, path, one.body) for one in calls])  # type: ignore[misc]
    await world.mail()
    return told, (time.process_time() - begun_s) / len(calls) * 1e6


async def _together(works: Sequence[Callable[[], Awaitable[Any]]]) -> list[Any]:
    room = asyncio.Semaphore(UNDER_WAY)

    async def one(work: Callable[[], Awaitable[Any]]) -> Any:
        async with room:
            return await work()

    return await asyncio.gather(*(one(work) for work in works))


async def _ask(device: Device, email: str) -> SealedRequest:
    rid = device.calls.new_rid()
    sig = await device.key.sign_labelled(ask_bytes(rid, ORIGIN))
    fields = {"email": email, "jkt": device.key.jkt.hex(), "dk": device.key.public.hex(), "sig": sig.hex()}
    return await device.seal("/otp/request", fields, rid)


async def _enter(device: Device, email: str, code: str, told: dict[str, Any]) -> SealedRequest:
    rid = device.calls.new_rid()
    data = login_bytes(bytes.fromhex(told["challenge"]), bytes.fromhex(told["nonce"]), rid, ORIGIN)
    sig = (await device.key.sign_labelled(data)).hex()
    fields = {"email": email, "challenge": told["challenge"], "code": code, "name": "", "sig": sig}
    return await device.seal("/otp/verify", {**fields, "dk": device.key.public.hex()}, rid)


async def _post(app: Any, path: str, body: bytes) -> bytes:
    headers = [(b"origin", ORIGIN.encode()), (b"content-type", MEDIA_TYPE.encode()), (b"host", b"auth.test")]
    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "POST", "scheme": "https",
        "path": path, "raw_path": path.encode(), "root_path": "", "query_string": b"", "headers": headers,
        "client": ("203.0.113.7", 1), "server": ("auth.test", 443),
    }  # fmt: skip
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    await app(scope, receive, send)
    assert sent[0]["status"] == 200, sent
    return b"".join(message.get("body", b"") for message in sent)
