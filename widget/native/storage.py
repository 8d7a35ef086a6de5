"""Records and keys in a folder that only its owner can read, or in memory."""

from __future__ import annotations

import hashlib
import os
import shutil
from contextlib import suppress
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from widget.errors import UnreachableError
from widget.native.crypto import AesKey


class MemoryStorage:
    """Gone with the program."""

    def __init__(self) -> None:
        self._records: dict[str, bytes] = {}
        self._keys: dict[str, object] = {}
        self._notes: dict[str, str] = {}

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

    async def keep(self, name: str, value: bytes) -> bool:
        self._records[name] = value
        return True

    async def kept(self, folder: str) -> list[bytes]:
        return [value for name, value in self._records.items() if name.startswith(folder + " ")]

    async def discard(self, folder: str) -> None:
        self._records = {name: value for name, value in self._records.items() if not name.startswith(folder + " ")}

    def tab(self, name: str) -> str:
        return self._notes.get(name, "")

    def note_tab(self, name: str, text: str) -> None:
        self._notes[name] = text


class FolderStorage:
    """One file per record or key, mode 0600 in folders of mode 0700: one for each word of a name but the last.

    Words are hashed, so any is a file name. There is one tab, which is whatever program uses the folder.
    """

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
        if len(data) == 32:
            return AesKey(data)
        try:
            return load_pem_private_key(data, None)
        except ValueError:
            return None

    async def save_key(self, name: str, key: object) -> None:
        if isinstance(key, AesKey):
            data = key.raw
        elif isinstance(key, ec.EllipticCurvePrivateKey):
            data = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        else:
            raise UnreachableError("storage.key", "Only P-256 and AES-256 keys can be kept.")
        self._write(self._path(name, "key"), data)

    async def erase(self, name: str) -> None:
        for kind in ("record", "key"):
            self._path(name, kind).unlink(missing_ok=True)
        self._tidy(self._path(name, "record").parent)

    async def keep(self, name: str, value: bytes) -> bool:
        try:
            self._write(self._path(name, "record"), value)
        except UnreachableError:
            return False
        return True

    async def kept(self, folder: str) -> list[bytes]:
        found = [self._read(path) for path in sorted(self._path(folder).rglob("*.record"))]
        return [value for value in found if value is not None]

    async def discard(self, folder: str) -> None:
        shutil.rmtree(self._path(folder), ignore_errors=True)
        self._tidy(self._path(folder).parent)

    def tab(self, name: str) -> str:
        noted = self._read(self._path(name, "note"))
        return "" if noted is None else noted.decode("utf-8", "replace")

    def note_tab(self, name: str, text: str) -> None:
        path = self._path(name, "note")
        if text == "":
            path.unlink(missing_ok=True)
            self._tidy(path.parent)
            return
        with suppress(UnreachableError):
            self._write(path, text.encode("utf-8"))

    def _tidy(self, folder: Path) -> None:
        """No folder stays that holds nothing."""
        while folder != self._folder:
            try:
                folder.rmdir()
            except OSError:
                return
            folder = folder.parent

    def _path(self, name: str, kind: str = "") -> Path:
        """Of a record, a key or a note, or of a folder where `kind` is ""."""
        words = [hashlib.sha256(word.encode()).hexdigest()[:32] for word in name.split(" ")]
        return self._folder.joinpath(*words[:-1], words[-1] + ("" if kind == "" else f".{kind}"))

    def _read(self, path: Path) -> bytes | None:
        try:
            return path.read_bytes()
        except OSError:
            return None

    def _write(self, path: Path, data: bytes) -> None:
        """Whole or not at all: written beside the old file, then put in its place."""
        draft = path.with_suffix(".draft")
        try:
            for folder in reversed(path.relative_to(self._folder).parents):
                (self._folder / folder).mkdir(mode=0o700, exist_ok=True)
            descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                file.write(data)
            draft.replace(path)
        except OSError as error:
            raise UnreachableError("storage.away", "The record could not be kept. Is the disk full?") from error
