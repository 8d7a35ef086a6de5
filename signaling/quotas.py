"""Everybody's quotas, kept in the store so that they hold whichever worker one comes to."""

from __future__ import annotations

from auth.limits import DAY_S, HOUR_S, MINUTE_S, Rate
from auth.limits import Limits as Windows
from auth.secret import keyed
from auth.store.shared import Store as Shared
from signaling import scripts
from signaling.limits import Limits


class Quotas:
    """Each call is one atomic step, and raises StoreDown when the store does not answer."""

    def __init__(self, shared: Shared, limits: Limits, secret: bytes) -> None:
        """`secret` keys the hashes of addresses: there are so few that any other hash can be undone by trying all."""
        self._shared = shared
        self._limits = limits
        self._secret = secret
        self._windows = Windows(shared, secret)

    async def hold_sockets(self, sub: str, address: str, seat: str) -> bool:
        """A place among one user's and one address's sockets, for a presence period; who takes over has it."""
        limits = self._limits
        if not await hold(self._shared, f"cws:sockets:user:{sub}", seat, limits.sockets_per_user, limits.presence_s):
            return False
        key = self._sockets_of(address)
        if await hold(self._shared, key, f"{sub}/{seat}", limits.sockets_per_ip, limits.presence_s):
            return True
        await self._shared.command("ZREM", f"cws:sockets:user:{sub}", seat)
        return False

    async def release_sockets(self, sub: str, address: str, seat: str) -> None:
        """Give both places back."""
        await self._shared.command("ZREM", self._sockets_of(address), f"{sub}/{seat}")
        await self._shared.command("ZREM", f"cws:sockets:user:{sub}", seat)

    async def take_create(self, sub: str, address: str, is_guest: bool = False) -> int:
        """0, or the seconds to wait before making another room."""
        limits = self._limits
        hourly = limits.creates_per_guest_hour if is_guest else limits.creates_per_user_hour
        hour, day = Rate(hourly, HOUR_S), Rate(limits.creates_per_user_day, DAY_S)
        wait_s = await self._windows.take("create-user", sub, hour, day)
        if wait_s > 0:
            return wait_s
        return await self._windows.take("create-address", address, Rate(limits.creates_per_ip_hour, HOUR_S))

    async def take_join(self, sub: str) -> int:
        return await self._windows.take("join", sub, Rate(self._limits.joins_per_user_hour, HOUR_S))

    async def take_wrong_id(self, guesser: str) -> int:
        """`guesser` is a user, or the address of who does not say who they are."""
        return await self._windows.take("wrong-id", guesser, Rate(self._limits.wrong_ids_per_min, MINUTE_S))

    async def wait_wrong_id(self, guesser: str) -> int:
        """Whether this one has guessed too often, without counting a guess."""
        return await self._windows.wait("wrong-id", guesser, Rate(self._limits.wrong_ids_per_min, MINUTE_S))

    async def take_failed_auth(self, address: str) -> int:
        return await self._windows.take("failed-auth", address, self._failed_auths())

    async def wait_failed_auth(self, address: str) -> int:
        """Whether too much from there did not hold, without counting anything."""
        return await self._windows.wait("failed-auth", address, self._failed_auths())

    def _failed_auths(self) -> Rate:
        return Rate(self._limits.failed_auths_per_ip_min, MINUTE_S)

    async def take_decision(self, sub: str) -> int:
        return await self._windows.take("decision", sub, Rate(self._limits.decisions_per_user_min, MINUTE_S))

    async def take_place(self, sub: str) -> int:
        return await self._windows.take("place", sub, Rate(self._limits.places_per_user_min, MINUTE_S))

    async def take_listing(self, address: str) -> int:
        return await self._windows.take("listing", address, Rate(self._limits.listings_per_ip_min, MINUTE_S))

    async def take_visit(self, address: str, room_id: str) -> int:
        """0, or the seconds to wait before looking in: this visitor here, anywhere, or anybody here."""
        limits = self._limits
        for name, subject, count in (
            ("visit", f"{address} {room_id}", limits.visits_per_visitor_min),
            ("visit-address", address, limits.visits_per_ip_min),
            ("visit-room", room_id, limits.visits_per_room_min),
        ):
            wait_s = await self._windows.take(name, subject, Rate(count, MINUTE_S))
            if wait_s > 0:
                return wait_s
        return 0

    async def punish(self, subject: str) -> int:
        """Keep a rule-breaker out; the seconds, doubled each time."""
        limits = self._limits
        args = [limits.penalty_s * 1000, limits.penalty_max_s * 1000, limits.penalty_memory_s * 1000]
        return int(await self._shared.run(scripts.PUNISH, [f"cws:penalty:{subject}"], args)) // 1000

    async def penalty(self, subject: str) -> int:
        """Seconds that a penalty still lasts, rounded up."""
        return -(-int(await self._shared.run(scripts.PENALTY, [f"cws:penalty:{subject}"])) // 1000)

    def _sockets_of(self, address: str) -> str:
        return f"cws:sockets:address:{keyed(self._secret, address.encode()).hex()[:32]}"


async def hold(shared: Shared, key: str, holder: str, limit: int, hold_s: int) -> bool:
    """One of `limit` places, for so long; who has it already has it."""
    return int(await shared.run(scripts.HOLD, [key], [holder, limit, hold_s * 1000])) == 1
