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
    await _folders(storage, crypto, report)


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


async def _folders(storage: Storage, crypto: Crypto, report: Report) -> None:
    for folder in ("shelf", "shelf1"):
        await storage.discard(folder)
    report.that("an unknown folder is empty", await storage.kept("shelf") == [])
    names = ["shelf 1", "shelf 1 a", "shelf 2 a", "shelf1 a"]
    for name in names:
        report.that("what is kept is told", await storage.keep(name, name.encode()))
    found = sorted(await storage.kept("shelf"))
    report.that("a folder holds what begins with its name", found == [b"shelf 1", b"shelf 1 a", b"shelf 2 a"])
    report.that("a folder in a folder too", await storage.kept("shelf 1") == [b"shelf 1 a"])
    await storage.keep("shelf 1 a", b"second")
    report.that("what is kept anew takes its place", await storage.kept("shelf 1") == [b"second"])
    await storage.erase("shelf 2 a")
    report.that("one is erased alone", sorted(await storage.kept("shelf")) == [b"second", b"shelf 1"])
    await storage.discard("shelf")
    report.that("a folder is discarded", await storage.kept("shelf") == [])
    report.that("and no other", await storage.kept("shelf1") == [b"shelf1 a"])
    await storage.discard("shelf1")
    await _sealing_key(storage, crypto, report)
    report.that("nothing is noted", storage.tab("note a") == "")
    storage.note_tab("note a", "3 words")
    storage.note_tab("note b", "é\u2028")
    report.that("a tab keeps its notes", (storage.tab("note a"), storage.tab("note b")) == ("3 words", "é\u2028"))
    storage.note_tab("note a", "")
    report.that("a note can be taken back", (storage.tab("note a"), storage.tab("note b")) == ("", "é\u2028"))
    storage.note_tab("note b", "")


async def _sealing_key(storage: Storage, crypto: Crypto, report: Report) -> None:
    aead = crypto.aead
    await storage.save_key(NAME, await aead.key(bytes(32)))
    found = await storage.load_key(NAME)
    sealed = await aead.seal(await aead.key(bytes(32)), bytes(12), b"data", b"")
    report.that("a key that seals comes back too", await aead.open(found, bytes(12), sealed, b"") == b"data")
    await storage.erase(NAME)
