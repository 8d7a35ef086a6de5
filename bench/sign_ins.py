"""What a sign-in costs the sign-in service, beside the least it could: to open one sealed call and run one script.

`python -m bench sign-ins` runs it alone. Both are run in turn in one process, over one redis-server of their own, with
as many calls under way; what counts is the process's own time, so that a busy machine changes little. The calls are
sealed and signed before the clock runs, and go to the app without a server in front.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from auth.guest_door import GUEST_PATH
from auth.guests import set_guests
from auth.hpke import MEDIA_TYPE, open_request
from auth.issuers import Issuer, add_issuer
from auth.once import first_use
from auth.site_door import SITE_PATH
from tests.auth.device import ORIGIN, Device, answers_to
from tests.auth.world import World
from tests.fakes.login_site import LoginSite
from tests.fakes.redis_server import PATIENT, running_redis
from widget.crypto.sealed_call import SealedRequest
from widget.wire.labels import GUEST, SITE
from widget.wire.sign_in import ask_bytes, login_bytes, shown_bytes

PEOPLE = 100  # of a round
UNDER_WAY = 16
FAR_AWAY = 10**9
LIMITS = ("send_ip_hour", "send_ip_day", "send_network_hour", "send_origin_hour", "send_domain_hour", "send_all_hour",
          "verify_ip_10min", "mail_queue", "site_ip_10min", "guest_ip_hour", "guest_ip_day", "guest_network_hour",
          "guest_origin_hour", "guest_origin_most")  # fmt: skip


@dataclass(frozen=True)
class SignIns:
    """Microseconds of one core for a sign-in by mail, by a site's token and as a guest, and for a run of the floor.

    One of each a round.
    """

    ours_us: list[float]
    floor_us: list[float]
    site_us: list[float]
    guest_us: list[float]

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
        f"sign-in is {costs.ratio:.1f} of these; {UNDER_WAY} under way, {len(costs.ours_us)} rounds of {PEOPLE}. "
        f"{_of_door('By a token of the site (one call)', costs.site_us, floor)} "
        f"{_of_door('As a guest (two calls, without the work on the puzzle)', costs.guest_us, floor)}"
    ]


def _of_door(what: str, each_us: list[float], floor_us: float) -> str:
    us = statistics.median(each_us)
    return f"{what} it takes {us:,.0f} us, {1e6 / us:,.0f} a second, {us / floor_us:.1f} of these."


async def _measure(folder: Path, redis_url: str, rounds: int) -> SignIns:
    rules: dict[str, Any] = {"store_timeout_ms": PATIENT.timeout_ms, "store_wait_ms": PATIENT.wait_ms}
    world = World(folder, redis_url, **{**rules, **dict.fromkeys(LIMITS, FAR_AWAY), "guest_bits": 7})
    site, costs = LoginSite(), SignIns([], [], [], [])
    await add_issuer(world.store, ORIGIN, Issuer(keys=(site.public(),)))
    await set_guests(world.store, "talk", ORIGIN)
    for number in range(1 + rounds):
        ours, floor = await _sign_ins(world, number), await _floor(world)
        vouched, guests = await _vouched(world, site), await _guests(world)
        if number > 0:  # the first warms up
            costs.ours_us.append(ours)
            costs.floor_us.append(floor)
            costs.site_us.append(vouched)
            costs.guest_us.append(guests)
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


async def _vouched(world: World, site: LoginSite) -> float:
    people = [await world.device() for _ in range(PEOPLE)]
    calls = [await _shown(device, SITE_PATH, SITE, "token", site.token(sub=str(id(device)))) for device in people]
    return (await _timed(world, SITE_PATH, calls))[1]


async def _guests(world: World) -> float:
    people = [await world.device() for _ in range(PEOPLE)]
    asked = [await _shown(device, GUEST_PATH, GUEST, "name", "Ada") for device in people]
    told, asking_us = await _timed(world, GUEST_PATH, asked, 429)
    solved = []
    for device, body in zip(people, told, strict=True):
        puzzle = json.loads(body)
        answers = answers_to(bytes.fromhex(puzzle["puzzle"]), puzzle["bits"])
        work = {"puzzle": puzzle["puzzle"], "answers": answers}
        solved.append(await _shown(device, GUEST_PATH, GUEST, "name", "Ada", **work))
    return asking_us + (await _timed(world, GUEST_PATH, solved))[1]


async def _floor(world: World) -> float:
    device = await world.device()
    sealed = [await _ask(device, "floor@example.org") for _ in range(PEOPLE)]

    async def open_one(one: SealedRequest) -> None:
        opened = open_request(world.keys, one.body, "/otp/request", ORIGIN, world.moment.now_s(), 900)
        assert await first_use(world.store, "floor", opened.rid.hex(), 600)

    begun_s = time.process_time()
    await _together([lambda one=one: open_one(one) for one in sealed])  # type: ignore[misc]
    return (time.process_time() - begun_s) / PEOPLE * 1e6


async def _timed(
    world: World, path: str, calls: Sequence[SealedRequest], status: int = 200
) -> tuple[list[bytes], float]:
    """The answers, and the microseconds for each, with the mails that it made."""
    begun_s = time.process_time()
    works = [partial(_post, world.app, path, one.body, status) for one in calls]
    told = await _together(works)
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


async def _shown(device: Device, path: str, label: str, name: str, shown: str, **more: Any) -> SealedRequest:
    rid = device.calls.new_rid()
    data = shown_bytes(label, rid, hashlib.sha256(shown.encode()).digest(), ORIGIN)
    sig = (await device.key.sign_labelled(data)).hex()
    return await device.seal(path, {name: shown, "dk": device.key.public.hex(), "sig": sig, **more}, rid)


async def _post(app: Any, path: str, body: bytes, status: int) -> bytes:
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
    assert sent[0]["status"] == status, sent
    return b"".join(message.get("body", b"") for message in sent)
