"""What is fuzzed: every parser of bytes and texts that others send, with what its vectors have as the first inputs.

Only CwError and ConfigError may come out of a parser. What it takes its writer writes again: bytes exactly as they
were, texts so that they say the same.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass

from tests.vectors.judge.notes import decision, note
from tests.vectors.judge.packets import Told, packet
from tests.vectors.judge.texts import text
from tests.vectors.lines import own
from widget.crypto.sealed_call import MAX_REPLY_CHARS
from widget.errors import ConfigError, CwError
from widget.wire.codec import utf8
from widget.wire.fields import parse_object, write_object
from widget.wire.frame import HEADER_BYTES
from widget.wire.showing import read_shown, write_shown

PACKETS = ("hello", "bind", "credential", "genesis", "epoch", "blob", "content", "text_body")
AROUND = ("pair_packet", "frame_header", "relay")
TEXTS = ("address", "service_key", "jws", "sdp", "client_message", "server_message")
LETTERS = ("base16", "base32", "base64url")


@dataclass(frozen=True)
class Target:
    """`judge` raises something else than what it may when `data` shows a fault; `seeds` are names of vectors."""

    judge: Callable[[bytes], None]
    seeds: tuple[str, ...]


def seeds_of(target: Target) -> list[bytes]:
    """The data of its vectors, good and bad."""
    found: list[bytes] = []
    for name in target.seeds:
        file = json.loads(own(name))
        data = [case["data"] for case in (*file["good"], *file["bad"])]
        found += [bytes.fromhex(one) if file["how"] == "bytes" else one.encode("utf-8") for one in data]
    return found


def _bytes(read: Callable[[bytes], Told]) -> Callable[[bytes], None]:
    def judge(data: bytes) -> None:
        try:
            _, again = read(data)
        except CwError as error:
            if error.reason == 0:
                raise
            return
        if again != data:
            raise AssertionError(f"it is written as {again.hex()}")

    return judge


def _packet(kind: str) -> Callable[[bytes], None]:
    return _bytes(lambda data: packet(kind, data))


def _header(data: bytes) -> None:
    """What follows it is sealed."""
    _packet("frame_header")(data[:HEADER_BYTES])


def _text(kind: str) -> Callable[[bytes], None]:
    def judge(data: bytes) -> None:
        try:
            given = data.decode("utf-8")
        except UnicodeDecodeError:
            return
        try:
            told, again = text(kind, given)
        except (CwError, ConfigError):
            return
        if text(kind, again)[0] != told:
            raise AssertionError(f"it is written as {again!a}")

    return judge


def _all(judges: list[Callable[[bytes], None]]) -> Callable[[bytes], None]:
    def judge(data: bytes) -> None:
        for one in judges:
            one(data)

    return judge


def _opened(data: bytes) -> None:
    """What a sealed call or its answer holds once its seal is open, on either side."""
    try:
        fields = parse_object(utf8(data), MAX_REPLY_CHARS)
    except CwError:
        return
    if parse_object(write_object(fields), 10 * MAX_REPLY_CHARS) != fields:
        raise AssertionError("it is written otherwise")


def _showing(data: bytes) -> Told:
    return {}, write_shown(read_shown(data))


TARGETS = {
    **{name: Target(_packet(name), (name,)) for name in PACKETS},
    "note": Target(_bytes(note), ("note",)),
    "decision": Target(_bytes(decision), ("decision",)),
    "showing": Target(_bytes(_showing), ("content", "credential")),
    "around": Target(_all([_packet("pair_packet"), _header, _packet("relay")]), AROUND),
    **{name: Target(_text(name), (name,)) for name in TEXTS},
    "letters": Target(_all([_text(name) for name in LETTERS]), LETTERS),
    "sealed_call": Target(_opened, ("client_message", "server_message")),
}
