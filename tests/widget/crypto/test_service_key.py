"""The pinned service key, and what pages are told when it is wrong."""

from __future__ import annotations

import pytest

from tests.fakes.realm import Realm, public_of
from widget.crypto.service_key import ServiceKey, parse_service_key, show_service_key
from widget.errors import ConfigError


def test_a_service_key_names_seal_key_and_root(realm: Realm) -> None:
    key = parse_service_key(realm.service_key)
    assert key.seal_public == public_of(realm.sealing)
    assert len(key.root_sha256) == 32
    assert show_service_key(key) == realm.service_key


def test_its_text_is_golden() -> None:
    key = ServiceKey(b"\x04" + bytes(64), b"\xff" * 32)
    text = "cwk1." + "AQQ" + "A" * 85 + "_" * 42 + "8"
    assert show_service_key(key) == text
    assert parse_service_key(text) == key


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "config.service_key.old"),
        ("your-encryption-key-here", "config.service_key.old"),
        ("0123456789abcdef0123456789abcdef", "config.service_key.old"),
        ("cwk1.", "config.service_key.broken"),
        ("cwk1.AQQ", "config.service_key.broken"),
        ("cwk1.!!!!", "config.service_key.broken"),
        ("cwk1." + "AgQ" + "A" * 85 + "_" * 42 + "8", "config.service_key.version"),
        ("cwk1." + "AQM" + "A" * 85 + "_" * 42 + "8", "config.service_key.version"),
        ("cwk1." + "AQQ" + "A" * 85 + "_" * 44, "config.service_key.broken"),
    ],
)
def test_a_wrong_key_is_a_configuration_error_that_says_what_to_do(text: str, code: str) -> None:
    with pytest.raises(ConfigError) as caught:
        parse_service_key(text)
    assert caught.value.code == code
    assert "`python -m auth keys service-key`" in caught.value.message
