"""The DTLS fingerprint of an SDP: the only place that reads one."""

from __future__ import annotations

import re

from widget.crypto.reasons import FINGERPRINT_HASH, FINGERPRINT_MANY, FINGERPRINT_NONE
from widget.errors import CwError
from widget.wire.base16 import from_hex

FINGERPRINT = re.compile(r"a=fingerprint:\s*[Ss][Hh][Aa]-256 ((?:[\dA-Fa-f]{2}:){31}[\dA-Fa-f]{2})\s*", re.ASCII)


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
        match = FINGERPRINT.fullmatch(line)
        if match is None:
            raise CwError(FINGERPRINT_HASH, "the SDP holds a fingerprint that is not 32 bytes of sha-256")
        value = match[1].lower()
        if found != "" and value != found:
            raise CwError(FINGERPRINT_MANY, "the SDP holds two fingerprints")
        found = value
    if found == "":
        raise CwError(FINGERPRINT_NONE, "the SDP holds no fingerprint")
    return from_hex(found.replace(":", ""))
