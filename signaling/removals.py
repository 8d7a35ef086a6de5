"""Whom a room's host and moderators keep out, and who the moderators are: read and written in one atomic step each.

Who asks is "" for the host's device, which the genesis names, else a sub: its power is looked up in the step itself, so
that nobody decides with a role that has just ended. What the room has lost with its store is lost here as well; its
members keep to the decisions by themselves.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from auth.store.shared import Script
from signaling.limits import Limits
from signaling.scripts import ROOM
from signaling.store import RoomStore

# many: a list is full. power: not over this one. stranger: no say in this room. missing: no such room.
Verdict = Literal["done", "many", "power", "stranger", "missing"]

ENDED_KEPT = 1024  # sessions of a room; then the oldest are forgotten, whose tickets are long over

_POWER = (
    ROOM
    + """
local function refusal(caller)
  if not alive() then return 'missing' end
  if caller ~= '' and (not is(moderators, caller) or is(bans, caller)) then return 'stranger' end
end

local function refusal_over(caller, host, sub)
  if refusal(caller) then return refusal(caller) end
  if sub == host or (caller ~= '' and is(moderators, sub)) then return 'power' end
end

local function keep_as_long() keep_until(tonumber(redis.call('HGET', room, 'expires'))) end

local function is_full(people, sub, most) return not is(people, sub) and redis.call('SCARD', people) >= most end
"""
)

# 7 caller 8 host's sub 9 sub 10 ban (1 or 0) 11 bans at most 12 ended sessions at most
REMOVE = Script(
    _POWER
    + """
local caller, host, sub, is_ban = ARGV[7], ARGV[8], ARGV[9], ARGV[10] == '1'
local most, kept = tonumber(ARGV[11]), tonumber(ARGV[12])
local no = refusal_over(caller, host, sub)
if no then return no end
if is_ban and is_full(bans, sub, most) then return 'many' end
redis.call('SREM', moderators, sub)

local function finish(sid)
  redis.call('HDEL', tickets, sid)
  redis.call('ZADD', ended, text(now), sid .. ' ' .. sub)
end
for _, sid in ipairs(redis.call('HKEYS', tickets)) do
  local theirs = ticket(sid)
  if theirs and theirs.sub == sub then finish(sid) end
end
-- Also to workers whose sockets this store does not know of, since it was lost and is not told of all yet.
tell('!', '"sub":"' .. sub .. '"')
local before = redis.call('HLEN', members)
for _, sid in ipairs(redis.call('HKEYS', members)) do
  if owner(sid).sub == sub then
    finish(sid)
    remove(sid)
  end
end
redis.call('ZREMRANGEBYRANK', ended, 0, -kept - 1)
if before > 0 then rest_if_empty() end
if is_ban then redis.call('SADD', bans, sub) end
keep_as_long()
return 'done'
"""
)

# 7 caller 8 host's sub 9 sub
READMIT = Script(
    _POWER
    + """
local no = refusal_over(ARGV[7], ARGV[8], ARGV[9])
if no then return no end
redis.call('SREM', bans, ARGV[9])
return 'done'
"""
)

# 7 caller 8 sub 9 on (1 or 0) 10 moderators at most
APPOINT = Script(
    _POWER
    + """
local caller, sub, most = ARGV[7], ARGV[8], tonumber(ARGV[10])
local no = refusal(caller)
if no then return no end
if caller ~= '' then return 'power' end
if ARGV[9] ~= '1' then
  redis.call('SREM', moderators, sub)
  return 'done'
end
if is_full(moderators, sub, most) then return 'many' end
redis.call('SADD', moderators, sub)
keep_as_long()
return 'done'
"""
)


@dataclass(frozen=True)
class Say:
    """Who decides in which room: `caller` is "" for the host's device, `host_sub` is whom nobody puts out."""

    room_id: str
    caller: str
    host_sub: str


class Removals:
    """A decision is done as a whole or not at all. Every call raises StoreDown when the store does not answer."""

    def __init__(self, store: RoomStore, limits: Limits) -> None:
        self._store = store
        self._limits = limits

    async def remove(self, say: Say, sub: str, ban: bool) -> Verdict:
        """Every session of `sub` ends for good; with `ban` no other begins."""
        most = self._limits.bans_per_room
        verdict: Verdict = await self._store.in_room(
            REMOVE, say.room_id, say.caller, say.host_sub, sub, int(ban), most, ENDED_KEPT
        )
        return verdict

    async def readmit(self, say: Say, sub: str) -> Verdict:
        """Sessions that were ended stay so; the person may come in with another."""
        verdict: Verdict = await self._store.in_room(READMIT, say.room_id, say.caller, say.host_sub, sub)
        return verdict

    async def appoint(self, say: Say, sub: str, on: bool) -> Verdict:
        most = self._limits.moderators_per_room
        verdict: Verdict = await self._store.in_room(APPOINT, say.room_id, say.caller, sub, int(on), most)
        return verdict
