"""The contract of `Crypto` against the `cryptography` package."""

from __future__ import annotations

from tests.contracts import crypto
from tests.contracts.report import Report
from widget.native.crypto import native_crypto


async def test_the_native_crypto_keeps_the_contract() -> None:
    report = Report()
    await crypto.contract(native_crypto(), report)
    assert report.broken == []
