"""The wire codec: a frame's header, content and text body, written and read back."""

from __future__ import annotations

from widget.wire.body import TextBody, read_text, write_text
from widget.wire.frame import (
    HEADER_BYTES,
    TYPE_MESSAGE,
    read_content,
    read_header,
    write_content,
    write_header,
)


class Kernel:
    """One time is one message there and back."""

    def __init__(self) -> None:
        self._kid: bytes = bytes.fromhex("0011223344556677")
        self._id: bytes = bytes.fromhex("000102030405060708090a0b0c0d0e0f")
        self._prev: bytes = bytes.fromhex("f0e0d0c0b0a090807060504030201000")
        emotes = ["01F6MQ33FG000FFJ97ZB8MWV52"]
        self._body: TextBody = TextBody("Grüße! Shall we meet at noon, or is one better? 🙂", emotes, ["wave_1"])

    def run(self, times: int) -> str:
        total = 0
        frame = b""
        for number in range(times):
            header = write_header(TYPE_MESSAGE, self._kid, number % 16, number)
            body = write_text(self._body)
            frame = header + write_content(self._id, 1_795_000_000_000 + number, self._prev, 1, body)
            seen = read_header(frame)
            back = read_content(frame[HEADER_BYTES:])
            said = read_text(back.body)
            total += seen.index + seen.counter + back.ts_ms % 1000 + len(said.text) + len(said.emotes)
        return f"{total} {frame.hex()}"
