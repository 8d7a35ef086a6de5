"""What each byte of a text costs once it is gzipped: RFC 1951 read bit by bit."""

from __future__ import annotations

import zlib
from dataclasses import dataclass

ORDER = (16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15)
LENGTHS = (3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227)
DISTANCE_BITS = (0, 0, *(bits for bits in range(14) for _ in (0, 1)))
LITERALS_END, LONGEST = 256, 258
Codes = dict[tuple[int, int], int]


@dataclass
class Bits:
    """Reads a deflated stream from its lowest bit; `at` counts bits."""

    data: bytes
    at: int = 0

    def take(self, count: int) -> int:
        value = 0
        for index in range(count):
            value |= (self.data[self.at >> 3] >> (self.at & 7) & 1) << index
            self.at += 1
        return value

    def symbol(self, codes: Codes) -> int:
        code = length = 0
        while (length, code) not in codes or length == 0:
            code, length = code << 1 | self.take(1), length + 1
        return codes[length, code]


def costs(data: bytes) -> list[float]:
    """Bits for each byte of `data`; those of a repetition are spread over what it repeats. Headers are nobody's."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15, 9)
    bits = Bits(packer.compress(data) + packer.flush())
    found: list[float] = []
    last = 0
    while last == 0:
        last = bits.take(1)
        if bits.take(2) != 2:
            found += [8.0] * (len(data) - len(found))  # stored or fixed codes: too short to matter
            break
        literals, distances = _tables(bits)
        _block(bits, literals, distances, found)
    return found


def _block(bits: Bits, literals: Codes, distances: Codes, found: list[float]) -> None:
    while True:
        start = bits.at
        symbol = bits.symbol(literals)
        if symbol == LITERALS_END:
            return
        size = 1
        if symbol > LITERALS_END:
            size = _length(bits, symbol - LITERALS_END - 1)
            bits.take(DISTANCE_BITS[bits.symbol(distances)])
        found += [(bits.at - start) / size] * size


def _length(bits: Bits, index: int) -> int:
    if index == len(LENGTHS):
        return LONGEST
    return LENGTHS[index] + bits.take(max(0, (index >> 2) - 1))


def _tables(bits: Bits) -> tuple[Codes, Codes]:
    literals, distances, given = bits.take(5) + 257, bits.take(5) + 1, bits.take(4) + 4
    sizes = [0] * len(ORDER)
    for place in ORDER[:given]:
        sizes[place] = bits.take(3)
    codes = _codes(sizes)
    lengths: list[int] = []
    while len(lengths) < literals + distances:
        symbol = bits.symbol(codes)
        if symbol < 16:
            lengths.append(symbol)
        elif symbol == 16:
            lengths += [lengths[-1]] * (3 + bits.take(2))
        else:
            lengths += [0] * (3 + bits.take(3) if symbol == 17 else 11 + bits.take(7))
    return _codes(lengths[:literals]), _codes(lengths[literals:])


def _codes(lengths: list[int]) -> Codes:
    """Symbols by (length, code): codes of one length ascend with the symbols."""
    codes: Codes = {}
    code = 0
    for length in range(1, 16):
        for symbol, own in enumerate(lengths):
            if own == length:
                codes[length, code] = symbol
                code += 1
        code <<= 1
    return codes
