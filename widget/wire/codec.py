"""Bytes in and out: fixed-width big-endian integers, length-prefixed bytes, and nothing left over."""

from __future__ import annotations

from widget.errors import MALFORMED, CwError
from widget.wire.base16 import from_hex

U16 = 65536
U32 = 4294967296
BYTES: list[bytes] = [bytes([value]) for value in range(256)]


class Writer:
    """Builds a message piece by piece; `done()` gives the bytes."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def u8(self, value: int) -> Writer:
        if value < 0 or value > 255:
            raise CwError(MALFORMED, "a number too large for its field, or negative")
        return self.raw(BYTES[value])

    def u16(self, value: int) -> Writer:
        return self.u8(value // 256).u8(value % 256)

    def u32(self, value: int) -> Writer:
        return self.u16(value // U16).u16(value % U16)

    def u48(self, value: int) -> Writer:
        return self.u16(value // U32).u32(value % U32)

    def u64(self, value: int) -> Writer:
        """A value below 2**53."""
        return self.u32(value // U32).u32(value % U32)

    def fixed(self, data: bytes, length: int) -> Writer:
        if len(data) != length:
            raise CwError(MALFORMED, f"expected {length} bytes, got {len(data)}")
        return self.raw(data)

    def hex(self, text: str, length: int) -> Writer:
        """`length` bytes that are kept as hex digits."""
        return self.fixed(from_hex(text), length)

    def raw(self, data: bytes) -> Writer:
        """Bytes whose length the reader knows or that end the message."""
        self._parts.append(data)
        return self

    def short(self, data: bytes) -> Writer:
        """Bytes behind a u8 length."""
        return self.u8(len(data)).raw(data)

    def long(self, data: bytes) -> Writer:
        """Bytes behind a u16 length."""
        return self.u16(len(data)).raw(data)

    def done(self) -> bytes:
        return b"".join(self._parts)


class Reader:
    """Takes a message apart; every shortage or surplus is CwError(MALFORMED)."""

    def __init__(self, data: bytes) -> None:
        self._data: bytes = data
        self._at: int = 0

    def u8(self) -> int:
        return self._data[self._skip(1)]

    def u16(self) -> int:
        return self.u8() * 256 + self.u8()

    def u32(self) -> int:
        return self.u16() * U16 + self.u16()

    def u48(self) -> int:
        return self.u16() * U32 + self.u32()

    def u64(self) -> int:
        high = self.u32()
        if high >= 2097152:
            raise CwError(MALFORMED, "a u64 above 2**53")
        return high * U32 + self.u32()

    def fixed(self, length: int) -> bytes:
        start = self._skip(length)
        return self._data[start : self._at]

    def ahead(self, length: int) -> bytes:
        """The next bytes, which are still to be read; fewer at the end."""
        return self._data[self._at : self._at + length]

    def hex(self, length: int) -> str:
        return self.fixed(length).hex()

    def short(self) -> bytes:
        return self.fixed(self.u8())

    def long(self) -> bytes:
        return self.fixed(self.u16())

    def rest(self) -> bytes:
        return self.fixed(len(self._data) - self._at)

    def end(self) -> None:
        if self._at != len(self._data):
            raise CwError(MALFORMED, "message has bytes left over")

    def _skip(self, length: int) -> int:
        """Where the next `length` bytes begin; they count as read."""
        start = self._at
        if start + length > len(self._data):
            raise CwError(MALFORMED, "message ends too early")
        self._at = start + length
        return start


def utf8(data: bytes) -> str:
    """Text of a message; CwError when it is not UTF-8."""
    try:
        return data.decode("utf-8")
    except ValueError as error:
        raise CwError(MALFORMED, "text is not UTF-8") from error
