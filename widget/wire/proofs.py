"""The proofs of invite secrets that go with a credential: up to four of 32 bytes, none in a public room."""

from __future__ import annotations

from widget.errors import MALFORMED, CwError
from widget.wire.codec import Reader

PROOF_BYTES = 32
MAX_PROOFS = 4


def read_proofs(reader: Reader) -> bytes:
    """u8 len proofs; CwError(MALFORMED) for an odd length."""
    proofs = reader.short()
    if len(proofs) % PROOF_BYTES != 0 or len(proofs) > MAX_PROOFS * PROOF_BYTES:
        raise CwError(MALFORMED, "odd length of invite proofs")
    return proofs
