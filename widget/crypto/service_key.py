"""The public service key a page pins: `cwk1.` + base64url(01 | H.pub65 | SHA-256(R.pub)32)."""

from __future__ import annotations

from dataclasses import dataclass

from widget.errors import ConfigError, CwError
from widget.wire.base64url import from_base64url, to_base64url
from widget.wire.codec import Reader, Writer

PREFIX = "cwk1."
VERSION = 1
FIX = (
    "otpEncryptionKey must be the public service key of your sign-in service. It begins with cwk1. "
    "and `python -m auth keys service-key` prints it."
)


@dataclass(frozen=True)
class ServiceKey:
    """`seal_public` (65 bytes) is the key requests are sealed to, `root_sha256` (32 bytes) pins the root key."""

    seal_public: bytes
    root_sha256: bytes


def parse_service_key(text: str) -> ServiceKey:
    """The pinned service key; ConfigError whose message says what to write instead."""
    if not text.startswith(PREFIX):
        raise ConfigError("config.service_key.old", "This is not a service key. " + FIX)
    try:
        return _read(from_base64url(text[len(PREFIX) :]))
    except CwError as error:
        raise ConfigError("config.service_key.broken", "The service key is cut off or mistyped. " + FIX) from error


def show_service_key(key: ServiceKey) -> str:
    """The text for `otpEncryptionKey`."""
    data = Writer().u8(VERSION).fixed(key.seal_public, 65).fixed(key.root_sha256, 32).done()
    return PREFIX + to_base64url(data)


def _read(data: bytes) -> ServiceKey:
    reader = Reader(data)
    version = reader.u8()
    key = ServiceKey(reader.fixed(65), reader.fixed(32))
    reader.end()
    if version != VERSION or key.seal_public[0] != 4:
        raise ConfigError("config.service_key.version", "The service key is of an unknown version. " + FIX)
    return key
