"""The DTLS fingerprint of an SDP: the only place that reads one."""

from __future__ import annotations

from widget.crypto.reasons import FINGERPRINT_HASH, FINGERPRINT_MANY, FINGERPRINT_NONE
from widget.errors import CwError
from widget.wire.base16 import from_hex, is_hex

START = "a=fingerprint:"
HASH = "sha-256 "


def sdp_fingerprint(sdp: str) -> bytes:
    """The 32 bytes of the one distinct `a=fingerprint:sha-256`; CwError when there is none, another or a second one.

    A second line is a man in the middle: Chromium checks only the last, Firefox accepts any. So every line that
    speaks of a fingerprint has to be exactly of this form. Adapters whose stack writes sha-384 and sha-512 lines too
    (aiortc) leave those out of the SDP they hand over.
    """
    found = ""
    for line in sdp.replace("\r", "\n").split("\n"):
        if "fingerprint" not in line.lower():
            continue
        value = _read_line(line)
        if found != "" and value != found:
            raise CwError(FINGERPRINT_MANY, "the SDP holds two fingerprints")
        found = value
    if found == "":
        raise CwError(FINGERPRINT_NONE, "the SDP holds no fingerprint")
    return from_hex(found)


def _read_line(line: str) -> str:
    """64 lower-case hex digits of one fingerprint line."""
    value = line.rstrip().lower()
    pairs = value[len(START) + len(HASH) :].split(":")
    if not line.startswith(START) or not value.startswith(START + HASH) or len(pairs) != 32:
        raise CwError(FINGERPRINT_HASH, "the SDP holds a fingerprint that is not plainly sha-256")
    if not all(len(pair) == 2 and is_hex(pair) for pair in pairs):
        raise CwError(FINGERPRINT_HASH, "the SDP holds a fingerprint of odd shape")
    return "".join(pairs)
