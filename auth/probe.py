"""Each command that the services use, once, to see that our user at Redis may."""

from __future__ import annotations

from auth.store.shared import Script, Store

PROBED = ("cw:doctor:probe", "cws:doctor:probe")  # each service has its own beginning
# Named as those of rooms are, whose channels a right to the doctor's alone would not open.
CHANNEL = "cws:events:doctor"

PROBE = Script("""
redis.call('SET', KEYS[1], 'x', 'PX', 60000)
redis.call('GET', KEYS[1])
redis.call('TYPE', KEYS[1])
redis.call('EXISTS', KEYS[1])
redis.call('EXPIRE', KEYS[1], 60)
redis.call('DEL', KEYS[1])
redis.call('HSET', KEYS[1], 'a', '1')
redis.call('HINCRBY', KEYS[1], 'a', 1)
redis.call('HGET', KEYS[1], 'a')
redis.call('HMGET', KEYS[1], 'a')
redis.call('HKEYS', KEYS[1])
redis.call('HLEN', KEYS[1])
redis.call('HEXISTS', KEYS[1], 'a')
redis.call('HGETALL', KEYS[1])
redis.call('HDEL', KEYS[1], 'a')
redis.call('SADD', KEYS[1], 'a', 'b')
redis.call('SISMEMBER', KEYS[1], 'a')
redis.call('SMEMBERS', KEYS[1])
redis.call('SCARD', KEYS[1])
redis.call('SREM', KEYS[1], 'a')
redis.call('DEL', KEYS[1])
redis.call('ZADD', KEYS[1], 'GT', 1, 'a')
redis.call('ZCARD', KEYS[1])
redis.call('ZSCORE', KEYS[1], 'a')
redis.call('ZCOUNT', KEYS[1], '-inf', '+inf')
redis.call('ZRANGE', KEYS[1], 0, -1)
redis.call('ZREVRANGE', KEYS[1], 0, -1)
redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', '+inf')
redis.call('ZREMRANGEBYRANK', KEYS[1], 9, 9)
redis.call('ZREMRANGEBYSCORE', KEYS[1], 9, 9)
redis.call('ZREM', KEYS[1], 'b')
redis.call('PEXPIRE', KEYS[1], 60000)
redis.call('PTTL', KEYS[1])
redis.call('DEL', KEYS[1])
redis.call('PUBLISH', ARGV[1], 'x')
return 1
""")


async def probe(store: Store) -> None:
    """Raises StoreRefusal where one is refused."""
    for key in PROBED:
        await store.run(PROBE, [key], [CHANNEL])
