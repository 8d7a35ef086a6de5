"""What becomes of a socket that says what it should not: an answer, silence, or the door."""

from __future__ import annotations

from typing import Literal

from signaling.buckets import Bucket, Strikes
from signaling.limits import Limits
from signaling.refusals import MALFORMED, RATE_LIMITED, Kind

Verdict = Literal["say", "hush", "out"]


class Complaint(Exception):
    """One message is refused and the socket stays. RATE_LIMITED and MALFORMED are the sender's own fault."""

    def __init__(self, kind: Kind, retry_after_s: int = 0) -> None:
        super().__init__(kind.code)
        self.kind: Kind = kind
        self.retry_after_s: int = retry_after_s


class Manners:
    """Strikes within the window of `limits`; answers are bounded, so that they are no weapon either."""

    def __init__(self, limits: Limits, now_s: float) -> None:
        self._strikes = Strikes(limits.strikes, limits.strike_window_s)
        self._answers = Bucket(limits.controls_per_s, limits.controls_burst, now_s)

    def judge(self, kind: Kind, now_s: float) -> Verdict:
        """Nonsense is a strike each time, a second of too much is one; others' absence only when it never ends."""
        may_answer = self._answers.take(1, now_s)
        if kind is MALFORMED:
            out = self._strikes.add(now_s)
        elif kind is RATE_LIMITED or not may_answer:
            out = self._strikes.add(now_s, apart_s=1)
        else:
            out = False
        if out:
            return "out"
        return "say" if may_answer else "hush"
