"""QR codes, read by another program."""

from __future__ import annotations

import re

import pytest
import zxingcpp

from widget.ui.qr import MOST_BYTES, QUIET, qr_path

SQUARE = re.compile(r"M(\d+) (\d+)h1v1h-1z")
SCALE_PX = 3
QR_CODES = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
LINK = "https://site.example/articles/owls-of-the-north?list=1#cw=" + "abcdefgh234567" * 6


def picture(squares: str, size: int) -> memoryview:
    """Grey bytes, a light border around."""
    side = (size + 2 * QUIET) * SCALE_PX
    pixels = bytearray(b"\xff" * side * side)
    for x, y in SQUARE.findall(squares):
        for row in range(SCALE_PX):
            start = ((int(y) + QUIET) * SCALE_PX + row) * side + (int(x) + QUIET) * SCALE_PX
            pixels[start : start + SCALE_PX] = bytes(SCALE_PX)
    return memoryview(bytes(pixels)).cast("B", (side, side))


def read(text: str) -> str:
    squares, size = qr_path(text)
    assert SQUARE.sub("", squares) == "", "nothing but squares"
    (found,) = zxingcpp.read_barcodes(picture(squares, size), QR_CODES)
    assert found.ec_level == "L"
    return str(found.text)


@pytest.mark.no_cover
@pytest.mark.parametrize("count", range(1, MOST_BYTES + 1))
def test_a_text_of_each_length_is_read_again(count: int) -> None:
    assert read(LINK[:count]) == LINK[:count]


def test_letters_beyond_ascii_are_utf_8() -> None:
    assert read("https://eulen.example/käuzchen#cw=abc") == "https://eulen.example/käuzchen#cw=abc"


def test_each_version_ends_where_its_capacity_ends() -> None:
    """ISO/IEC 18004, table 7: byte mode, level L."""
    sizes = {count: qr_path("x" * count)[1] for count in (17, 18, 32, 33, 53, 54, 78, 79, 106, 107, 134)}
    assert sizes == {17: 21, 18: 25, 32: 25, 33: 29, 53: 29, 54: 33, 78: 33, 79: 37, 106: 37, 107: 41, 134: 41}


def test_what_is_too_long_has_no_code() -> None:
    assert qr_path("x" * (MOST_BYTES + 1)) == ("", 0)


@pytest.mark.parametrize("spoiled", range(4))
def test_a_code_that_is_dirty_is_read_still(spoiled: int) -> None:
    """Its check bytes are right: a few squares that are missing do not matter."""
    squares, size = qr_path(LINK[:MOST_BYTES])
    places = [(int(x), int(y)) for x, y in SQUARE.findall(squares)]
    clean = [f"M{x} {y}h1v1h-1z" for x, y in places if x != size - 2 - spoiled or y in range(9) or y >= 20]
    (found,) = zxingcpp.read_barcodes(picture("".join(clean), size), QR_CODES)
    assert found.text == LINK[:MOST_BYTES]
