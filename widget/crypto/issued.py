"""What each session signed of its epochs: no honest one makes two of one number, or two after the same one."""

from __future__ import annotations

from widget.crypto.limits import MAX_PROOFS, MAX_STATEMENTS
from widget.crypto.remembered import forget_oldest
from widget.wire.epoch import contradicts
from widget.wire.pair import Twice


class Issued:
    """`proofs` are why a session is out: TWICE, two credentials, FORK, or its goodbye."""

    def __init__(self) -> None:
        self._known: dict[str, bytes] = {}
        self.proofs: dict[str, list[bytes]] = {}

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

    def keep(self, sid: str, proofs: list[bytes]) -> None:
        self.proofs[sid] = proofs
        forget_oldest(self.proofs, MAX_PROOFS)
