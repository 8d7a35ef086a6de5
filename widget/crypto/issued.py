"""What each session signed of its epochs: no honest one makes two of one number, or two after the same one."""

from __future__ import annotations

from widget.crypto.limits import MAX_PROOFS, MAX_STATEMENTS
from widget.crypto.remembered import forget_oldest
from widget.wire.epoch import contradicts
from widget.wire.pair import Twice, write_twice


class Issued:
    """`proofs` are why a session is out: TWICE against those who did, FORK against others, or its goodbye."""

    def __init__(self) -> None:
        self._known: dict[str, bytes] = {}
        self.proofs: dict[str, bytes] = {}

    def note(self, issuer: str, statement: bytes) -> Twice | None:
        """A verified STATEMENT; the proof of a lie, where it makes one."""
        for place in (statement[:4], statement[4:36]):
            name = issuer + place.hex()
            known = self._known.get(name, statement)
            if contradicts(known, statement):
                return Twice(issuer, known, statement)
            self._known[name] = known
            forget_oldest(self._known, MAX_STATEMENTS)
        return None

    def prove(self, twice: Twice) -> bytes:
        proof = write_twice(twice)
        self.keep(twice.issuer, proof)
        return proof

    def keep(self, sid: str, proof: bytes) -> None:
        self.proofs[sid] = proof
        forget_oldest(self.proofs, MAX_PROOFS)
