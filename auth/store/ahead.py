"""Moments that lie too far ahead in a sorted set, in Lua, for scripts that see `now`.

Redis' clock may be set back. A moment that lies further ahead than any is ever set is of the time before, and is
brought to where it would be if it were set now.
"""

from __future__ import annotations

AHEAD = """
local function text(number) return string.format('%.0f', number) end

local function bring_back(key, most)
  local last = text(now + most)
  for _, name in ipairs(redis.call('ZRANGEBYSCORE', key, '(' .. last, '+inf')) do
    redis.call('ZADD', key, last, name)
  end
end
"""
