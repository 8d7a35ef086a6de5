"""Refresh keys: opaque to clients, each the keyed hash of the one before, so that none need be stored in clear."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass, field

from auth.secret import keyed
from widget.wire.sign_in import FAMILY_BYTES

SECRET_BYTES = 32
REFRESH_BYTES = FAMILY_BYTES + SECRET_BYTES


@dataclass(frozen=True)
class RefreshKey:
    """family16 | secret32. Redis holds only `sha256`."""

    value: bytes = field(repr=False)

    @property
    def family_id(self) -> str:
        return self.value[:FAMILY_BYTES].hex()

    @property
    def sha256(self) -> bytes:
        return hashlib.sha256(self.value).digest()

    def successor(self, key: bytes) -> RefreshKey:
        """The one that follows: asked for twice it is the same, and nobody without `key` can tell it."""
        return RefreshKey(self.value[:FAMILY_BYTES] + keyed(key, self.value))


def first_refresh(family_id: str) -> RefreshKey:
    return RefreshKey(bytes.fromhex(family_id) + os.urandom(SECRET_BYTES))
