"""The keys of a running service, read from the key folder; every private file must be closed to others (0600)."""

from __future__ import annotations

import base64
import contextlib
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from auth.p256 import base64url, public_jwk
from auth.secret import SECRET_BYTES, Secrets
from auth.tokens import KeySet, SigningKey, TokenError, read_key_set

DAY_S = 86400
SIGNING_AFTERLIFE_S = 3600 + DAY_S  # the longest token life, and a day
DOCUMENT = "cw-keys.jws"
MASTER = "master.key"
SERVICE_KEY_VERSION = b"\x01"


class KeyFolderError(Exception):
    """The folder cannot serve; the message says which command puts it right."""


@dataclass(frozen=True)
class SealKey:
    """A private key that requests are sealed to; `kid` is 16 hex digits."""

    kid: str
    exp: int
    private: ec.EllipticCurvePrivateKey = field(repr=False)


@dataclass(frozen=True)
class Keys:
    """What a running service needs; the root's private key is not part of it."""

    document: str
    jwks: dict[str, Any]
    key_set: KeySet
    signing: Mapping[str, SigningKey] = field(repr=False)
    seal: Mapping[str, SealKey] = field(repr=False)
    secrets: Secrets = field(repr=False)

    @property
    def issuer(self) -> str:
        return self.key_set.issuer

    def signing_key(self, now_s: int) -> SigningKey:
        """The newest key that has begun and whose tokens can still be checked to their end."""
        usable = [key for key in self.key_set.keys.values() if key.nbf <= now_s < key.exp - SIGNING_AFTERLIFE_S]
        owned = [key for key in usable if key.kid in self.signing]
        if not owned:
            raise KeyFolderError("No signing key is valid now: run `python -m auth keys rotate`.")
        return self.signing[max(owned, key=lambda key: key.nbf).kid]

    def seal_key(self, kid: str, now_s: int) -> SealKey | None:
        key = self.seal.get(kid)
        return key if key is not None and now_s < key.exp else None


class KeyBook:
    """The keys of a folder, read again when it has changed, so that a rotation needs no restart."""

    def __init__(self, folder: Path, reload_s: int) -> None:
        self._folder = folder
        self._reload_s = reload_s
        self._looked_s = 0
        self._mark: tuple[int, ...] = ()
        self._keys: Keys | None = None

    def current(self, now_s: int) -> Keys:
        """The keys as last read. A folder that is broken later on does not end a running service: health tells."""
        if self._keys is None:
            self._read(now_s)
        elif abs(now_s - self._looked_s) >= self._reload_s:
            with contextlib.suppress(KeyFolderError):
                self._read(now_s)
        assert self._keys is not None
        return self._keys

    def _read(self, now_s: int) -> None:
        self._looked_s = now_s
        paths = [path for path in (self._folder, self._folder / DOCUMENT) if path.exists()]
        mark = tuple(path.stat().st_mtime_ns for path in paths)
        if mark != self._mark:
            self._keys = load_keys(self._folder, now_s)
            self._mark = mark


def load_keys(folder: Path, now_s: int) -> Keys:
    """Read and check the folder; KeyFolderError names what is missing, open to others, or out of date."""
    payload = read_payload(folder)
    document = (folder / DOCUMENT).read_text("ascii")
    try:
        key_set = read_key_set(document, hashlib.sha256(bytes.fromhex(payload["root"])).digest(), now_s)
    except TokenError as error:
        raise KeyFolderError(f"{DOCUMENT}: {error.reason}; run `python -m auth keys rotate`.") from error
    signing = {kid: SigningKey(kid, load_private(folder / f"sign-{kid}.pem")) for kid in key_set.keys}
    seal = {
        entry["kid"]: SealKey(entry["kid"], entry["exp"], load_private(folder / f"seal-{entry['kid']}.pem"))
        for entry in payload["seal"]
    }
    peppers = tuple(_secret(folder / f"pepper-{number}.key") for number in pepper_numbers(folder))
    if not peppers:
        raise KeyFolderError(f"{folder} holds no pepper: run `python -m auth keys pepper`.")
    return Keys(document, _jwks(key_set), key_set, signing, seal, Secrets(_secret(folder / MASTER), peppers))


def service_key(folder: Path) -> str:
    """`otpEncryptionKey` of a site: "cwk1." + base64url(01 | newest seal key 65 | SHA-256(root)32)."""
    payload = read_payload(folder)
    newest = max(payload["seal"], key=lambda entry: int(entry["exp"]))
    pin = hashlib.sha256(bytes.fromhex(payload["root"])).digest()
    return "cwk1." + base64url(SERVICE_KEY_VERSION + bytes.fromhex(newest["key"]) + pin)


def read_payload(folder: Path) -> dict[str, Any]:
    """The public side: what the document says, unchecked: the root's signature is checked by `load_keys`."""
    path = folder / DOCUMENT
    if not path.exists():
        raise KeyFolderError(f"{folder} holds no keys: run `python -m auth keys new --issuer https://<this service>`.")
    middle = path.read_text("ascii").split(".")[1]
    payload: dict[str, Any] = json.loads(base64.urlsafe_b64decode(middle + "=" * (-len(middle) % 4)))
    return payload


def _jwks(key_set: KeySet) -> dict[str, Any]:
    keys = sorted(key_set.keys.values(), key=lambda key: key.nbf)
    return {"keys": [{**public_jwk(key.public), "kid": key.kid, "alg": "ES256", "use": "sig"} for key in keys]}


def pepper_numbers(folder: Path) -> list[int]:
    """Newest first."""
    return sorted((int(path.stem.removeprefix("pepper-")) for path in folder.glob("pepper-*.key")), reverse=True)


def _secret(path: Path) -> bytes:
    secret = bytes.fromhex(_read_private(path).decode("ascii").strip())
    if len(secret) != SECRET_BYTES:
        raise KeyFolderError(f"{path} must hold {SECRET_BYTES} bytes in hex.")
    return secret


def load_private(path: Path) -> ec.EllipticCurvePrivateKey:
    key = load_pem_private_key(_read_private(path), None)
    if not isinstance(key, ec.EllipticCurvePrivateKey) or not isinstance(key.curve, ec.SECP256R1):
        raise KeyFolderError(f"{path} is not a P-256 key.")
    return key


def _read_private(path: Path) -> bytes:
    if not path.exists():
        raise KeyFolderError(f"{path} is missing: bring it back, or make new keys with `python -m auth keys new`.")
    if path.stat().st_mode & 0o077:
        raise KeyFolderError(f"{path} is open to others: run `chmod 600 {path}`.")
    return path.read_bytes()
