"""Records and keys in a folder that only its owner can read, or in memory."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from widget.errors import UnreachableError


class MemoryStorage:
    """Gone with the program."""

    def __init__(self) -> None:
        self._records: dict[str, bytes] = {}
        self._keys: dict[str, object] = {}

    async def load(self, name: str) -> bytes | None:
        return self._records.get(name)

    async def save(self, name: str, value: bytes) -> None:
        self._records[name] = value

    async def load_key(self, name: str) -> object | None:
        return self._keys.get(name)

    async def save_key(self, name: str, key: object) -> None:
        self._keys[name] = key

    async def erase(self, name: str) -> None:
        self._records.pop(name, None)
        self._keys.pop(name, None)


class FolderStorage:
    """One file per record or key, mode 0600 in a folder of mode 0700; names are hashed, so any name is a file name."""

    def __init__(self, folder: Path) -> None:
        self._folder: Path = folder
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            folder.chmod(0o700)
        except OSError as error:
            raise UnreachableError("storage.away", f"The folder {folder} cannot be used. Choose another.") from error

    async def load(self, name: str) -> bytes | None:
        return self._read(self._path(name, "record"))

    async def save(self, name: str, value: bytes) -> None:
        self._write(self._path(name, "record"), value)

    async def load_key(self, name: str) -> object | None:
        data = self._read(self._path(name, "key"))
        if data is None:
            return None
        try:
            return load_pem_private_key(data, None)
        except ValueError:
            return None

    async def save_key(self, name: str, key: object) -> None:
        if not isinstance(key, ec.EllipticCurvePrivateKey):
            raise UnreachableError("storage.key", "Only P-256 keys can be kept.")
        pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        self._write(self._path(name, "key"), pem)

    async def erase(self, name: str) -> None:
        for kind in ("record", "key"):
            self._path(name, kind).unlink(missing_ok=True)

    def _path(self, name: str, kind: str) -> Path:
        return self._folder / f"{hashlib.sha256(name.encode()).hexdigest()[:32]}.{kind}"

    def _read(self, path: Path) -> bytes | None:
        try:
            return path.read_bytes()
        except OSError:
            return None

    def _write(self, path: Path, data: bytes) -> None:
        """Whole or not at all: written beside the old file, then put in its place."""
        draft = path.with_suffix(".draft")
        try:
            descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                file.write(data)
            draft.replace(path)
        except OSError as error:
            raise UnreachableError("storage.away", "The record could not be kept. Is the disk full?") from error
