"""How fast one joined socket may speak: to each member, and in all."""

from __future__ import annotations

from signaling.buckets import Bucket
from signaling.limits import Limits

MINUTE_S = 60


class _Pair:
    """What one socket has said to one member."""

    __slots__ = ("candidates", "offers", "relays", "signals")

    def __init__(self, limits: Limits, now_s: float) -> None:
        self.signals = Bucket(limits.signals_per_s, limits.signals_burst, now_s)
        self.relays = Bucket(limits.relays_per_s, limits.relays_burst, now_s)
        self.offers = Bucket(limits.offers_per_pair_min / MINUTE_S, limits.offers_per_pair_min, now_s)
        self.candidates = 0


class Pace:
    """Grants or refuses each message; a refused one is dropped."""

    __slots__ = ("_bytes", "_controls", "_limits", "_pairs")

    def __init__(self, limits: Limits, now_s: float) -> None:
        self._limits = limits
        self._pairs: dict[str, _Pair] = {}
        self._bytes = Bucket(limits.relay_bytes_per_s, limits.relay_burst_bytes, now_s)
        self._controls = Bucket(limits.controls_per_s, limits.controls_burst, now_s)

    def signal(self, sid: str, kind: str, now_s: float) -> bool:
        pair = self._pair(sid, now_s)
        if not pair.signals.take(1, now_s):
            return False
        if kind == "candidate":
            pair.candidates += 1
            return pair.candidates <= self._limits.candidates_per_pair
        # Each description begins a new gathering.
        pair.candidates = 0
        return kind != "offer" or pair.offers.take(1, now_s)

    def relay(self, sid: str, size_bytes: int, now_s: float) -> bool:
        return self._pair(sid, now_s).relays.take(1, now_s) and self._bytes.take(size_bytes, now_s)

    def show(self, size_bytes: int, now_s: float) -> bool:
        """To a visitor."""
        return self.control(now_s) and self._bytes.take(size_bytes, now_s)

    def control(self, now_s: float) -> bool:
        """Beats, renewals."""
        return self._controls.take(1, now_s)

    def forget(self, sid: str) -> None:
        self._pairs.pop(sid, None)

    def _pair(self, sid: str, now_s: float) -> _Pair:
        pair = self._pairs.get(sid)
        if pair is None:
            pair = _Pair(self._limits, now_s)
            self._pairs[sid] = pair
        return pair
