"""The contract of `Crypto` against the `cryptography` package."""

from __future__ import annotations

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from tests.contracts import crypto, published
from tests.contracts.report import Report
from tests.vectors.published_cases import PUBLISHED, published_text
from widget.native.crypto import native_crypto
from widget.ports import KeyPair


class NativeKeys:
    async def agreement(self, private: bytes, public: bytes) -> KeyPair:
        return KeyPair(ec.derive_private_key(int.from_bytes(private, "big"), ec.SECP256R1()), public)


async def test_the_native_crypto_keeps_the_contract() -> None:
    report = Report()
    await crypto.contract(native_crypto(), report)
    assert report.broken == []


@pytest.mark.parametrize("name", PUBLISHED)
async def test_the_native_crypto_gives_what_others_published_for(name: str) -> None:
    report = Report()
    await published.contract(name, published_text(name), native_crypto(), NativeKeys(), report)
    assert report.broken == []
    assert len(report.sentences) == PUBLISHED[name]
