"""The excerpts of what others published (tests/vectors/excerpt.py), by name."""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).parent / "published"
PUBLISHED = {"ecdsa": 262, "ecdh": 355, "aes_gcm": 66, "hkdf": 86, "hmac": 174, "hpke": 15}  # how many cases


def published_text(name: str) -> str:
    return (FOLDER / f"{name}.json").read_text("utf-8")
