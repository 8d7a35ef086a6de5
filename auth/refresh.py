"""Refresh keys: opaque to clients, each the keyed hash of the one before, so that none need be stored in clear."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass, field
from typing import Any

from auth.secret import keyed
from widget.wire.fields import hex_field, text_field
from widget.wire.sign_in import FAMILY_BYTES

SECRET_BYTES = 32
REFRESH_BYTES = FAMILY_BYTES + SECRET_BYTES


@dataclass(frozen=True)
class RefreshKey:
    """family16 | secret32; of a site's sign-in family16 alone, which renews nothing. Redis holds only `sha256`."""

    value: bytes = field(repr=False)

    @property
    def family_id(self) -> str:
        return self.value[:FAMILY_BYTES].hex()

    @property
    def is_name(self) -> bool:
        """Whether it is but the family's name."""
        return len(self.value) == FAMILY_BYTES

    @property
    def sha256(self) -> bytes:
        return hashlib.sha256(self.value).digest()

    def successor(self, key: bytes) -> RefreshKey:
        """The one that follows: asked for twice it is the same, and nobody without `key` can tell it."""
        return RefreshKey(self.value[:FAMILY_BYTES] + keyed(key, self.value))


def shown_key(fields: dict[str, Any]) -> RefreshKey:
    """What a call shows as `refresh`; CwError when it is neither a key nor a family's name."""
    is_name = len(text_field(fields, "refresh", 2 * REFRESH_BYTES)) == 2 * FAMILY_BYTES
    return RefreshKey(bytes.fromhex(hex_field(fields, "refresh", FAMILY_BYTES if is_name else REFRESH_BYTES)))


def first_refresh(family_id: str) -> RefreshKey:
    return RefreshKey(bytes.fromhex(family_id) + os.urandom(SECRET_BYTES))
