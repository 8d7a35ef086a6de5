"""Sign-ins that ended before their access token did: told to every signaling worker and kept in mind."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass

from auth.store.shared import Script, Store

CHANNEL = "cw:revoked"
RECENT = "cw:revocations"
REMEMBERED_S = 900  # longer than an access token lives

# A sorted set of "sub jkt" by the moment from which on their older tokens do not count. ARGV 1 who 2 at_s 3 life_s
_NOTE = Script("""
redis.call('ZADD', KEYS[1], 'GT', ARGV[2], ARGV[1])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', ARGV[2] - ARGV[3])
redis.call('EXPIRE', KEYS[1], ARGV[3])
return 1
""")


@dataclass(frozen=True)
class Revoked:
    """All of `sub` on the device with this `jkt` (hex of 32 bytes), for tokens issued before `at_s`."""

    sub: str
    jkt: str
    at_s: int


async def announce(store: Store, revoked: Revoked) -> None:
    """Keep it, then tell it: who misses the message finds it in `recent`."""
    await store.command("SET", _key(revoked.jkt), revoked.at_s, "EX", REMEMBERED_S)
    await store.run(_NOTE, [RECENT], [f"{revoked.sub} {revoked.jkt}", revoked.at_s, REMEMBERED_S])
    message = {"sub": revoked.sub, "jkt": revoked.jkt, "at": revoked.at_s}
    await store.publish(CHANNEL, json.dumps(message).encode())


async def recent(store: Store, since_s: int, garbled: Callable[[], None] = lambda: None) -> list[Revoked]:
    """All whose `at_s` is `since_s` or later, at most REMEMBERED_S back. `garbled` is told of each that is none."""
    parts = await store.command("ZRANGE", RECENT, since_s, "+inf", "BYSCORE", "WITHSCORES")
    found: list[Revoked] = []
    for who, at_s in zip(parts[::2], parts[1::2], strict=True):
        try:
            sub, jkt = str(who).split(" ")
            found.append(Revoked(sub, jkt, int(float(at_s))))
        except (ValueError, OverflowError):  # somebody else wrote it; all the others count
            garbled()
    return found


async def announce_person(store: Store, sub: str, at_s: int) -> None:
    """Nothing that was made for this person before `at_s` counts, on whichever device it is shown."""
    await store.command("SET", _key(sub), at_s, "EX", REMEMBERED_S)


async def is_person_revoked(store: Store, sub: str, iat_s: int) -> bool:
    at_s = await store.command("GET", _key(sub))
    return at_s is not None and iat_s < int(at_s)


async def is_revoked(store: Store, jkt: bytes, iat_s: int) -> bool:
    """Whether a token issued at `iat_s` to this device has been taken back."""
    at_s = await store.command("GET", _key(jkt.hex()))
    return at_s is not None and iat_s < int(at_s)


def read_revoked(data: bytes) -> Revoked:
    """A message of CHANNEL."""
    message = json.loads(data)
    return Revoked(str(message["sub"]), str(message["jkt"]), int(message["at"]))


def _key(who: str) -> str:
    """A jkt of 64 digits, or a sub of 32."""
    return f"cw:revoked:{who}"
