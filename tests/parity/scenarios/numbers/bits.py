"""Bit operations work up to 2**53, not 2**32."""

from __future__ import annotations

def main() -> None:
    numbers = [0, 1, 255, 2**31 - 1, 2**31, 2**32 - 1, 2**32, 2**40 + 5, 2**53 - 1, -1, -256, -(2**40)]
    for a in numbers:
        for b in [1, 0xFF, 0x7FFFFFFF, 0xFFFFFFFF, 2**45 + 3, -2]:
            print(a & b, a | b, a ^ b)
    for a in numbers:
        print(~a, a >> 1, a >> 8, a >> 33, a & 0xFF, a & 0xFFFFFFFF, a.bit_length())
    for n in [0, 1, 5, 31, 32, 40]:
        print(1 << n, 3 << n, 7 * 2**n)
    data = bytes([0xC1, 0xFF, 0x80, 0x01])
    print((data[0] << 24) | (data[1] << 16) | (data[2] << 8) | data[3])
    print(data[0] >> 4, data[0] & 0x0F, data[1] ^ data[2], data[0] << 4)
