"""Sign-ins, each a family of refresh keys on one device: begun, renewed, ended, each step one atomic script."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Literal

from auth.settings import Settings
from auth.store.shared import Script, Store
from auth.tokens import GUEST, MAIL

Turned = Literal["ok", "again", "reused", "ended", "refused"]
Why = Literal["logout", "reused", "ended"]

_BEGIN = Script("""
local life = tonumber(ARGV[1])
redis.call('HSET', KEYS[1], 'state', 'open', 'current', ARGV[2], 'device', ARGV[3], 'account', ARGV[4],
  'sub', ARGV[5], 'org', ARGV[6], 'name', ARGV[7], 'mailbox', ARGV[8], 'via', ARGV[9],
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
# When the clock was set back, the 20 s begin as the old key is shown: how many are over is not known.
_TURN = Script(
    _ENDING
    + """
local shown, next_one, device, org = ARGV[1], ARGV[2], ARGV[3], ARGV[4]
local life, idle, grace = tonumber(ARGV[5]), tonumber(ARGV[6]), tonumber(ARGV[7])
local f = redis.call('HMGET', KEYS[1], 'state', 'current', 'previous', 'turned', 'born', 'seen', 'device', 'org',
  'account', 'sub', 'name', 'mailbox', 'via')
local function told(state)
  local why, over = rest()
  return {state, why, over, f[9], f[10], f[11], f[12], f[7], f[13]}
end
if not f[1] then return {'ended'} end
if f[13] == 'guest' then life = tonumber(ARGV[9]) end
if f[1] ~= 'open' then return rest() ~= '' and told('ended') or {'ended'} end
if tonumber(f[5]) + life <= now or tonumber(f[6]) + idle <= now then
  redis.call('DEL', KEYS[1])
  return {'ended'}
end
if f[13] == 'site' then return {'refused'} end
local mine = f[7] == device and f[8] == org
if shown == f[2] then
  if not mine then return {'refused'} end
  redis.call('HSET', KEYS[1], 'current', next_one, 'previous', shown, 'turned', string.format('%.0f', now),
    'seen', string.format('%.0f', now))
  return told('ok')
end
if mine and shown == f[3] then
  local turned = math.min(tonumber(f[4]), now)
  redis.call('HSET', KEYS[1], 'turned', string.format('%.0f', turned))
  if now - turned <= grace then return told('again') end
end
finish('reused', ARGV[8])
return told('reused')
"""
)

# A site's sign-in has one name for ever, so it may have ended before.
_VOUCH = Script("""
local f = redis.call('HMGET', KEYS[1], 'state', 'untold', 'over', 'account', 'sub', 'name', 'mailbox', 'device', 'via')
if f[2] then return {'ended', f[2], f[3], f[4], f[5], f[6], f[7], f[8], f[9]} end
local moment = string.format('%.0f', now)
if f[1] ~= 'open' then
  redis.call('DEL', KEYS[1])
  redis.call('HSET', KEYS[1], 'born', moment)
end
redis.call('HSET', KEYS[1], 'state', 'open', 'current', ARGV[2], 'device', ARGV[3], 'account', ARGV[4],
  'sub', ARGV[5], 'org', ARGV[6], 'name', ARGV[7], 'mailbox', '', 'via', 'site', 'seen', moment)
redis.call('PEXPIRE', KEYS[1], ARGV[1])
return {'ok'}
""")

_END = Script(
    _ENDING
    + """
local f = redis.call('HMGET', KEYS[1], 'state', 'current', 'previous', 'device', 'org',
  'account', 'sub', 'name', 'mailbox', 'via')
if not f[1] then return {'ended'} end
if f[4] ~= ARGV[2] or f[5] ~= ARGV[3] or (f[2] ~= ARGV[1] and f[3] ~= ARGV[1]) then return {'refused'} end
local state = f[1] == 'open' and 'ok' or 'ended'
if state == 'ok' then finish('logout', ARGV[4]) end
local why, over = rest()
return {state, why, over, f[6], f[7], f[8], f[9], f[4], f[10]}
"""
)


_SHOW = Script("""
local f = redis.call('HMGET', KEYS[1], 'state', 'current', 'previous', 'device', 'org',
  'account', 'sub', 'name', 'mailbox', 'via', 'born', 'seen')
local life = f[10] == 'guest' and tonumber(ARGV[6]) or tonumber(ARGV[4])
if f[1] ~= 'open' or tonumber(f[12]) + tonumber(ARGV[5]) <= now then return {'ended'} end
if f[10] ~= 'site' and tonumber(f[11]) + life <= now then return {'ended'} end
if f[4] ~= ARGV[2] or f[5] ~= ARGV[3] or (f[2] ~= ARGV[1] and f[3] ~= ARGV[1]) then return {'refused'} end
return {'ok', '', '0', f[6], f[7], f[8], f[9], f[4], f[10]}
""")

_FINISH = Script(
    _ENDING
    + """
local f = redis.call('HMGET', KEYS[1], 'state', 'device', 'account', 'sub', 'name', 'mailbox', 'via')
if not f[1] then return {'ended'} end
if f[2] ~= ARGV[1] then return {'refused'} end
if f[1] == 'open' then finish(ARGV[2], ARGV[3]) end
local why, over = rest()
return {'ok', why, over, f[3], f[4], f[5], f[6], f[2], f[7]}
"""
)


@dataclass(frozen=True)
class Family:
    """One sign-in on one device: all refresh keys that follow from it. `mailbox` is the address, closed, or ""."""

    account: str
    sub: str
    name: str
    mailbox: str
    device: str
    via: str = MAIL

    @property
    def person(self) -> tuple[str, str]:
        """Whose it is: account and sub."""
        return self.account, self.sub


@dataclass(frozen=True)
class Turn:
    """What became of a refresh key; `family` is None when it was not one.

    `untold` says why the family ended at `over_s` as long as not everybody has been told of it, else it is "".
    """

    state: Turned
    family: Family | None = None
    untold: Why | Literal[""] = ""
    over_s: int = 0


class Families:
    """Devices are named by the hex of their jkt."""

    def __init__(self, store: Store, settings: Settings) -> None:
        self._store = store
        self._settings = settings

    async def begin(self, family_id: str, org: str, refresh_sha256: str, family: Family) -> None:
        """Start a refresh family; it ends after 7 days whatever happens, a guest's after one."""
        rules = self._settings
        life_ms = (rules.guest_life_s if family.via == GUEST else rules.refresh_life_s) * 1000
        args: list[str | int | bytes] = [life_ms, refresh_sha256, family.device, family.account]
        args += [family.sub, org, family.name, family.mailbox, family.via]
        await self._store.run(_BEGIN, [_family(family_id)], args)

    async def vouch(self, family_id: str, org: str, shown_sha256: str, family: Family) -> Turn:
        """Begin a site's sign-in, or go on with it. "ended" when it was, and not everybody has been told yet."""
        args: list[str | int | bytes] = [self._settings.refresh_life_s * 1000, shown_sha256, family.device]
        args += [family.account, family.sub, org, family.name]
        return _turn(await self._store.run(_VOUCH, [_family(family_id)], args))

    async def turn(
        self, family_id: str, shown_sha256: str, next_sha256: str, device: str, org: str, now_s: int
    ) -> Turn:
        """Exchange a refresh key for the next one; reuse of an old one ends the family."""
        rules = self._settings
        spans = [rules.refresh_life_s * 1000, rules.refresh_idle_s * 1000, rules.refresh_grace_s * 1000]
        args: list[str | int | bytes] = [shown_sha256, next_sha256, device, org, *spans, now_s]
        args.append(rules.guest_life_s * 1000)
        return _turn(await self._store.run(_TURN, [_family(family_id)], args))

    async def end(self, family_id: str, shown_sha256: str, device: str, org: str, now_s: int) -> Turn:
        """Sign out. "ended" when there was nothing left to end."""
        return _turn(await self._store.run(_END, [_family(family_id)], [shown_sha256, device, org, now_s]))

    async def show(self, family_id: str, shown_sha256: str, device: str, org: str) -> Turn:
        """Whose sign-in this is that is shown, and whether it goes on; nothing is changed."""
        rules = self._settings
        args: list[str | int | bytes] = [shown_sha256, device, org, rules.refresh_life_s * 1000]
        args += [rules.refresh_idle_s * 1000, rules.guest_life_s * 1000]
        return _turn(await self._store.run(_SHOW, [_family(family_id)], args))

    async def finish(self, family_id: str, device: str, why: Why, at_s: int) -> Turn:
        """End it, if it is on that device and goes on."""
        return _turn(await self._store.run(_FINISH, [_family(family_id)], [device, why, at_s]))

    async def drop(self, family_id: str) -> None:
        """Forget it; nobody has to be told."""
        await self._store.command("DEL", _family(family_id))

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


def _family(family_id: str) -> str:
    return f"cw:{{{family_id}}}:family"
