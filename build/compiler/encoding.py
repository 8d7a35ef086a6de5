"""The text of a source from its bytes: UTF-8 alone, which is what a page's Brython reads it as."""

from __future__ import annotations

import re

from build.compiler.errors import NotPython

# The longer first: UTF-32's little-endian mark begins with that of UTF-16.
MARKS = {b"\xff\xfe\0\0": "UTF-32", b"\0\0\xfe\xff": "UTF-32", b"\xff\xfe": "UTF-16", b"\xfe\xff": "UTF-16"}
COOKIE = re.compile(r"[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)")  # PEP 263
BLANK = re.compile(r"[ \t\f]*(?:#.*)?")
NO_TEXT = re.compile("[\0\ud800-\udfff]")
NOT_UTF8 = "CW002"


def source_text(path: str, data: bytes) -> str:
    """What `plain_text` gives of bytes. Raises NotPython at the first byte that is not UTF-8."""
    for mark, name in MARKS.items():
        if data.startswith(mark):
            raise NotPython(path, 1, 1, f"begins as {name}", NOT_UTF8)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line, column = _place(data[: error.start].decode("utf-8"))
        detail = f"has the byte 0x{data[error.start]:02x}, which is not UTF-8 here"
        raise NotPython(path, line, column, detail, NOT_UTF8) from None
    return plain_text(path, text)


def plain_text(path: str, text: str) -> str:
    """`text` with the line ends that CPython's tokenizer makes of it. Raises NotPython for what no UTF-8 file holds."""
    found = NO_TEXT.search(text)
    if found is not None:
        detail = "has a NUL character" if found[0] == "\0" else f"has half of a surrogate pair, U+{ord(found[0]):04X}"
        raise NotPython(path, *_place(text[: found.start()]), detail, NOT_UTF8)
    text = normal_newlines(text)
    if text.startswith("\ufeff"):
        raise NotPython(path, 1, 1, "begins with two byte order marks", NOT_UTF8)
    _check_cookie(path, text)
    return text


def normal_newlines(text: str) -> str:
    """What CPython's tokenizer does first: no byte order mark, every line end a line feed."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def _check_cookie(path: str, text: str) -> None:
    """A comment in one of the first two lines may name the encoding; the second counts behind an empty one."""
    for number, line in enumerate(text.split("\n", 2)[:2], start=1):
        cookie = COOKIE.match(line)
        if cookie is not None and re.match(r"utf-?8(-|$)", cookie[1].lower().replace("_", "-")) is None:
            raise NotPython(path, number, cookie.start(1) + 1, f"names the encoding `{cookie[1]}`", NOT_UTF8)
        if cookie is not None or BLANK.fullmatch(line) is None:
            return


def _place(before: str) -> tuple[int, int]:
    """Line and column behind this text."""
    lines = normal_newlines(before).split("\n")
    return len(lines), len(lines[-1]) + 1
