"""Bytes in and out: fixed-width big-endian integers, length-prefixed bytes, and nothing left over."""

from __future__ import annotations

from widget.errors import CwError

MALFORMED = 1  # the reason number of every decoding failure
U32 = 4294967296


class Writer:
    """Builds a message piece by piece; `done()` gives the bytes."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def u8(self, value: int) -> Writer:
        return self._uint(value, 1)

    def u16(self, value: int) -> Writer:
        return self._uint(value, 2)

    def u32(self, value: int) -> Writer:
        return self._uint(value, 4)

    def u64(self, value: int) -> Writer:
        """A value below 2**53, split because JavaScript's bit operations end at 32 bits."""
        return self._uint(value // U32, 4)._uint(value % U32, 4)

    def fixed(self, data: bytes, length: int) -> Writer:
        if len(data) != length:
            raise CwError(MALFORMED, f"expected {length} bytes, got {len(data)}")
        self._parts.append(data)
        return self

    def raw(self, data: bytes) -> Writer:
        """Bytes whose length the reader knows or that end the message."""
        self._parts.append(data)
        return self

    def short(self, data: bytes) -> Writer:
        """Bytes behind a u8 length."""
        return self._uint(len(data), 1).raw(data)

    def long(self, data: bytes) -> Writer:
        """Bytes behind a u16 length."""
        return self._uint(len(data), 2).raw(data)

    def done(self) -> bytes:
        return b"".join(self._parts)

    def _uint(self, value: int, width: int) -> Writer:
        if value < 0 or value >= 256**width:
            raise CwError(MALFORMED, f"{value} does not fit {width} bytes")
        self._parts.append(value.to_bytes(width, "big"))
        return self


class Reader:
    """Takes a message apart; every shortage or surplus is CwError(MALFORMED)."""

    def __init__(self, data: bytes) -> None:
        self._data: bytes = data
        self._at: int = 0

    def u8(self) -> int:
        return self._uint(1)

    def u16(self) -> int:
        return self._uint(2)

    def u32(self) -> int:
        return self._uint(4)

    def u64(self) -> int:
        high = self._uint(4)
        if high >= 2097152:
            raise CwError(MALFORMED, "a u64 above 2**53")
        return high * U32 + self._uint(4)

    def fixed(self, length: int) -> bytes:
        if self._at + length > len(self._data):
            raise CwError(MALFORMED, "message ends too early")
        start = self._at
        self._at = start + length
        return self._data[start : self._at]

    def short(self) -> bytes:
        return self.fixed(self.u8())

    def long(self) -> bytes:
        return self.fixed(self.u16())

    def rest(self) -> bytes:
        return self.fixed(len(self._data) - self._at)

    def end(self) -> None:
        if self._at != len(self._data):
            raise CwError(MALFORMED, "message has bytes left over")

    def _uint(self, width: int) -> int:
        return int.from_bytes(self.fixed(width), "big")


def utf8(data: bytes) -> str:
    """Text of a message; CwError when it is not UTF-8."""
    try:
        return data.decode("utf-8")
    except ValueError as error:
        raise CwError(MALFORMED, "text is not UTF-8") from error
