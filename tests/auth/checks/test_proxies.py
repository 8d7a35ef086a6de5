"""Whom the settings believe, as the doctor sees it."""

from __future__ import annotations

import pytest

from auth.checks import proxies
from tests.auth.checks.findings import only

CLOUDFLARE = ("173.245.48.0/20", "104.16.0.0/13", "2606:4700::/32")


@pytest.mark.parametrize("trusted", [
    (), ("none",), ("unix",), ("127.0.0.1",), ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"), ("100.64.0.0/10",),
    ("fd00::/8", "fe80::/64"), ("8.8.8.8",), ("8.8.8.0/24",), ("2606:4700:1::/48",),
])  # fmt: skip
def test_ones_own_and_few_are_no_doubt(trusted: tuple[str, ...]) -> None:
    assert proxies.findings(trusted) == []


@pytest.mark.parametrize("network", ["8.8.8.0/23", "104.16.0.0/13", "2606:4700::/47", "172.0.0.0/11"])
def test_many_strangers_are(network: str) -> None:
    sentence = only(proxies.findings(("127.0.0.1", network)), "WARN")
    assert sentence.startswith(f"whoever calls from {network} can name any address as a visitor's")


def test_a_whole_cdn_is_one_doubt() -> None:
    sentence = only(proxies.findings((*CLOUDFLARE, "10.0.0.0/8")), "WARN")
    assert sentence.startswith("whoever calls from 104.16.0.0/13 and 2 more of TRUSTED_PROXIES can name any address")
