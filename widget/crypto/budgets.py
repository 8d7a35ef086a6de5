"""How much one neighbour may send before anything costly is done with it."""

from __future__ import annotations


class Budgets:
    """Token buckets by name. Each is one number, the time until which all that was spent is paid back; it refills
    `per_s` a second and holds `burst`."""

    def __init__(self) -> None:
        self._until_ms: dict[str, int] = {}

    def take(self, name: str, amount: int, per_s: int, burst: int, now_ms: int) -> bool:
        """Spend `amount` if it is there. A clock that goes back gives nothing, and takes no more than was spent."""
        latest_ms = now_ms + burst * 1000 // per_s
        until_ms = min(max(self._until_ms.get(name, 0), now_ms), latest_ms)
        paid_ms = until_ms + (amount * 1000 - 1) // per_s + 1
        fits = paid_ms <= latest_ms
        self._until_ms[name] = paid_ms if fits else until_ms
        return fits

    def expire(self, now_ms: int) -> None:
        """What is full again need not be remembered."""
        self._until_ms = {name: until_ms for name, until_ms in self._until_ms.items() if until_ms > now_ms}
