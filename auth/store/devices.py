"""On which devices a person is signed in at a site. Devices are named by the hex of their jkt; times are in seconds."""

from __future__ import annotations

from dataclasses import dataclass

from auth.settings import Settings
from auth.store.shared import Script, Store

MOST_FAMILIES = 4  # of one device: chats that signed in at the same moment each have one

Traits = tuple[str, str, str]  # browser, system and country, each "" where it is none that we know

# A hash of devices. Each is `first last via families browser system country` with tabs between, the families with
# commas.
_READ = """
local function read(text)
  local first, last, via, families, browser, system, country =
    string.match(text, '^(%d+)\\t(%d+)\\t(%a+)\\t([%x,]*)\\t([^\\t]*)\\t([^\\t]*)\\t(%a*)$')
  local found = {}
  for family in string.gmatch(families, '%x+') do table.insert(found, family) end
  return {first = first, last = last, via = via, families = found, browser = browser, system = system,
    country = country}
end
local function write(device, it)
  redis.call('HSET', KEYS[1], device, table.concat({it.first, it.last, it.via, table.concat(it.families, ','),
    it.browser, it.system, it.country}, '\\t'))
end
"""

# ARGV 1 device 2 family 3 at 4 via 5 browser 6 system 7 country 8 most devices 9 most families 10 idle_s 11 life_ms
# Gives what has to end: families of this device as they are, of another one with its name in front.
_NOTE = Script(
    _READ
    + """
local at, gone = tonumber(ARGV[3]), {}
local text = redis.call('HGET', KEYS[1], ARGV[1])
local mine = text and read(text) or {first = ARGV[3], families = {}}
mine.last, mine.via, mine.browser, mine.system, mine.country = ARGV[3], ARGV[4], ARGV[5], ARGV[6], ARGV[7]
local known = false
for _, family in ipairs(mine.families) do known = known or family == ARGV[2] end
if not known then table.insert(mine.families, ARGV[2]) end
while #mine.families > tonumber(ARGV[9]) do
  table.insert(gone, ARGV[1] .. ' ' .. table.remove(mine.families, 1))
end
write(ARGV[1], mine)
local all, count, oldest, oldest_at = redis.call('HGETALL', KEYS[1]), 0, nil, nil
for i = 1, #all, 2 do
  local last = tonumber(read(all[i + 1]).last)
  if last + tonumber(ARGV[10]) <= at then redis.call('HDEL', KEYS[1], all[i])
  else
    count = count + 1
    if all[i] ~= ARGV[1] and (oldest_at == nil or last < oldest_at) then oldest, oldest_at = all[i], last end
  end
end
if count > tonumber(ARGV[8]) then
  for _, family in ipairs(read(redis.call('HGET', KEYS[1], oldest)).families) do
    table.insert(gone, oldest .. ' ' .. family)
  end
  redis.call('HDEL', KEYS[1], oldest)
end
redis.call('PEXPIRE', KEYS[1], ARGV[11])
return gone
"""
)

# ARGV 1 device 2 family 3 at 4 browser 5 system 6 country. Who was ended meanwhile is not brought back.
_SEEN = Script(
    _READ
    + """
local text = redis.call('HGET', KEYS[1], ARGV[1])
if not text then return 0 end
local it = read(text)
it.last, it.browser, it.system, it.country = ARGV[3], ARGV[4], ARGV[5], ARGV[6]
write(ARGV[1], it)
return 1
"""
)

# ARGV 1 device 2 family
_LEFT = Script(
    _READ
    + """
local text = redis.call('HGET', KEYS[1], ARGV[1])
if not text then return 0 end
local it, kept = read(text), {}
for _, family in ipairs(it.families) do if family ~= ARGV[2] then table.insert(kept, family) end end
it.families = kept
if #kept == 0 then redis.call('HDEL', KEYS[1], ARGV[1]) else write(ARGV[1], it) end
return 1
"""
)


@dataclass(frozen=True)
class Device:
    """One device of a person. `browser`, `system` and `country` are "" where they are none that we know."""

    id: str
    first_s: int
    last_s: int
    via: str
    families: tuple[str, ...]
    browser: str
    system: str
    country: str


class Devices:
    """Of one person at one site: an account and its sub."""

    def __init__(self, store: Store, settings: Settings) -> None:
        self._store = store
        self._settings = settings

    async def note(
        self, person: tuple[str, str], device: str, family_id: str, via: str, traits: Traits, now_s: int
    ) -> list[tuple[str, str]]:
        """Somebody has signed in. Gives the device and family of each sign-in that is one too many and has to end."""
        rules = self._settings
        args: list[str | int | bytes] = [device, family_id, now_s, via, *traits]
        args += [rules.devices_kept, MOST_FAMILIES, rules.refresh_idle_s, rules.refresh_life_s * 1000]
        gone = await self._store.run(_NOTE, [_key(person)], args)
        return [(text.split(" ")[0], text.split(" ")[1]) for text in gone]

    async def seen(self, person: tuple[str, str], device: str, traits: Traits, now_s: int) -> None:
        await self._store.run(_SEEN, [_key(person)], [device, "", now_s, *traits])

    async def left(self, person: tuple[str, str], device: str, family_id: str) -> None:
        """One sign-in of the device has ended."""
        await self._store.run(_LEFT, [_key(person)], [device, family_id])

    async def drop(self, person: tuple[str, str], device: str) -> None:
        await self._store.command("HDEL", _key(person), device)

    async def listed(self, person: tuple[str, str], now_s: int) -> list[Device]:
        """Those that may still be signed in, the one used last first."""
        found = await self._store.command("HGETALL", _key(person))
        devices = [_read(str(device), str(text)) for device, text in found.items()]
        alive = [device for device in devices if device.last_s + self._settings.refresh_idle_s > now_s]
        return sorted(alive, key=lambda device: (-device.last_s, device.id))


def _read(device: str, text: str) -> Device:
    first, last, via, families, browser, system, country = text.split("\t")
    return Device(device, int(first), int(last), via, tuple(families.split(",")), browser, system, country)


def _key(person: tuple[str, str]) -> str:
    account, sub = person
    return f"cw:{{{account}}}:sign-ins:{sub}"
