"""What every `Storage` does, and that keys come back able to sign."""

from __future__ import annotations

from tests.contracts.report import Report
from widget.ports import Crypto, KeyPair, Storage

NAME = "contract"
OTHER = "contract.other"


async def contract(storage: Storage, crypto: Crypto, report: Report) -> None:
    await storage.erase(NAME)
    await storage.erase(OTHER)
    await _records(storage, report)
    await _keys(storage, crypto, report)


async def _records(storage: Storage, report: Report) -> None:
    report.that("an unknown record is None", await storage.load(NAME) is None)
    value = bytes(range(256))
    await storage.save(NAME, value)
    report.that("a record comes back byte for byte", await storage.load(NAME) == value)
    report.that("another name is another record", await storage.load(OTHER) is None)
    await storage.save(NAME, b"second")
    report.that("a record is replaced", await storage.load(NAME) == b"second")
    await storage.save(OTHER, b"")
    report.that("an empty record is not None", await storage.load(OTHER) == b"")
    await storage.erase(NAME)
    report.that("an erased record is None", await storage.load(NAME) is None)
    report.that("only that record was erased", await storage.load(OTHER) == b"")
    await storage.erase(NAME)
    await storage.erase(OTHER)
    report.that("erasing twice does nothing", await storage.load(OTHER) is None)


async def _keys(storage: Storage, crypto: Crypto, report: Report) -> None:
    report.that("an unknown key is None", await storage.load_key(NAME) is None)
    pair = await crypto.signatures.generate()
    await storage.save_key(NAME, pair.private)
    report.that("a key is not a record", await storage.load(NAME) is None)
    found = await storage.load_key(NAME)
    again = KeyPair(found, pair.public)
    signature = await crypto.signatures.sign(again, b"data")
    report.that("a key comes back able to sign", await crypto.signatures.verify(pair.public, signature, b"data"))
    await storage.erase(NAME)
    report.that("an erased key is None", await storage.load_key(NAME) is None)
