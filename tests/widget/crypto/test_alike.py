"""Epochs whose hashes begin alike, as whoever makes them can find: eight bytes take 2^32 tries."""

from __future__ import annotations

from typing import Any, cast

import pytest

from tests.fakes.crypto import watched_crypto
from tests.fakes.groups import forge, number_of, room_of
from widget.ports import Crypto, Digest

OF_AN_EPOCH = b"\x01"  # all else that is hashed here begins with a label


class Alike:
    """SHA-256, but that all epochs have the same first eight bytes."""

    def __init__(self, inner: Digest) -> None:
        self._inner = inner

    async def sha256(self, data: bytes) -> bytes:
        found = await self._inner.sha256(data)
        return bytes(8) + found[8:] if data[:1] == OF_AN_EPOCH else found

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)


def alike(seen: set[tuple[bytes, bytes]]) -> Crypto:
    crypto = watched_crypto(seen)
    return Crypto(cast(Digest, Alike(crypto.digest)), crypto.aead, crypto.signatures, crypto.agreement)


async def test_two_that_begin_alike_part_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ada tells Ben one and Cleo the other: she alone would read both."""
    monkeypatch.setattr("tests.fakes.groups.watched_crypto", alike)
    net, (ada, ben, cleo) = await room_of(3)
    n = number_of(net) + 1
    for seat, secret in ((ben, b"\x01" * 32), (cleo, b"\x02" * 32)):
        step = await seat.group.receive(ada.sid, await forge(ada, [ada, ben, cleo], n, secret), net.now_ms)
        assert step.new_epoch
    assert ben.group.room_code() != cleo.group.room_code()
    await net.pass_time(10_000)
    assert ben.group.room_code() == cleo.group.room_code()
    assert await net.deliver(await net.text(ben, "hello"), ben, cleo) is not None
