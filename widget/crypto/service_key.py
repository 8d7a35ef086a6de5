"""The public service key a page pins: `cwk1.` + base64url(01 | H.pub65 | SHA-256(R.pub)32)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ServiceKey:
    """`seal_public` (65 bytes) is the key requests are sealed to, `root_sha256` (32 bytes) pins the root key."""

    seal_public: bytes
    root_sha256: bytes


def parse_service_key(text: str) -> ServiceKey:
    """The pinned service key; ConfigError whose message says what to write instead."""
    raise NotImplementedError
