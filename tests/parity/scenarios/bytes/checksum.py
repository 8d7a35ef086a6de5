"""A checksum by hand stays within 32 bits."""

from __future__ import annotations


def fnv(data: bytes) -> int:
    value = 0x811C9DC5
    for byte in data:
        value ^= byte
        value = (value * 403 + ((value & 0xFFFF) << 8)) & 0xFFFFFFFF
    return value


def crc(data: bytes) -> int:
    value = 0xFFFF
    for byte in data:
        value ^= byte << 8
        for _ in range(8):
            value = (value << 1 ^ 0x1021 if value & 0x8000 != 0 else value << 1) & 0xFFFF
    return value


def main() -> None:
    for data in (b"", b"a", b"hello", bytes(range(64))):
        print(hex(fnv(data)), hex(crc(data)))
