"""What the sign-in service remembers of an account, each step one atomic script. Keys of one account share a {tag}."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from auth.settings import Settings
from auth.store.shared import Script, Store

Taken = Literal["ok", "wrong", "locked", "used", "expired", "held"]

# The code before it, asked for by the same device, stops working: only the newest counts.
_ISSUE = Script("""
local life = tonumber(ARGV[3])
if ARGV[4] == '1' then
  local before = redis.call('GET', KEYS[2])
  if before and redis.call('HGET', before, 'state') == 'open' then redis.call('HSET', before, 'state', 'replaced') end
  redis.call('SET', KEYS[2], KEYS[1], 'PX', life)
end
redis.call('HSET', KEYS[1], 'state', 'open', 'mac', ARGV[1], 'device', ARGV[2], 'tries', 0,
  'ends', string.format('%.0f', now + life), 'life', life)
redis.call('PEXPIRE', KEYS[1], life * 2)
return 1
""")

# KEYS: challenge, known devices, failures of strangers, failures of this device. The try is counted before comparing.
# A clock that is set back lets no code live and nobody be held for longer: what has more left than it had is bounded.
_TAKE = Script("""
local device, tries = ARGV[1], tonumber(ARGV[2])
local hold_after, hold_first, hold_longest = tonumber(ARGV[3]), tonumber(ARGV[4]), tonumber(ARGV[5])
local lock_after, lock, kept, life = tonumber(ARGV[6]), tonumber(ARGV[7]), tonumber(ARGV[8]), tonumber(ARGV[9])
local code = redis.call('HMGET', KEYS[1], 'state', 'mac', 'device', 'tries', 'ends', 'life')
if not code[1] or code[3] ~= device then return {'expired', 0, 0, 0} end
local known = redis.call('ZSCORE', KEYS[2], device) and 1 or 0
local failures = known == 1 and KEYS[4] or KEYS[3]
local hold_of = redis.call('HMGET', failures, 'until', 'hold')
local held = tonumber(hold_of[1] or '0')
if hold_of[2] and held - now > tonumber(hold_of[2]) then
  held = now + tonumber(hold_of[2])
  redis.call('HSET', failures, 'until', string.format('%.0f', held))
end
if held > now then return {'held', held - now, 0, known} end
if code[1] == 'used' then return {'used', 0, 0, known} end
local left = code[1] == 'open' and tonumber(code[5]) - now or 0
if left <= 0 or left > tonumber(code[6] or code[5]) then return {'expired', 0, 0, known} end
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
if hold > 0 then
  redis.call('HSET', failures, 'until', string.format('%.0f', now + hold), 'hold', string.format('%.0f', hold))
end
return {used < tries and 'wrong' or 'locked', tries - used, wrong, known}
""")

@dataclass(frozen=True)
class Take:
    """What became of a code. `left` tries; `failures` in a row; `devices` known before; `known`: this one was."""

    state: Taken
    retry_after_s: int = 0
    left: int = 0
    failures: int = 0
    devices: int = 0
    known: bool = False


class AuthStore:
    """Codes, known devices, failures, names. Devices are named by the hex of their jkt."""

    def __init__(self, store: Store, settings: Settings) -> None:
        self._store = store
        self._settings = settings

    async def is_known(self, account: str, device: str) -> bool:
        return await self._store.command("ZSCORE", _devices(account), device) is not None

    async def forget(self, account: str, device: str) -> None:
        """A device that was signed out from elsewhere is a stranger's again."""
        await self._store.command("ZREM", _devices(account), device)

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


def _challenge(account: str, challenge: str) -> str:
    return f"cw:{{{account}}}:code:{challenge}"


def _devices(account: str) -> str:
    return f"cw:{{{account}}}:devices"
