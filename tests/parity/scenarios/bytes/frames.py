"""A length-prefixed frame and its reader."""

from __future__ import annotations


def frame(payload: bytes) -> bytes:
    return len(payload).to_bytes(2, "big") + payload


def read(data: bytes) -> list[bytes]:
    found: list[bytes] = []
    while len(data) >= 2:
        size = int.from_bytes(data[:2], "big")
        if len(data) < 2 + size:
            raise ValueError(f"cut off: {len(data) - 2} of {size}")
        found.append(data[2 : 2 + size])
        data = data[2 + size :]
    return found


def main() -> None:
    whole = frame(b"a") + frame(b"") + frame("é".encode())
    print(whole, read(whole), read(b""))
    try:
        read(whole[:-1])
    except ValueError as error:
        print(error)
