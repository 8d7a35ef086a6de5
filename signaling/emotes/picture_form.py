"""What a file is by its first bytes, and where its picture ends: nothing is decoded for that.

PNG (W3C), GIF89a, JPEG (ITU T.81), WebP (RFC 9649) and AVIF (ISO 14496-12 boxes). A file that goes on behind its
picture is a second file in disguise.
"""

from __future__ import annotations

FORMS = ("PNG", "GIF", "WEBP", "JPEG", "AVIF")
_STANDALONE = (0x01, *range(0xD0, 0xD8))  # JPEG markers without a length


class Refused(Exception):
    """`word` is what the code of the refusal ends with (refusals.py)."""

    def __init__(self, word: str) -> None:
        super().__init__(word)
        self.word: str = word


def form_of(data: bytes) -> str:
    """One of FORMS; "" when it is none of them."""
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if data.startswith((b"GIF87a", b"GIF89a")):
        return "GIF"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "WEBP"
    if data.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    return "AVIF" if data[4:8] == b"ftyp" and data[8:12] in (b"avif", b"avis") else ""


def check_end(form: str, data: bytes) -> None:
    """Raises Refused when the picture ends early, or the file goes on behind it."""
    try:
        end = {"PNG": _png, "GIF": _gif, "WEBP": _webp, "JPEG": _jpeg, "AVIF": _avif}[form](data)
    except IndexError:
        raise Refused("broken") from None
    if end > len(data):
        raise Refused("broken")
    if end < len(data):
        raise Refused("tail")


def webp_size(data: bytes) -> tuple[int, int]:
    """Of the canvas, which the decoder makes room for as soon as it opens the file."""
    kind = data[12:16]
    if kind == b"VP8X":
        return _little(data, 24, 3) + 1, _little(data, 27, 3) + 1
    if kind == b"VP8L":
        bits = _little(data, 21, 4)
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    return _little(data, 26, 2) & 0x3FFF, _little(data, 28, 2) & 0x3FFF


def _png(data: bytes) -> int:
    at = 8
    while True:
        kind, at = data[at + 4 : at + 8], at + 12 + _big(data, at, 4)
        if kind == b"IEND":
            return at


def _webp(data: bytes) -> int:
    size = _little(data, 4, 4)
    return 8 + size + size % 2


def _gif(data: bytes) -> int:
    at = 13 + _colours(data[10])
    while data[at] != 0x3B:
        if data[at] == 0x2C:
            at = _blocks(data, at + 11 + _colours(data[at + 9]))
        elif data[at] == 0x21:
            at = _blocks(data, at + 2)
        else:
            raise Refused("broken")
    return at + 1


def _colours(flags: int) -> int:
    """Bytes of the table of colours that they announce."""
    return 3 * 2 ** ((flags & 7) + 1) if flags & 0x80 else 0


def _blocks(data: bytes, at: int) -> int:
    while data[at] != 0:
        at += 1 + data[at]
    return at + 1


def _jpeg(data: bytes) -> int:
    at = 2
    while True:
        at = data.find(b"\xff", at)
        if at < 0:
            raise Refused("broken")
        marker, at = data[at + 1], at + 1
        if marker == 0xFF:
            continue
        at += 1
        if marker == 0xD9:
            return at
        if marker != 0 and marker not in _STANDALONE:
            at += _big(data, at, 2)


def _avif(data: bytes) -> int:
    at = 0
    while at < len(data):
        size = _big(data, at, 4)
        if size == 1:
            size = _big(data, at + 8, 8)
        if size == 0:
            return len(data)
        if size < 8 or not data[at + 4 : at + 8].isalpha():
            raise Refused("tail" if at > 0 else "broken")
        at += size
    return at


def _big(data: bytes, at: int, count: int) -> int:
    return int.from_bytes(_part(data, at, count), "big")


def _little(data: bytes, at: int, count: int) -> int:
    return int.from_bytes(_part(data, at, count), "little")


def _part(data: bytes, at: int, count: int) -> bytes:
    part = data[at : at + count]
    if len(part) < count:
        raise Refused("broken")
    return part
