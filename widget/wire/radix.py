"""Bytes as characters of an alphabet of 2**width letters, without padding, strict: one text for every byte string."""

from __future__ import annotations

from widget.errors import MALFORMED, CwError


def to_letters(data: bytes, alphabet: str, width: int) -> str:
    """Each letter stands for `width` bits, first bits first; the last one is filled with zeros."""
    letters: list[str] = []
    bits = 0
    held = 0
    for byte in data:
        bits = (bits << 8) + byte
        held += 8
        while held >= width:
            held -= width
            letters.append(alphabet[bits >> held])
            bits = bits % (1 << held)
    if held > 0:
        letters.append(alphabet[bits << (width - held)])
    return "".join(letters)


def from_letters(text: str, alphabet: str, width: int) -> bytes:
    """CwError(MALFORMED) for anything that `to_letters` would not have written."""
    values: list[int] = []
    bits = 0
    held = 0
    for letter in text:
        value = alphabet.find(letter)
        if value < 0:
            raise CwError(MALFORMED, "text has a letter that is not of its alphabet")
        bits = (bits << width) + value
        held += width
        if held >= 8:
            held -= 8
            values.append(bits >> held)
            bits = bits % (1 << held)
    if held >= width or bits != 0:
        raise CwError(MALFORMED, "text ends in the middle of a byte")
    return bytes(values)
