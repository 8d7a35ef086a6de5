"""The keys of a running service, read from the key folder; every private file must be closed to others (0600)."""

from __future__ import annotations

import base64
import contextlib
import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from auth.p256 import base64url, public_bytes, public_jwk
from auth.secret import SECRET_BYTES, Secrets
from auth.tokens import KeySet, SigningKey, TokenError, read_key_set

DAY_S = 86400
SIGNING_AFTERLIFE_S = 3600 + DAY_S  # the longest token life, and a day
DOCUMENT = "cw-keys.jws"
MASTER = "master.key"
COPY = "bring it back from where you keep a copy."
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
            raise KeyFolderError(self._nothing_to_sign_with(now_s))
        return self.signing[max(owned, key=lambda key: key.nbf).kid]

    def _nothing_to_sign_with(self, now_s: int) -> str:
        first_s = min((key.nbf for key in self.key_set.keys.values()), default=now_s)
        if first_s <= now_s:
            return "No signing key is valid now: run `python -m auth keys rotate`."
        begins = f"The first signing key begins in {-(-(first_s - now_s) // 3600)} hours by this machine's clock"
        return f"{begins}: set that right; if it was wrong when they were made, run `python -m auth keys rotate`."

    def seal_key(self, kid: str, now_s: int) -> SealKey | None:
        key = self.seal.get(kid)
        return key if key is not None and now_s < key.exp else None


class KeyBook:
    """The keys of a folder, read again when it has changed, so that a rotation needs no restart.

    `trouble` says what keeps the folder from being read as a whole, "" is all well; `tell` hears each new one.
    """

    def __init__(self, folder: Path, reload_s: int) -> None:
        self.trouble: str = ""
        self.tell: Callable[[str], None] = lambda trouble: None
        self._folder = folder
        self._reload_s = reload_s
        self._looked_s = 0
        self._mark: tuple[int, ...] = ()
        self._keys: Keys | None = None

    def current(self, now_s: int) -> Keys:
        """The keys as last read. A folder that breaks later on does not end a running service: see `trouble`."""
        if self._keys is None:
            mark = self._marked()
            self._keys = load_keys(self._folder, now_s)
            self._looked_s, self._mark = now_s, mark
        elif abs(now_s - self._looked_s) >= self._reload_s:
            self._looked_s = now_s
            self._look(self._keys, now_s)
        return self._keys

    def _look(self, before: Keys, now_s: int) -> None:
        mark = self._marked()
        if mark == self._mark and self.trouble == "":
            return
        try:
            self._keys, trouble = load_keys(self._folder, now_s), ""
            self._mark = mark
        except KeyFolderError as error:
            self._keys, trouble = _still_listed(before, self._folder, now_s), str(error)
        if trouble != self.trouble:
            self.trouble = trouble
            self.tell(trouble)

    def _marked(self) -> tuple[int, ...]:
        """Changes with the folder: names that come and go, what files hold, and who may read them."""
        found: list[int] = []
        for path in (self._folder, *sorted(self._folder.glob("*"))):
            with contextlib.suppress(OSError):
                found.append(path.stat().st_ctime_ns)
        return tuple(found)


@dataclass(frozen=True)
class Published:
    """What the folder says in public, signed by the root. `seal` are the keys that were not revoked: kid, key, exp."""

    document: str
    key_set: KeySet
    seal: list[dict[str, Any]]


def load_keys(folder: Path, now_s: int) -> Keys:
    """Read and check the folder; KeyFolderError names what is missing, unreadable, open to others, or out of date."""
    public = _published(folder, now_s)
    signing = {
        kid: SigningKey(kid, _private_of(folder / f"sign-{kid}.pem", key.public))
        for kid, key in public.key_set.keys.items()
    }
    seal: dict[str, SealKey] = {}
    for entry in public.seal:
        private = _private_of(folder / f"seal-{entry['kid']}.pem", bytes.fromhex(entry["key"]))
        seal[entry["kid"]] = SealKey(entry["kid"], entry["exp"], private)
    peppers = tuple(_secret(folder / f"pepper-{number}.key") for number in pepper_numbers(folder))
    if not peppers:
        raise KeyFolderError(f"{folder} holds no pepper: run `python -m auth keys pepper`.")
    secrets = Secrets(_secret(folder / MASTER), peppers)
    return Keys(public.document, _jwks(public.key_set), public.key_set, signing, seal, secrets)


def _still_listed(before: Keys, folder: Path, now_s: int) -> Keys:
    """Of a folder that cannot be read as a whole at least what it says in public: what it revoked counts no more."""
    try:
        public = _published(folder, now_s)
    except KeyFolderError:
        return before
    listed = {entry["kid"] for entry in public.seal}
    return replace(
        before,
        document=public.document,
        jwks=_jwks(public.key_set),
        key_set=public.key_set,
        signing={kid: key for kid, key in before.signing.items() if kid in public.key_set.keys},
        seal={kid: key for kid, key in before.seal.items() if kid in listed},
    )


def _published(folder: Path, now_s: int) -> Published:
    payload = read_payload(folder)
    document = _read(folder / DOCUMENT, f"{DOCUMENT} is gone.").decode("ascii", "replace")
    try:
        key_set = read_key_set(document, hashlib.sha256(bytes.fromhex(payload["root"])).digest(), now_s)
    except TokenError as error:
        raise KeyFolderError(f"{DOCUMENT}: {error.reason}; run `python -m auth keys rotate`.") from error
    return Published(document, key_set, live_seals(payload))


def live_seals(payload: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The sealing keys of the document that were not revoked."""
    return [entry for entry in payload["seal"] if entry["kid"] not in payload["revoked"]]


def service_key(folder: Path) -> str:
    """`otpEncryptionKey` of a site: "cwk1." + base64url(01 | newest seal key 65 | SHA-256(root)32)."""
    payload = read_payload(folder)
    newest = max(live_seals(payload), key=lambda entry: int(entry["exp"]))
    pin = hashlib.sha256(bytes.fromhex(payload["root"])).digest()
    return "cwk1." + base64url(SERVICE_KEY_VERSION + bytes.fromhex(newest["key"]) + pin)


def read_payload(folder: Path) -> dict[str, Any]:
    """The public side: what the document says, unchecked: the root's signature is checked by `load_keys`."""
    path = folder / DOCUMENT
    none = f"{folder} holds no keys: run `python -m auth keys new --issuer https://<this service>`."
    text = _read(path, none).decode("ascii", "replace")
    try:
        middle = text.split(".")[1]
        payload: dict[str, Any] = json.loads(base64.urlsafe_b64decode(middle + "=" * (-len(middle) % 4)))
        bytes.fromhex(payload["root"])
        lists = [payload[name] for name in ("sign", "seal", "revoked")]
    except (ValueError, LookupError, TypeError) as error:
        raise KeyFolderError(f"{path} is damaged: {COPY}") from error
    if not all(isinstance(found, list) for found in lists):
        raise KeyFolderError(f"{path} is damaged: {COPY}")
    return payload


def _jwks(key_set: KeySet) -> dict[str, Any]:
    keys = sorted(key_set.keys.values(), key=lambda key: key.nbf)
    return {"keys": [{**public_jwk(key.public), "kid": key.kid, "alg": "ES256", "use": "sig"} for key in keys]}


def pepper_numbers(folder: Path) -> list[int]:
    """Newest first."""
    stems = (path.stem.removeprefix("pepper-") for path in folder.glob("pepper-*.key"))
    return sorted((int(stem) for stem in stems if stem.isdecimal()), reverse=True)


def _secret(path: Path) -> bytes:
    advice = f"{path} must hold {SECRET_BYTES} bytes in hex: {COPY}"
    try:
        secret = bytes.fromhex(_read_private(path).decode("ascii").strip())
    except ValueError as error:
        raise KeyFolderError(advice) from error
    if len(secret) != SECRET_BYTES:
        raise KeyFolderError(advice)
    return secret


def _private_of(path: Path, public: bytes) -> ec.EllipticCurvePrivateKey:
    """The private key of the `public` one that the document lists under this name."""
    private = load_private(path)
    if public_bytes(private) != public:
        raise KeyFolderError(f"{path} is another key than {DOCUMENT} names: bring the right one back.")
    return private


def load_private(path: Path) -> ec.EllipticCurvePrivateKey:
    advice = f"{path} is not a P-256 key: {COPY}"
    try:
        key = load_pem_private_key(_read_private(path), None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise KeyFolderError(advice) from error
    if not isinstance(key, ec.EllipticCurvePrivateKey) or not isinstance(key.curve, ec.SECP256R1):
        raise KeyFolderError(advice)
    return key


def _read_private(path: Path) -> bytes:
    missing = f"{path} is missing: bring it back, or make new keys with `python -m auth keys new`."
    data = _read(path, missing)
    if path.stat().st_mode & 0o077:
        raise KeyFolderError(f"{path} is open to others: run `chmod 600 {path}`.")
    return data


def _read(path: Path, missing: str) -> bytes:
    try:
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError) as error:
        raise KeyFolderError(missing) from error
    except OSError as error:
        advice = "make it belong to the user that runs the service (chown)"
        raise KeyFolderError(f"{path} cannot be read: {advice}.") from error
