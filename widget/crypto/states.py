"""STATE: which epoch I hold, and what follows from those that others say they hold."""

from __future__ import annotations

from widget.crypto.budgets import Budgets
from widget.crypto.epoch_rules import most_n
from widget.crypto.frames import Frames
from widget.crypto.group_step import GroupStep
from widget.crypto.limits import RESEND_AFTER_MS, RESEND_MS, STATE_WAIT_MS, TOLD_AT_ONCE
from widget.crypto.live_epoch import NEVER_MS
from widget.crypto.membership import Membership
from widget.crypto.reasons import STATE_JUMP
from widget.crypto.schedule import Schedule
from widget.errors import CwError
from widget.ports import Digest
from widget.wire.pair import State, write_state, write_whole

NO_KID = "00000000000000000000000000000000"


class States:
    """Who lacks my epoch gets it; who holds a newer one is asked for it, if it does not come by itself."""

    def __init__(
        self,
        digest: Digest,
        created_ms: int,
        frames: Frames,
        membership: Membership,
        schedule: Schedule,
        budgets: Budgets,
        step: GroupStep,
    ) -> None:
        self._digest: Digest = digest
        self._created_ms: int = created_ms
        self._frames: Frames = frames
        self._membership: Membership = membership
        self._schedule: Schedule = schedule
        self._budgets: Budgets = budgets
        self._step: GroupStep = step
        self._ahead: list[str] = []  # who says that they hold a newer one
        self.ask_ms: int = NEVER_MS  # when I ask one of them for it
        self.doubted: set[str] = set()  # who opened a link and did not say yet that they hold what I hold

    def most_n(self, now_ms: int) -> int:
        """The highest number that an epoch can have by now."""
        return most_n(self._created_ms, now_ms)

    def mine(self) -> bytes:
        """Which epoch I hold, and for how many."""
        current = self._frames.current
        if current is None:
            return write_state(0, NO_KID, 0)
        return write_state(current.n, current.kid, len(current.roster))

    def take(self, from_sid: str, state: State, now_ms: int) -> None:
        """Compare epochs: give mine to who lacks it, note that others are ahead."""
        self._schedule.heard(from_sid)
        if state.n > self.most_n(now_ms):
            raise CwError(STATE_JUMP, "a neighbour claims an epoch that the room is too young for")
        current = self._frames.current
        is_shared = current is not None and current.shared()
        if not is_shared:
            self._lead(from_sid, state, 0 if current is None else current.n)
        if current is None or state.n == 0:
            return
        if state.kid == current.kid:
            self.doubted.discard(from_sid)
            return
        if current.better_than(state.n, state.kid):
            if now_ms >= current.since_ms + RESEND_AFTER_MS:  # else it must still be on its way
                self.resend(from_sid, now_ms)
            return
        self._schedule.ahead(state.n, state.members, now_ms)
        if len(self._ahead) == 0:
            self.ask_ms = now_ms + STATE_WAIT_MS
        if from_sid not in self._ahead:
            self._ahead.append(from_sid)

    def ask_if_behind(self, now_ms: int) -> None:
        """What others hold should have come by now: perhaps whoever made it means to keep us apart."""
        if now_ms >= self.ask_ms:
            self._step.send([self._ahead[self._digest.random(1)[0] % len(self._ahead)]], write_whole())
            self.caught_up()

    def caught_up(self) -> None:
        """I hold what they do."""
        self._ahead = []
        self.ask_ms = NEVER_MS

    def resend(self, to_sid: str, now_ms: int) -> None:
        """The current epoch, whole, to a member of it."""
        current = self._frames.current
        if (
            current is not None
            and to_sid in current.roster
            and self._budgets.take(f"resend {to_sid}", RESEND_MS, 1000, RESEND_MS, now_ms)
        ):
            self._step.send([to_sid], current.grant)

    def tell_some(self, issuer: str) -> None:
        """Who made this epoch may have told others another: these hear of mine, and nobody knew who they would be."""
        others = [sid for sid in self._membership.others() if sid != issuer]
        for byte in self._digest.random(TOLD_AT_ONCE if len(others) > 0 else 0):
            self._step.send([others[byte % len(others)]], self.mine())

    def _lead(self, from_sid: str, state: State, n: int) -> None:
        """While I share no epoch, whoever does leads, else whoever holds the newest: that one was here before."""
        if state.members > 1 or state.n > n:
            self._membership.establish(from_sid)
        elif state.n < n:
            self._membership.establish(self._membership.me.sid)
