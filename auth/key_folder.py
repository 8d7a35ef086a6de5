"""Making, rotating and revoking keys in the key folder: the operator's side, which alone touches the root key."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from auth.keys import (
    DAY_S,
    DOCUMENT,
    MASTER,
    SIGNING_AFTERLIFE_S,
    KeyFolderError,
    live_seals,
    load_private,
    pepper_numbers,
    read_payload,
    service_key,
)
from auth.p256 import key_id, public_bytes
from auth.secret import SECRET_BYTES
from auth.tokens import DOCUMENT_TYP, SigningKey, sign_compact

SIGNING_LIFE_S = 30 * DAY_S
SEAL_LIFE_S = 90 * DAY_S
DOCUMENT_LIFE_S = 45 * DAY_S
SEAL_OVERLAP_S = DOCUMENT_LIFE_S  # no list outlives the keys on it
ROOT = "root.pem"


def new_folder(folder: Path, issuer: str, now_s: int, root_file: Path | None = None) -> str:
    """Make every key of a new deployment; returns its service key. The root's goes to `root_file` if that is given."""
    root_path = root_file or folder / ROOT
    if root_file is not None and root_file.exists():
        raise KeyFolderError(f"{root_file} is there already: name another file, or use `keys rotate`.")
    place = root_path.parent
    if place != folder and not (place.is_dir() and os.access(place, os.W_OK | os.X_OK)):
        raise KeyFolderError(f"{place} is no folder that you can write to: make it first, or name another.")
    if (folder / DOCUMENT).exists() or root_path.exists():
        raise KeyFolderError(f"{folder} holds keys already; choose another folder or use `keys rotate`.")
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    folder.chmod(0o700)
    root = ec.generate_private_key(ec.SECP256R1())
    _write_private(root_path, _pem(root))
    _write_private(folder / MASTER, os.urandom(SECRET_BYTES).hex().encode())
    new_pepper(folder)
    payload: dict[str, Any] = {"iss": issuer, "root": public_bytes(root).hex(), "sign": [], "seal": [], "revoked": []}
    _add_signing(folder, payload, now_s)
    _add_signing(folder, payload, now_s + SIGNING_LIFE_S)
    _add_seal(folder, payload, now_s)
    _sign_document(folder, _root(root_path, payload), payload, now_s)
    return service_key(folder)


def private_files(folder: Path) -> list[Path]:
    """One of each kind that a folder holds beside the root's."""
    return [folder / name for name in (MASTER, "pepper-1.key", "sign-0.pem", "seal-0.pem")]


def rotate(folder: Path, now_s: int, root_file: Path | None = None) -> None:
    """Sign a fresh document, and first add what it needs so that its keys do not end before it does."""
    payload = read_payload(folder)
    root = _root(root_file or folder / ROOT, payload)
    live = [entry for entry in payload["sign"] if entry["exp"] > now_s and entry["kid"] not in payload["revoked"]]
    payload["sign"] = [entry for entry in payload["sign"] if entry["exp"] > now_s]
    if not any(entry["nbf"] <= now_s < entry["exp"] - SIGNING_AFTERLIFE_S for entry in live):
        _add_signing(folder, payload, now_s)
    _add_following(folder, payload, now_s)
    payload["seal"] = [entry for entry in payload["seal"] if entry["exp"] > now_s]
    if not any(entry["exp"] > now_s + SEAL_OVERLAP_S for entry in live_seals(payload)):
        _add_seal(folder, payload, now_s)
    _sign_document(folder, root, payload, now_s)
    _drop_unlisted(folder, payload)


def revoke(folder: Path, kid: str, now_s: int, root_file: Path | None = None) -> None:
    """Declare a signing or a sealing key bad at once, and put another in its place."""
    payload = read_payload(folder)
    root = _root(root_file or folder / ROOT, payload)
    uses = [use for use in ("sign", "seal") if kid in [entry["kid"] for entry in payload[use]]]
    if uses == []:
        raise KeyFolderError(f"No key {kid}; `python -m auth keys show` lists them.")
    payload["revoked"] = [*payload["revoked"], kid]
    add = _add_signing if uses == ["sign"] else _add_seal
    add(folder, payload, now_s)
    _sign_document(folder, root, payload, now_s)
    (folder / f"{uses[0]}-{kid}.pem").unlink(missing_ok=True)


def new_pepper(folder: Path) -> None:
    """A newer pepper for the codes; the one before it stays for those that are on their way."""
    numbers = pepper_numbers(folder)
    _write_private(folder / f"pepper-{max(numbers, default=0) + 1}.key", os.urandom(SECRET_BYTES).hex().encode())
    for number in numbers[1:]:
        (folder / f"pepper-{number}.key").unlink()


def _add_signing(folder: Path, payload: dict[str, Any], begins_s: int) -> None:
    private = ec.generate_private_key(ec.SECP256R1())
    public = public_bytes(private)
    _write_private(folder / f"sign-{key_id(public)}.pem", _pem(private))
    exp = begins_s + SIGNING_LIFE_S + SIGNING_AFTERLIFE_S
    payload["sign"].append({"kid": key_id(public), "key": public.hex(), "nbf": begins_s, "exp": exp})


def _add_following(folder: Path, payload: dict[str, Any], now_s: int) -> None:
    """Signing keys for as long as the document counts."""
    while True:
        begun = max(entry["nbf"] for entry in payload["sign"] if entry["kid"] not in payload["revoked"])
        if begun + SIGNING_LIFE_S >= now_s + DOCUMENT_LIFE_S:
            return
        _add_signing(folder, payload, max(begun + SIGNING_LIFE_S, now_s + 1))


def _add_seal(folder: Path, payload: dict[str, Any], now_s: int) -> None:
    private = ec.generate_private_key(ec.SECP256R1())
    public = public_bytes(private)
    _write_private(folder / f"seal-{key_id(public)}.pem", _pem(private))
    payload["seal"].append({"kid": key_id(public), "key": public.hex(), "exp": now_s + SEAL_LIFE_S})


def _sign_document(folder: Path, root: SigningKey, payload: dict[str, Any], now_s: int) -> None:
    listed = {entry["kid"] for use in ("sign", "seal") for entry in payload[use]}
    payload["revoked"] = [kid for kid in payload["revoked"] if kid in listed]
    # Pages believe no list that is older than the last they saw, and two may be made in one second.
    iat = max(now_s, payload.get("iat", 0) + 1)
    document = sign_compact(root, DOCUMENT_TYP, {**payload, "iat": iat, "exp": now_s + DOCUMENT_LIFE_S})
    fresh = folder / (DOCUMENT + ".new")
    with fresh.open("w", encoding="ascii") as file:
        file.write(document)
        _give_to_owner(folder, file.fileno())
    fresh.replace(folder / DOCUMENT)


def _drop_unlisted(folder: Path, payload: dict[str, Any]) -> None:
    listed = {f"{use}-{entry['kid']}.pem" for use in ("sign", "seal") for entry in payload[use]}
    for path in [*folder.glob("sign-*.pem"), *folder.glob("seal-*.pem")]:
        if path.name not in listed:
            path.unlink()


def _root(path: Path, payload: dict[str, Any]) -> SigningKey:
    """The root key of that document: pages have pinned it."""
    if not path.exists():
        raise KeyFolderError(f"{path} is not there: bring the offline root key, and take it away afterwards.")
    private = load_private(path)
    if public_bytes(private).hex() != payload["root"]:
        raise KeyFolderError(f"{path} is another root key than {DOCUMENT} was signed with: bring the right one.")
    return SigningKey(key_id(public_bytes(private)), private)


def _pem(private: ec.EllipticCurvePrivateKey) -> bytes:
    return private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def _write_private(path: Path, data: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        _give_to_owner(path.parent, file.fileno())


def _give_to_owner(folder: Path, descriptor: int) -> None:
    """Root may run the commands: what it makes is for the user whose folder it is, who runs the service."""
    if os.geteuid() == 0:
        owner = folder.stat()
        os.fchown(descriptor, owner.st_uid, owner.st_gid)
