"""The service's own secrets: one master key, from which each use derives its own."""

from __future__ import annotations

import hashlib
import hmac
import os
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

SECRET_BYTES = 32


@dataclass(frozen=True)
class Secrets:
    """Keys that Redis never sees. `peppers` are newest first; codes of an older one live out their 10 minutes."""

    master: bytes = field(repr=False)
    peppers: tuple[bytes, ...] = field(repr=False)

    def derived(self, use: str) -> bytes:
        """HKDF-SHA-256(master, info = "auth/<use>"), 32 bytes."""
        return HKDF(SHA256(), SECRET_BYTES, None, b"auth/" + use.encode()).derive(self.master)

    def account(self, email: str) -> str:
        """The account of a normalised address: 32 hex digits, the same for ever."""
        return keyed(self.derived("account"), email.encode())[:16].hex()

    def visitor(self, origin: str, sub: str) -> str:
        """The account of whom a site calls `sub`; no address and no other site's visitor has it."""
        return keyed(self.derived("visitor"), f"{origin}\0{sub}".encode())[:16].hex()

    def guest(self, origin: str, jkt: bytes) -> str:
        """The account of a guest: a device at a site, and nothing else."""
        return keyed(self.derived("guest"), f"{origin}\0{jkt.hex()}".encode())[:16].hex()

    def family(self, sub: str, device: str) -> str:
        """The one sign-in that a person has on a device through the site: 32 hex digits."""
        return keyed(self.derived("family"), f"{sub}\0{device}".encode())[:16].hex()

    def pseudonym(self, account: str, origin: str) -> str:
        """`sub`: who the account is for one origin; two sites cannot compare theirs."""
        return keyed(self.derived("sub"), f"{account}\0{origin}".encode())[:16].hex()

    def close(self, text: str, about: str) -> str:
        """`text` as hex of nonce12 | AES-256-GCM, bound to `about`."""
        nonce = os.urandom(12)
        return (nonce + AESGCM(self.derived("mailbox")).encrypt(nonce, text.encode(), about.encode())).hex()

    def disclose(self, closed: str, about: str) -> str | None:
        """Inverse of `close`; None when it was made by another master key."""
        data = bytes.fromhex(closed)
        try:
            return AESGCM(self.derived("mailbox")).decrypt(data[:12], data[12:], about.encode()).decode()
        except InvalidTag:
            return None


def keyed(key: bytes, data: bytes) -> bytes:
    """HMAC-SHA-256."""
    return hmac.new(key, data, hashlib.sha256).digest()
