"""Mails that wait, where no worker's end loses them: in the store, closed under a key that it does not have."""

from __future__ import annotations

import json
import secrets as random
from dataclasses import asdict, dataclass

from auth.mail.mails import Mail
from auth.secret import Secrets
from auth.store.ahead import AHEAD
from auth.store.shared import Script, Store

DUE, CLOSED, TRIES = "cw:{mails}:due", "cw:{mails}:closed", "cw:{mails}:tries"
FAILING = "cw:{mails}:failing"
DAY_S = 86400

# KEYS of all: due, a sorted set of ids by when they are to be tried; closed, id -> mail; tries, id -> how often.
_PUT = Script("""
if redis.call('HLEN', KEYS[2]) >= tonumber(ARGV[3]) then return 0 end
if ARGV[4] == '1' then
  redis.call('HSET', KEYS[2], ARGV[1], ARGV[2])
  redis.call('ZADD', KEYS[1], string.format('%.0f', now), ARGV[1])
end
return 1
""")

# ARGV 1 count 2 lease_ms 3 longest_ms that one is put off: {ms until the next is due or -1, id, mail, tries ...};
# others leave them alone for the lease.
_TAKE = Script(
    AHEAD
    + """
local reply = {}
bring_back(KEYS[1], tonumber(ARGV[3]))
for _, id in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', text(now), 'LIMIT', 0, ARGV[1])) do
  redis.call('ZADD', KEYS[1], text(now + tonumber(ARGV[2])), id)
  reply[#reply + 1] = id
  reply[#reply + 1] = redis.call('HGET', KEYS[2], id) or ''
  reply[#reply + 1] = redis.call('HINCRBY', KEYS[3], id, 1)
end
local first = redis.call('ZRANGE', KEYS[1], 0, 0, 'WITHSCORES')
table.insert(reply, 1, first[2] and text(math.max(0, tonumber(first[2]) - now)) or '-1')
return reply
"""
)

_AGAIN = Script("redis.call('ZADD', KEYS[1], 'XX', string.format('%.0f', now + ARGV[2]), ARGV[1]) return 1")

_DONE = Script("""
redis.call('ZREM', KEYS[1], ARGV[1])
redis.call('HDEL', KEYS[2], ARGV[1])
redis.call('HDEL', KEYS[3], ARGV[1])
return 1
""")

# Since when mails fail, in ms of the store's clock, which may have been set back: what lies ahead begins now.
_SINCE = """
local function begin(key, life) redis.call('SET', key, string.format('%.0f', now), 'PX', life) end
local function since(key, life)
  local at = tonumber(redis.call('GET', key) or '')
  if at and at > now then
    begin(key, life)
    at = now
  end
  return at
end
"""

# ARGV 1 life_ms
_FAILING = Script(
    _SINCE
    + """
if not since(KEYS[1], ARGV[1]) then begin(KEYS[1], ARGV[1]) end
if redis.call('PTTL', KEYS[1]) < tonumber(ARGV[1]) then redis.call('PEXPIRE', KEYS[1], ARGV[1]) end
return 1
"""
)

# KEYS due, failing, ARGV 1 life_ms: {ms since mails fail or -1, ms by which the first that waits is late}
_LATE = Script(
    _SINCE
    + """
local at = since(KEYS[2], ARGV[1])
local first = redis.call('ZRANGE', KEYS[1], 0, 0, 'WITHSCORES')
return {string.format('%.0f', at and now - at or -1),
  string.format('%.0f', first[2] and math.max(0, now - first[2]) or 0)}
"""
)


@dataclass(frozen=True)
class Waiting:
    """A mail that is to be tried now, for the `tries`th time; None when it was closed by another master key."""

    id: str
    mail: Mail | None
    tries: int


@dataclass(frozen=True)
class Taken:
    """What is due, and the seconds until the next is, None when none waits."""

    mails: list[Waiting]
    next_s: float | None


class MailStore:
    """At most `limit` mails. Every call raises StoreDown when the store does not answer."""

    def __init__(self, store: Store, secrets: Secrets, limit: int) -> None:
        self._store = store
        self._secrets = secrets
        self._limit = limit

    async def put(self, mail: Mail, is_meant: bool = True) -> bool:
        """False when there is no room. What is not `is_meant` takes as long, and is not kept."""
        mail_id = random.token_hex(8)
        closed = self._secrets.close(json.dumps(asdict(mail)), mail_id)
        args: list[str | int | bytes] = [mail_id, closed, self._limit, int(is_meant)]
        return int(await self._store.run(_PUT, [DUE, CLOSED, TRIES], args)) == 1

    async def count(self) -> int:
        return int(await self._store.command("HLEN", CLOSED))

    async def is_full(self) -> bool:
        return await self.count() >= self._limit

    async def take(self, most: int, lease_s: float, longest_wait_s: float) -> Taken:
        """What is due, at most so many; what is neither `done` nor tried `again` within the lease is due once more.

        None is tried `again` later than after `longest_wait_s`.
        """
        longest_s = max(lease_s, longest_wait_s)
        reply = await self._run(_TAKE, most, int(lease_s * 1000), int(longest_s * 1000))
        parts = zip(reply[1::3], reply[2::3], reply[3::3], strict=True)
        mails = [Waiting(mail_id, self._open(mail_id, closed), int(tries)) for mail_id, closed, tries in parts]
        return Taken(mails, None if int(reply[0]) < 0 else int(reply[0]) / 1000)

    async def again(self, mail_id: str, wait_s: float) -> None:
        await self._run(_AGAIN, mail_id, int(wait_s * 1000))

    async def done(self, mail_id: str) -> None:
        await self._run(_DONE, mail_id)

    async def failing(self, is_failing: bool, for_s: int = DAY_S) -> None:
        """Whether mails can leave: kept from the first failure on until a mail is taken, or `for_s` after the last."""
        if is_failing:
            await self._store.run(_FAILING, [FAILING], [for_s * 1000])
        else:
            await self._store.command("DEL", FAILING)

    async def trouble_s(self) -> float:
        return await trouble_s(self._store)

    async def _run(self, script: Script, *args: str | int) -> list[str]:
        found: list[str] = await self._store.run(script, [DUE, CLOSED, TRIES], args)
        return found

    def _open(self, mail_id: str, closed: str) -> Mail | None:
        text = self._secrets.disclose(closed, mail_id) if closed != "" else None
        if text is None:
            return None
        fields = json.loads(text)
        return Mail(**{**fields, "lines": tuple(fields["lines"])})


async def trouble_s(store: Store) -> float:
    """For how long mails have failed or been left lying, 0 when all is well."""
    failing_ms, late_ms = await store.run(_LATE, [DUE, FAILING], [DAY_S * 1000])
    return max(int(failing_ms), int(late_ms), 0) / 1000
