"""What the sign-in service remembers, each step one atomic script. Keys of one account or family share a {tag}."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Literal

from auth.settings import Settings
from auth.store.shared import Script, Store

Taken = Literal["ok", "wrong", "locked", "used", "expired", "held"]
Turned = Literal["ok", "again", "reused", "ended", "refused"]
Why = Literal["logout", "reused"]

# The code before it, asked for by the same device, stops working: only the newest counts.
_ISSUE = Script("""
local life = tonumber(ARGV[3])
if ARGV[4] == '1' then
  local before = redis.call('GET', KEYS[2])
  if before and redis.call('HGET', before, 'state') == 'open' then redis.call('HSET', before, 'state', 'replaced') end
  redis.call('SET', KEYS[2], KEYS[1], 'PX', life)
end
redis.call('HSET', KEYS[1], 'state', 'open', 'mac', ARGV[1], 'device', ARGV[2], 'tries', 0,
  'ends', string.format('%.0f', now + life))
redis.call('PEXPIRE', KEYS[1], life * 2)
return 1
""")

# KEYS: challenge, known devices, failures of strangers, failures of this device. The try is counted before comparing.
_TAKE = Script("""
local device, tries = ARGV[1], tonumber(ARGV[2])
local hold_after, hold_first, hold_longest = tonumber(ARGV[3]), tonumber(ARGV[4]), tonumber(ARGV[5])
local lock_after, lock, kept, life = tonumber(ARGV[6]), tonumber(ARGV[7]), tonumber(ARGV[8]), tonumber(ARGV[9])
local code = redis.call('HMGET', KEYS[1], 'state', 'mac', 'device', 'tries', 'ends')
if not code[1] or code[3] ~= device then return {'expired', 0, 0, 0} end
local known = redis.call('ZSCORE', KEYS[2], device) and 1 or 0
local failures = known == 1 and KEYS[4] or KEYS[3]
local held = tonumber(redis.call('HGET', failures, 'until') or '0')
if held > now then return {'held', held - now, 0, known} end
if code[1] == 'used' then return {'used', 0, 0, known} end
if code[1] ~= 'open' or tonumber(code[5]) <= now then return {'expired', 0, 0, known} end
if tonumber(code[4]) >= tries then return {'locked', 0, 0, known} end
local used = redis.call('HINCRBY', KEYS[1], 'tries', 1)
for i = 10, #ARGV - 1 do
  if ARGV[i] == code[2] then
    local devices = redis.call('ZCARD', KEYS[2])
    redis.call('HDEL', KEYS[1], 'mac')
    redis.call('HSET', KEYS[1], 'state', 'used')
    redis.call('DEL', failures)
    redis.call('ZADD', KEYS[2], string.format('%.0f', now), device)
    redis.call('ZREMRANGEBYRANK', KEYS[2], 0, -kept - 1)
    redis.call('PEXPIRE', KEYS[2], life)
    return {'ok', 0, devices, known}
  end
end
local wrong = redis.call('HINCRBY', failures, 'count', 1)
redis.call('PEXPIRE', failures, life)
local hold = 0
if wrong >= lock_after then hold = lock
elseif wrong >= hold_after then hold = math.min(hold_first * 2 ^ (wrong - hold_after), hold_longest) end
if hold > 0 then redis.call('HSET', failures, 'until', string.format('%.0f', now + hold)) end
return {used < tries and 'wrong' or 'locked', tries - used, wrong, known}
""")

_BEGIN = Script("""
local life = tonumber(ARGV[1])
redis.call('HSET', KEYS[1], 'state', 'open', 'current', ARGV[2], 'device', ARGV[3], 'account', ARGV[4],
  'sub', ARGV[5], 'org', ARGV[6], 'name', ARGV[7], 'mailbox', ARGV[8],
  'born', string.format('%.0f', now), 'seen', string.format('%.0f', now))
redis.call('PEXPIRE', KEYS[1], life)
return 1
""")

# Whoever ends a family marks it `untold` until everybody has been told (see `told`): the next who shows one of its keys
# has the rest done. `over` is the service's clock, which tokens are dated by.
_ENDING = """
local function finish(why, at)
  redis.call('HSET', KEYS[1], 'state', 'ended', 'untold', why, 'over', at)
end
local function rest()
  local u = redis.call('HMGET', KEYS[1], 'untold', 'over')
  return u[1] or '', u[2] or '0'
end
"""

# Who holds an old key when it is no longer the newest: the owner whose answer got lost (same device, 20 s), or a thief.
_TURN = Script(
    _ENDING
    + """
local shown, next_one, device, org = ARGV[1], ARGV[2], ARGV[3], ARGV[4]
local life, idle, grace = tonumber(ARGV[5]), tonumber(ARGV[6]), tonumber(ARGV[7])
local f = redis.call('HMGET', KEYS[1], 'state', 'current', 'previous', 'turned', 'born', 'seen', 'device', 'org',
  'account', 'sub', 'name', 'mailbox')
local function told(state)
  local why, over = rest()
  return {state, why, over, f[9], f[10], f[11], f[12], f[7]}
end
if not f[1] then return {'ended'} end
if f[1] ~= 'open' then return rest() ~= '' and told('ended') or {'ended'} end
if tonumber(f[5]) + life <= now or tonumber(f[6]) + idle <= now then
  redis.call('DEL', KEYS[1])
  return {'ended'}
end
local mine = f[7] == device and f[8] == org
if shown == f[2] then
  if not mine then return {'refused'} end
  redis.call('HSET', KEYS[1], 'current', next_one, 'previous', shown, 'turned', string.format('%.0f', now),
    'seen', string.format('%.0f', now))
  return told('ok')
end
if mine and shown == f[3] and now - tonumber(f[4]) <= grace then return told('again') end
finish('reused', ARGV[8])
return told('reused')
"""
)

_END = Script(
    _ENDING
    + """
local f = redis.call('HMGET', KEYS[1], 'state', 'current', 'previous', 'device', 'org',
  'account', 'sub', 'name', 'mailbox')
if not f[1] then return {'ended'} end
if f[4] ~= ARGV[2] or f[5] ~= ARGV[3] or (f[2] ~= ARGV[1] and f[3] ~= ARGV[1]) then return {'refused'} end
local state = f[1] == 'open' and 'ok' or 'ended'
if state == 'ok' then finish('logout', ARGV[4]) end
local why, over = rest()
return {state, why, over, f[6], f[7], f[8], f[9], f[4]}
"""
)


@dataclass(frozen=True)
class Take:
    """What became of a code. `left` tries; `failures` in a row; `devices` known before; `known`: this one was."""

    state: Taken
    retry_after_s: int = 0
    left: int = 0
    failures: int = 0
    devices: int = 0
    known: bool = False


@dataclass(frozen=True)
class Family:
    """One sign-in on one device: all refresh keys that follow from it. `mailbox` is the address, closed."""

    account: str
    sub: str
    name: str
    mailbox: str
    device: str


@dataclass(frozen=True)
class Turn:
    """What became of a refresh key; `family` is None when it was not one.

    `untold` says why the family ended at `over_s` as long as not everybody has been told of it, else it is "".
    """

    state: Turned
    family: Family | None = None
    untold: Why | Literal[""] = ""
    over_s: int = 0


class AuthStore:
    """Codes, known devices, failures, names, refresh families. Devices are named by the hex of their jkt."""

    def __init__(self, store: Store, settings: Settings) -> None:
        self._store = store
        self._settings = settings

    async def is_known(self, account: str, device: str) -> bool:
        return await self._store.command("ZSCORE", _devices(account), device) is not None

    async def issue(self, account: str, device: str, challenge: str, mac: str, sent: bool) -> None:
        """Remember a code for 10 minutes. Not `sent`: a challenge that no code fits, beside the real ones."""
        keys = [_challenge(account, challenge), f"cw:{{{account}}}:newest:{device}"]
        await self._store.run(_ISSUE, keys, [mac, device, self._settings.code_life_s * 1000, int(sent)])

    async def take(self, account: str, device: str, challenge: str, macs: list[str]) -> Take:
        """Try a code, given as the MACs it has under each pepper. Exactly one caller ever gets "ok"."""
        rules = self._settings
        keys = [
            _challenge(account, challenge),
            _devices(account),
            f"cw:{{{account}}}:failures",
            f"cw:{{{account}}}:failures:{device}",
        ]
        args: list[str | int | bytes] = [device, rules.code_tries, rules.hold_after, rules.hold_first_s * 1000]
        args += [rules.hold_longest_s * 1000, rules.lock_after, rules.lock_s * 1000, rules.devices_kept]
        reply = await self._store.run(_TAKE, keys, [*args, rules.account_life_s * 1000, *macs])
        state, number, count, known = reply[0], int(reply[1]), int(reply[2]), int(reply[3]) == 1
        if state == "held":
            return Take(state, retry_after_s=-(-number // 1000), known=known)
        if state == "ok":
            return Take(state, devices=count, known=known)
        return Take(state, left=number, failures=count, known=known)

    async def name(self, account: str, sub: str, given: str) -> str:
        """Keep the `given` name for this pseudonym; without one, the name it had, or ""."""
        key = f"cw:{{{account}}}:names"
        if given == "":
            return str(await self._store.command("HGET", key, sub) or "")
        await self._store.command("HSET", key, sub, given)
        await self._store.command("PEXPIRE", key, self._settings.account_life_s * 1000)
        return given

    async def begin(self, family_id: str, org: str, refresh_sha256: str, family: Family) -> None:
        """Start a refresh family; it ends after 7 days whatever happens."""
        life_ms = self._settings.refresh_life_s * 1000
        args: list[str | int | bytes] = [life_ms, refresh_sha256, family.device, family.account]
        await self._store.run(_BEGIN, [_family(family_id)], [*args, family.sub, org, family.name, family.mailbox])

    async def turn(
        self, family_id: str, shown_sha256: str, next_sha256: str, device: str, org: str, now_s: int
    ) -> Turn:
        """Exchange a refresh key for the next one; reuse of an old one ends the family."""
        rules = self._settings
        spans = [rules.refresh_life_s * 1000, rules.refresh_idle_s * 1000, rules.refresh_grace_s * 1000]
        args: list[str | int | bytes] = [shown_sha256, next_sha256, device, org, *spans, now_s]
        return _turn(await self._store.run(_TURN, [_family(family_id)], args))

    async def end(self, family_id: str, shown_sha256: str, device: str, org: str, now_s: int) -> Turn:
        """Sign out. "ended" when there was nothing left to end."""
        return _turn(await self._store.run(_END, [_family(family_id)], [shown_sha256, device, org, now_s]))

    async def told(self, family_id: str) -> None:
        """Everybody knows that this family has ended."""
        await self._store.command("HDEL", _family(family_id), "untold")


def new_family_id() -> str:
    return secrets.token_hex(16)


def _turn(reply: list[str]) -> Turn:
    state: Turned = reply[0]  # type: ignore[assignment]
    if len(reply) == 1:
        return Turn(state)
    untold: Why | Literal[""] = reply[1]  # type: ignore[assignment]
    return Turn(state, Family(*reply[3:]), untold, int(reply[2]))


def _challenge(account: str, challenge: str) -> str:
    return f"cw:{{{account}}}:code:{challenge}"


def _devices(account: str) -> str:
    return f"cw:{{{account}}}:devices"


def _family(family_id: str) -> str:
    return f"cw:{{{family_id}}}:family"
