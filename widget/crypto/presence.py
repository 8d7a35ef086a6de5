"""Signs of life: of those who are here though I do not hear them, and for want of which somebody is here no more."""

from __future__ import annotations

from widget.crypto.budgets import Budgets
from widget.crypto.group_step import GroupStep
from widget.crypto.keys import signed
from widget.crypto.limits import CLOCK_SKEW_MS, MAX_SOUGHT, PULSE_MS, SEEK_MS, SILENT_MS, SLEPT_MS, STATE_INTERVAL_MS
from widget.crypto.membership import Membership
from widget.crypto.reasons import PULSE_FALSE
from widget.crypto.remembered import forget_oldest
from widget.crypto.session import PeerSession, Session
from widget.errors import CwError
from widget.ports import Crypto
from widget.wire.pair import Pulse, Seek, pulse_signed, write_pulse, write_seek


class Presence:
    """Who hears somebody has their word for whoever does not, and asks for a new one when it is asked."""

    def __init__(self, crypto: Crypto, session: Session, membership: Membership, budgets: Budgets, now_ms: int) -> None:
        self._crypto: Crypto = crypto
        self._session: Session = session
        self._membership: Membership = membership
        self._budgets: Budgets = budgets
        self._pulses: dict[str, Pulse] = {}  # the newest of each session
        self._sought: dict[str, int] = {}  # how often
        self._looked_ms: int = now_ms

    def look(self, step: GroupStep, now_ms: int) -> list[str]:
        """Ask after those whom I have not heard lately, and after who just went; who was silent for too long.

        Not for as long as I slept myself: then they had no time to speak.
        """
        members = self._membership
        if now_ms - self._looked_ms > SLEPT_MS:
            members.hear_all(now_ms)
        self._looked_ms = now_ms
        silent: list[str] = []
        for sid in members.others():
            quiet_ms = now_ms - members.last_ms(sid, now_ms)
            if quiet_ms >= SILENT_MS:
                silent.append(sid)
            elif quiet_ms >= SEEK_MS:
                self._seek(step, sid, "", now_ms)
        for sid in members.gone_since(now_ms - PULSE_MS):
            self._seek(step, sid, "", now_ms)
        return silent

    async def sought(self, step: GroupStep, from_sid: str, seek: Seek, now_ms: int) -> None:
        """Somebody asks after me, or after whom they do not hear."""
        sid = seek.sid
        known = self._pulses.get(sid)
        is_old = known is None or now_ms - known.at_ms >= PULSE_MS
        if is_old and sid == self._session.sid:
            signature = await self._crypto.signatures.sign(
                self._session.signing, pulse_signed(self._session.room_id, sid, now_ms)
            )
            known = Pulse(sid, now_ms, signature)
            self._pulses[sid] = known
        elif is_old and self._membership.is_heard(sid, now_ms):
            self._ask(step, sid, sid, now_ms)
        elif is_old and self._membership.is_present(sid):
            self._seek(step, sid, from_sid, now_ms)  # a row of many would else be asked one after the other
        if known is not None and known.at_ms > seek.at_ms:
            step.send([from_sid], write_pulse(known))

    async def heard(self, peer: PeerSession, pulse: Pulse, now_ms: int) -> bool:
        """It was here, by its own word; whether that brings it back. CwError when it is not, or was not asked for."""
        sid = peer.sid
        data = pulse_signed(self._session.room_id, sid, pulse.at_ms)
        if (
            sid not in self._sought
            or pulse.at_ms > now_ms + CLOCK_SKEW_MS
            or not await signed(self._crypto, peer.sign_public, pulse.signature, data)
        ):
            raise CwError(PULSE_FALSE, "a sign of life that nobody asked for, of the future, or not its owner's")
        if pulse.at_ms > self._at_ms(sid):
            self._pulses[sid] = pulse
            forget_oldest(self._pulses, MAX_SOUGHT)
        return self._membership.was_heard(peer, min(pulse.at_ms, now_ms))

    def _at_ms(self, sid: str) -> int:
        known = self._pulses.get(sid)
        return 0 if known is None else known.at_ms

    def _seek(self, step: GroupStep, sid: str, from_sid: str, now_ms: int) -> None:
        """Of itself, and of one of those whom I hear, each twice; not of whoever asks me. Who was asked once has asked
        on, and has an answer the second time: by turns, one of twenty would not be asked again in time."""
        members = self._membership
        hearing = [other for other in members.others() if other != from_sid and members.is_heard(other, now_ms)]
        self._ask(step, sid, sid, now_ms)
        if len(hearing) > 0:
            self._sought[sid] = self._sought.get(sid, 0) + 1
            self._ask(step, hearing[(self._sought[sid] >> 1) % len(hearing)], sid, now_ms)

    def _ask(self, step: GroupStep, of_sid: str, sid: str, now_ms: int) -> None:
        """No neighbour can make me ask more often than that."""
        if self._budgets.take(f"seek {of_sid} {sid}", STATE_INTERVAL_MS, 1000, STATE_INTERVAL_MS, now_ms):
            self._sought[sid] = self._sought.get(sid, 0)
            forget_oldest(self._sought, MAX_SOUGHT)
            step.send([of_sid], write_seek(sid, self._at_ms(sid)))
