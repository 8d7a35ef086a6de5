"""The wire codec: a frame's header and the event in it, with its text, written and read back."""

from __future__ import annotations

from widget.room.kinds.text import TEXT, TextBody, read_text, write_text
from widget.wire.event import Event
from widget.wire.frame import (
    HEADER_BYTES,
    TYPE_NEWS,
    read_content,
    read_header,
    write_content,
    write_header,
)


class Kernel:
    """One time is one message there and back."""

    def __init__(self) -> None:
        self._kid: bytes = bytes.fromhex("0011223344556677")
        emotes = ["01F6MQ33FG000FFJ97ZB8MWV52"]
        self._text: TextBody = TextBody("Grüße! Shall we meet at noon, or is one better? 🙂", emotes, ["wave_1"])
        self._room: bytes = bytes.fromhex("000102030405060708090a0b0c0d0e0f")
        self._author: str = "f0e0d0c0b0a090807060504030201000"
        self._prev: str = "00112233445566778899aabbccddeeff"
        self._epoch: str = "00112233445566778899aabbccddeeff"
        self._hash: str = "0f1e2d3c4b5a69788796a5b4c3d2e1f0" * 2
        self._signature: bytes = bytes.fromhex("0123456789abcdef" * 8)

    def run(self, times: int) -> str:
        total = 0
        frame = b""
        for number in range(times):
            header = write_header(TYPE_NEWS, self._kid, number % 16, number)
            frame = header + write_content([self._event(number)])
            seen = read_header(frame)
            for event in read_content(frame[HEADER_BYTES:]):
                if event.body is not None:
                    said = read_text(event.body)
                    total += event.seq + event.clock + event.at_ms % 1000 + len(said.text) + len(said.emotes)
            total += seen.index + seen.counter
        return f"{total} {frame.hex()}"

    def _event(self, number: int) -> Event:
        return Event(
            room_id=self._room,
            author=self._author,
            seq=number + 1,
            prev=self._prev,
            kid=self._epoch,
            clock=number + 7,
            at_ms=1_795_000_000_000 + number,
            kind=TEXT,
            body_hash=self._hash,
            signature=self._signature,
            body=write_text(self._text),
        )
