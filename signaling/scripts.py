"""The atomic steps of rooms and presence in Lua. Each sees `now` in ms and touches the keys of one room only.

    KEYS 1 room     hash   genesis name host_name org place created capacity expires seq
         2 members  hash   sid -> {sub, jkt, name, joined, conn} in JSON
         3 beats    sorted sid by the moment its presence ends
         4 tickets  hash   sid -> "ends hash sub jkt joined"
         5 bans     set    subs that may not come in
         6 ended    sorted "sid sub" of the sessions that were removed, by when: they do not come back
         7 moderators  set    subs that may remove others (removals.py)
    ARGV 1 channel  2 idle_ms  3 life_ms  4 empty_ms  5 presence_ms  6 resume_ms   then the script's own

Every change of membership is numbered and published from inside the script, so that all workers hear all changes in
one order. `seq` starts at the time of the room's making: a room that is made again after Redis lost it goes on higher.

Redis' clock may be set back, so moments that lie too far ahead are brought back (auth/store/ahead.py).
"""

from __future__ import annotations

from auth.store.ahead import AHEAD
from auth.store.shared import Script

ROOM = (
    AHEAD
    + """
local room, members, beats, tickets = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local bans, ended, moderators = KEYS[5], KEYS[6], KEYS[7]
local channel, idle, life, empty = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
local presence, resume = tonumber(ARGV[5]), tonumber(ARGV[6])

local function alive()
  local expires = redis.call('HGET', room, 'expires')
  return expires and tonumber(expires) > now
end

local function keep_until(ends)
  for _, key in ipairs(KEYS) do redis.call('PEXPIRE', key, text(math.max(1, ends - now))) end
end

local function live_for(ms)
  local ends = math.min(now + ms, tonumber(redis.call('HGET', room, 'created')) + life)
  redis.call('HSET', room, 'expires', text(ends))
  keep_until(ends)
end

local function erase()
  for _, key in ipairs(KEYS) do redis.call('DEL', key) end
end

local function tell(kind, rest)
  local seq = redis.call('HINCRBY', room, 'seq', 1)
  redis.call('PUBLISH', channel, 'M{"seq":' .. text(seq) .. ',"kind":"' .. kind .. '",' .. rest .. '}')
end

local function remove(sid)
  redis.call('HDEL', members, sid)
  redis.call('ZREM', beats, sid)
  tell('-', '"sid":"' .. sid .. '"')
end

local function sweep()
  bring_back(beats, presence)
  for _, sid in ipairs(redis.call('ZRANGEBYSCORE', beats, '-inf', text(now))) do remove(sid) end
end

local function rest_if_empty()
  if redis.call('HLEN', members) == 0 then live_for(empty) end
end

local function is(people, sub) return redis.call('SISMEMBER', people, sub) == 1 end

local function owner(sid)
  local raw = redis.call('HGET', members, sid)
  return raw and cjson.decode(raw)
end

local function keep_ticket(sid, ends, hash, sub, jkt, joined)
  redis.call('HSET', tickets, sid, text(ends) .. ' ' .. hash .. ' ' .. sub .. ' ' .. jkt .. ' ' .. joined)
end

local function ticket(sid)
  local raw = redis.call('HGET', tickets, sid)
  if not raw then return nil end
  local ends, hash, sub, jkt, joined = string.match(raw, '^(%d+) (%x+) (%x+) (%x+) (%d+)$')
  if tonumber(ends) <= now then
    redis.call('HDEL', tickets, sid)
    return nil
  end
  -- longer than any lasts: Redis' clock was set back
  if tonumber(ends) > now + presence + resume then keep_ticket(sid, now + presence + resume, hash, sub, jkt, joined) end
  return {hash = hash, sub = sub, jkt = jkt, joined = joined}
end
"""
)

# 7.. name value ...: 1 made, 0 exists already.
CREATE = Script(
    ROOM
    + """
if alive() then return 0 end
erase()
for i = 7, #ARGV - 2, 2 do redis.call('HSET', room, ARGV[i], ARGV[i + 1]) end
redis.call('HSET', room, 'seq', text(now))
live_for(empty)
return 1
"""
)

# A room that nobody has heard of.
DROP = Script(ROOM + "erase()")

# 7 sid 8 sub 9 jkt 10 name 11 conn 12 ticket hash: {status, seq, joined, sid, member ...}
JOIN = Script(
    ROOM
    + """
local sid, sub, jkt, name, conn, hash = ARGV[7], ARGV[8], ARGV[9], ARGV[10], ARGV[11], ARGV[12]
if not alive() then return {'missing'} end
if is(bans, sub) or redis.call('ZSCORE', ended, sid .. ' ' .. sub) then return {'removed'} end
sweep()
local before, old = owner(sid), ticket(sid)
local known = before or old
if known and (known.sub ~= sub or known.jkt ~= jkt) then return {'taken'} end
if not before and redis.call('HLEN', members) >= tonumber(redis.call('HGET', room, 'capacity')) then
  return {'full'}
end
local joined = known and known.joined or text(now)
local me = cjson.encode({sub = sub, jkt = jkt, name = name, joined = joined, conn = conn})
redis.call('HSET', members, sid, me)
redis.call('ZADD', beats, text(now + presence), sid)
keep_ticket(sid, now + presence + resume, hash, sub, jkt, joined)
live_for(idle)
if before then
  tell('=', '"sid":"' .. sid .. '","conn":"' .. conn .. '"')
else
  tell('+', '"sid":"' .. sid .. '","member":' .. me)
end
local reply = {'in', redis.call('HGET', room, 'seq'), joined}
for _, part in ipairs(redis.call('HGETALL', members)) do reply[#reply + 1] = part end
return reply
"""
)

# 7 sid 8 conn: {'in', seq} or missing, gone, replaced
BEAT = Script(
    ROOM
    + """
local sid, conn = ARGV[7], ARGV[8]
if not alive() then return {'missing'} end
sweep()
local me = owner(sid)
if not me then
  rest_if_empty()
  return {'gone'}
end
if me.conn ~= conn then return {'replaced'} end
redis.call('ZADD', beats, text(now + presence), sid)
local mine = ticket(sid)
if mine then keep_ticket(sid, now + presence + resume, mine.hash, mine.sub, mine.jkt, mine.joined) end
live_for(idle)
return {'in', redis.call('HGET', room, 'seq')}
"""
)

# 7 sid 8 conn 9 grace_ms: 1 when the socket still owned the session. The others hear nothing yet.
CUT = Script(
    ROOM
    + """
local sid, conn, grace = ARGV[7], ARGV[8], tonumber(ARGV[9])
if not alive() then return 0 end
local me = owner(sid)
if not me or me.conn ~= conn then return 0 end
redis.call('ZADD', beats, 'LT', text(now + grace), sid)
local mine = ticket(sid)
if mine then keep_ticket(sid, now + resume, mine.hash, mine.sub, mine.jkt, mine.joined) end
return 1
"""
)

# 7 sid 8 conn: 1 when the socket still owned the session.
LEAVE = Script(
    ROOM
    + """
local sid, conn = ARGV[7], ARGV[8]
if not alive() then return 0 end
local me = owner(sid)
if not me or me.conn ~= conn then return 0 end
redis.call('HDEL', tickets, sid)
remove(sid)
rest_if_empty()
return 1
"""
)

# The moment in ms to look again, 0 when the room is over.
SWEEP = Script(
    ROOM
    + """
if not alive() then
  erase()
  return 0
end
local before, ends = redis.call('HLEN', members), tonumber(redis.call('HGET', room, 'expires'))
sweep()
if before > 0 or ends > now + empty then rest_if_empty() end
for _, sid in ipairs(redis.call('HKEYS', tickets)) do ticket(sid) end
ends = tonumber(redis.call('HGET', room, 'expires'))
local first = redis.call('ZRANGE', beats, 0, 0, 'WITHSCORES')
if first[2] then ends = math.min(ends, tonumber(first[2])) end
return text(ends)
"""
)

# {seq, sid, member ...} or {} when the room is over.
SNAPSHOT = Script(
    ROOM
    + """
if not alive() then return {} end
local reply = {redis.call('HGET', room, 'seq')}
for _, part in ipairs(redis.call('HGETALL', members)) do reply[#reply + 1] = part end
return reply
"""
)

# {name value ...} of a living room, then its number of members; {} when there is none. 7 sid 8 hash: ticket wanted
LOOK = Script(
    ROOM
    + """
if not alive() then return {} end
local mine = ARGV[7] ~= '' and ticket(ARGV[7])
local reply = {redis.call('HLEN', members), (mine and mine.hash == ARGV[8]) and 1 or 0}
for _, part in ipairs(redis.call('HGETALL', room)) do reply[#reply + 1] = part end
return reply
"""
)

# One sorted set of holders by the end of their hold. ARGV 1 holder 2 limit 3 hold_ms: 1 granted or held already.
HOLD = Script(
    AHEAD
    + """
local hold = tonumber(ARGV[3])
bring_back(KEYS[1], hold)
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', text(now))
local held = redis.call('ZSCORE', KEYS[1], ARGV[1])
if not held and redis.call('ZCARD', KEYS[1]) >= tonumber(ARGV[2]) then return 0 end
redis.call('ZADD', KEYS[1], text(now + hold), ARGV[1])
if redis.call('PTTL', KEYS[1]) < hold then redis.call('PEXPIRE', KEYS[1], text(hold)) end
return 1
"""
)

# ARGV 1 room 2 at_ms 3 limit (0 none): asks for a look at the room at that time or earlier. 0 when too many rooms.
DUE = Script(
    """
if not redis.call('ZSCORE', KEYS[1], ARGV[1]) and tonumber(ARGV[3]) > 0
  and redis.call('ZCARD', KEYS[1]) >= tonumber(ARGV[3]) then return 0 end
local at = redis.call('ZSCORE', KEYS[1], ARGV[1])
local wanted = now + tonumber(ARGV[2])
if not at or tonumber(at) > wanted then redis.call('ZADD', KEYS[1], string.format('%.0f', wanted), ARGV[1]) end
return 1
"""
)

# ARGV 1 count 2 lease_ms 3 most_ms ahead: rooms to look at now; another worker leaves them alone for the lease.
TAKE_DUE = Script(
    AHEAD
    + """
local ids = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', text(now), 'LIMIT', 0, ARGV[1])
local last = text(now + tonumber(ARGV[3]))
for _, id in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], '(' .. last, '+inf', 'LIMIT', 0, ARGV[1])) do
  ids[#ids + 1] = id
end
for _, id in ipairs(ids) do redis.call('ZADD', KEYS[1], text(now + tonumber(ARGV[2])), id) end
return ids
"""
)

# ARGV 1 step_ms 2 max_ms 3 memory_ms: sets and returns the ms of a penalty, doubled each time within the memory.
PUNISH = Script(
    """
local function text(number) return string.format('%.0f', number) end
local count = redis.call('HINCRBY', KEYS[1], 'count', 1)
local length = math.min(tonumber(ARGV[1]) * 2 ^ (count - 1), tonumber(ARGV[2]))
redis.call('HSET', KEYS[1], 'ends', text(now + length), 'length', text(length))
redis.call('PEXPIRE', KEYS[1], text(math.max(tonumber(ARGV[3]), length)))
return text(length)
"""
)

# The ms that a penalty still lasts: after the clock was set back, as long as it was, and not for so much longer.
PENALTY = Script(
    """
local function text(number) return string.format('%.0f', number) end
local of = redis.call('HMGET', KEYS[1], 'ends', 'length')
if not of[1] then return '0' end
local left = math.max(0, tonumber(of[1]) - now)
if of[2] and left > tonumber(of[2]) then
  left = tonumber(of[2])
  redis.call('HSET', KEYS[1], 'ends', text(now + left))
end
return text(left)
"""
)
