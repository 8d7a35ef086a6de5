"""Frames are written and read byte for byte alike."""

from __future__ import annotations

from widget.errors import CwError
from widget.wire.base32 import from_base32, to_base32
from widget.wire.base64url import from_base64url, to_base64url
from widget.wire.codec import Reader, Writer, utf8

from widget.crypto.window import Window


def main() -> None:
    data = Writer().u8(7).u16(65535).u32(4294967295).u48(2**48 - 2).u64(2**53 - 1).short(b"ab").long(b"c" * 300).fixed(bytes(4), 4).done()
    print(len(data), data[:20].hex(), to_base32(data[:16]), to_base64url(data[:17]))
    reader = Reader(data)
    print(reader.u8(), reader.u16(), reader.u32(), reader.u48(), reader.u64(), reader.short(), len(reader.long()), reader.fixed(4))
    reader.end()
    for attempt in range(6):
        try:
            if attempt == 0:
                Reader(b"\x01").u16()
            elif attempt == 1:
                Writer().u8(256)
            elif attempt == 2:
                from_base32("0O1l")
            elif attempt == 3:
                from_base64url("a b")
            elif attempt == 4:
                Writer().u48(2**48)
            else:
                utf8(b"\xff")
        except CwError as error:
            print(attempt, error.reason, error.code)
    for size in range(7):
        raw = bytes([size * 37 % 256] * size)
        print(to_base32(raw), to_base64url(raw), from_base64url(to_base64url(raw)) == raw)
    window = Window(8)
    print([window.mark(counter, str(counter)) for counter in [0, 3, 3, 1, 20, 5, 13]], window.top, window.below(11))
