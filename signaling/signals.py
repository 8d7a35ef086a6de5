"""Signals, nearly all that members say: read and written to the letter as widget/wire/socket.py does, but quicker."""

from __future__ import annotations

import re
from json.decoder import scanstring  # type: ignore[attr-defined]  # as old as json, and unknown to its stubs
from json.encoder import encode_basestring_ascii

from widget.wire.client_text import read_client
from widget.wire.signal import MAX_CANDIDATE_CHARS, MAX_SDP_CHARS, SIGNAL_KINDS
from widget.wire.socket import MAX_TEXT_CHARS, ClientMessage, Signal

# As `write_signal` has it, up to the text of `data`; all else, good or bad, is left to the wire.
BEGIN = re.compile(rf'\{{"t":"signal","to":"([0-9a-f]{{32}})","kind":"({"|".join(SIGNAL_KINDS)})","data":"')
LIMITS = {kind: MAX_CANDIDATE_CHARS if kind == "candidate" else MAX_SDP_CHARS for kind in SIGNAL_KINDS}


def read_said(text: str) -> ClientMessage:
    """What a client said; CwError(MALFORMED) for anything outside the schema."""
    return _read_plain(text) or read_client(text)


def _read_plain(text: str) -> Signal | None:
    begin = BEGIN.match(text)
    if begin is None or len(text) > MAX_TEXT_CHARS:
        return None
    try:
        data, end = scanstring(text, begin.end())
    except ValueError:
        return None
    sid, kind = begin.groups()
    is_whole = text.endswith("}") and end == len(text) - 1
    return Signal(sid, kind, data) if is_whole and len(data) <= LIMITS[kind] else None


class SignalWriter:
    """What one member says, as the others are told."""

    __slots__ = ("_begin",)

    def __init__(self, sid: str) -> None:
        self._begin = f'{{"t":"signal","from":"{sid}","kind":"'

    def write(self, said: Signal) -> str:
        return f'{self._begin}{said.kind}","data":{encode_basestring_ascii(said.data)}}}'
