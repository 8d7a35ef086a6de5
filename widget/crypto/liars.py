"""Sessions that made two epochs of one, or have two credentials: they are out for good, and everybody is told why."""

from __future__ import annotations

from widget.crypto.group_step import GroupStep
from widget.crypto.held_grants import Held
from widget.crypto.issued import Issued
from widget.crypto.keys import signed
from widget.crypto.membership import Membership
from widget.crypto.reasons import EPOCH_SIGNATURE, EPOCH_TWICE, PROOF_FALSE
from widget.crypto.schedule import Schedule
from widget.crypto.session import PeerSession, Session
from widget.errors import CwError
from widget.ports import Crypto
from widget.wire.epoch import STATED_BYTES, Epoch, contradicts, epoch_signed
from widget.wire.pair import Twice, write_shown, write_twice


class Liars:
    """Found by what they signed themselves. The next in line makes the next epoch."""

    def __init__(
        self, crypto: Crypto, session: Session, membership: Membership, schedule: Schedule, step: GroupStep
    ) -> None:
        self._crypto: Crypto = crypto
        self._session: Session = session
        self._membership: Membership = membership
        self._schedule: Schedule = schedule
        self._step: GroupStep = step
        self.issued: Issued = Issued()

    async def compare(self, held: Held, sid: str, statement: bytes, now_ms: int) -> None:
        """With what the same issuer signed before, also where it is not taken: two of one are a lie."""
        issuer = self._membership.find(sid)
        if issuer is None or held.is_signed or self._membership.is_expelled(sid):
            return
        if not await self._is_true(issuer, statement):
            raise CwError(EPOCH_SIGNATURE, "an epoch that its issuer did not sign")
        held.is_signed = True
        twice = self.issued.note(sid, statement)
        if twice is not None:
            self.end(issuer, [write_twice(twice)], now_ms)
            raise CwError(EPOCH_TWICE, "an epoch that contradicts another by the same issuer")

    async def take(self, twice: Twice, now_ms: int) -> None:
        """Somebody says that a session made two epochs of one. CwError when that is not so."""
        issuer = self._membership.find(twice.issuer)
        if issuer is None or self._membership.is_expelled(issuer.sid):
            return
        one, other = twice.one, twice.other
        if not contradicts(one, other) or not (await self._is_true(issuer, one) and await self._is_true(issuer, other)):
            raise CwError(PROOF_FALSE, "two epochs that prove no lie")
        self.end(issuer, [write_twice(twice)], now_ms)

    def tell(self, to_sid: str, epoch: Epoch) -> None:
        """Why I do not take it: who is out for good, and who has another credential."""
        for sid, credential_hash in epoch.roster.items():
            peer = self._membership.find(sid)
            mine = [] if peer is None or peer.credential_hash == credential_hash else [show(peer)]
            for proof in self.issued.proofs.get(sid, mine):
                self._step.send([to_sid], proof)

    async def _is_true(self, issuer: PeerSession, statement: bytes) -> bool:
        data = epoch_signed(self._session.room_id, issuer.sid, statement)
        return await signed(self._crypto, issuer.sign_public, statement[STATED_BYTES:], data)

    def end(self, liar: PeerSession, proofs: list[bytes], now_ms: int) -> None:
        """Found out, by these proofs."""
        self._membership.expel(liar.sid)
        self._membership.drop(liar.sid, now_ms)
        self._schedule.left(liar.sid, now_ms)
        self.issued.keep(liar.sid, proofs)
        for proof in proofs:
            self._step.send(self._membership.others(), proof)
        self._step.liars.append(liar)


def show(peer: PeerSession) -> bytes:
    """The blob that shows its credential."""
    return write_shown(peer.credential, peer.psk_proof)
