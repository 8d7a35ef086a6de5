"""Sealed requests (RFC 9180 base mode, P-256, HKDF-SHA256, AES-256-GCM) and their sealed replies."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from auth.keys import Keys
from auth.problems import KEY_UNKNOWN, SEAL_BROKEN, SEAL_STALE, Problem
from widget.errors import CwError
from widget.wire.fields import hex_field, int_field, parse_object
from widget.wire.sign_in import reply_aad, seal_info

SUITE = Suite(KEM.P256, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
KID_BYTES = 8
NONCE_BYTES = 12
MEDIA_TYPE = "application/cw-hpke"


@dataclass(frozen=True)
class Opened:
    """What was inside: the JSON fields, the request's id, and the one-use key of its reply."""

    fields: dict[str, Any] = field(repr=False)
    rid: bytes
    reply_key: bytes = field(repr=False)
    ts_ms: int = 0


def open_request(keys: Keys, body: bytes, path: str, origin: str, now_s: float, skew_s: int) -> Opened:
    """Open `kid8 | enc65 | ct`, sealed for POST `path` from `origin`. Raises Problem; the rid is not yet checked."""
    seal_key = keys.seal_key(body[:KID_BYTES].hex(), int(now_s))
    if seal_key is None:
        raise Problem(KEY_UNKNOWN)
    try:
        text = SUITE.decrypt(body[KID_BYTES:], seal_key.private, seal_info("POST", path, origin)).decode()
        fields = parse_object(text, len(body))
        opened = Opened(
            fields,
            bytes.fromhex(hex_field(fields, "rid", 16)),
            bytes.fromhex(hex_field(fields, "key", 32)),
            int_field(fields, "ts", 0, 2**53 - 1),
        )
    except (InvalidTag, CwError, ValueError) as error:
        raise Problem(SEAL_BROKEN) from error
    if abs(now_s * 1000 - opened.ts_ms) > skew_s * 1000:
        raise Problem(SEAL_STALE)
    return opened


def seal_reply(opened: Opened, fields: Mapping[str, object], now_s: float) -> bytes:
    """`nonce12 | AES-256-GCM(key, nonce, json, "cw1/otp-reply" 00 rid)`; the JSON also says what time it is, in ms."""
    nonce = os.urandom(NONCE_BYTES)
    text = json.dumps({**fields, "now": int(now_s * 1000)}, separators=(",", ":"), ensure_ascii=False).encode()
    return nonce + AESGCM(opened.reply_key).encrypt(nonce, text, reply_aad(opened.rid))
