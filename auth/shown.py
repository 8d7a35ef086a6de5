"""What a device shows in a sealed call, and that it has signed for it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

from auth.p256 import PUBLIC_BYTES, thumbprint, verify_signature
from auth.problems import SEAL_BROKEN, Problem
from auth.service import Call
from widget.errors import CwError
from widget.wire.fields import hex_field, text_field
from widget.wire.sign_in import shown_bytes


@dataclass(frozen=True)
class Shown:
    """A text, not yet believed, and the device that has shown it."""

    text: str = field(repr=False)
    jkt: bytes


def signed_by(call: Call, data: bytes) -> bytes:
    """The jkt of the device that the call names, or Problem when that has not signed this."""
    fields = call.opened.fields
    try:
        dk, sig = bytes.fromhex(hex_field(fields, "dk", PUBLIC_BYTES)), bytes.fromhex(hex_field(fields, "sig", 64))
    except CwError as error:
        raise Problem(SEAL_BROKEN) from error
    if not verify_signature(dk, sig, data):
        raise Problem(SEAL_BROKEN)
    return thumbprint(dk)


def shown_text(call: Call, name: str, label: str, max_chars: int) -> Shown:
    """The text in this field, signed under this label."""
    try:
        text = text_field(call.opened.fields, name, max_chars)
    except CwError as error:
        raise Problem(SEAL_BROKEN) from error
    digest = hashlib.sha256(text.encode(errors="replace")).digest()
    return Shown(text, signed_by(call, shown_bytes(label, call.opened.rid, digest, call.origin)))
