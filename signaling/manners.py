"""What becomes of a socket that says what it should not: an answer, silence, or the door."""

from __future__ import annotations

from typing import Literal

from signaling.buckets import Bucket, Strikes
from signaling.limits import Limits
from signaling.refusals import BACKEND_DOWN, MALFORMED, Kind

Verdict = Literal["say", "hush", "out"]


class Complaint(Exception):
    """One message is refused and the socket stays."""

    def __init__(self, kind: Kind, retry_after_s: int = 0) -> None:
        super().__init__(kind.code)
        self.kind: Kind = kind
        self.retry_after_s: int = retry_after_s


class Manners:
    """Strikes within the window of `limits`; answers are bounded, so that they are no weapon either.

    What comes too fast or for somebody who is gone is dropped and forgiven for a long while: a network that was stuck
    brings at once what was said in good time, and others decide how much there is to answer and who leaves.
    """

    __slots__ = ("_answers", "_forgiven", "_strikes")

    def __init__(self, limits: Limits, now_s: float) -> None:
        self._strikes = Strikes(limits.strikes, limits.strike_window_s)
        self._answers = Bucket(limits.controls_per_s, limits.controls_burst, now_s)
        self._forgiven = Bucket(limits.forgiven_per_s, limits.forgiven_burst, now_s)

    def judge(self, kind: Kind, now_s: float) -> Verdict:
        """Nonsense is a strike each time, a second of what is no longer forgiven is one; our own absence never is."""
        may_answer = self._answers.take(1, now_s)
        if kind is MALFORMED:
            out = self._strikes.add(now_s)
        elif kind is BACKEND_DOWN or self._forgiven.take(1, now_s):
            out = False
        else:
            out = self._strikes.add(now_s, apart_s=1)
        if out:
            return "out"
        return "say" if may_answer else "hush"
