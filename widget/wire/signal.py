"""An offer, an answer or a candidate on its way: to a member, told by a client, or from one, told by the service."""

from __future__ import annotations

from typing import Any

from widget.errors import MALFORMED, CwError
from widget.wire.fields import hex_field, text_field
from widget.wire.socket import SID_BYTES, Signal

MAX_SDP_CHARS = 8192
MAX_CANDIDATE_CHARS = 1024
SIGNAL_KINDS = ("offer", "answer", "candidate")


def read_signal(data: dict[str, Any], who: str) -> Signal:
    kind = text_field(data, "kind", 16)
    if kind not in SIGNAL_KINDS:
        raise CwError(MALFORMED, "unknown kind of signal")
    limit = MAX_CANDIDATE_CHARS if kind == "candidate" else MAX_SDP_CHARS
    return Signal(hex_field(data, who, SID_BYTES), kind, text_field(data, "data", limit))
