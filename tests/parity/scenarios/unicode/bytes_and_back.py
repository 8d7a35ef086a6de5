"""encode and decode of everything."""

from __future__ import annotations


def main() -> None:
    for text in ("", "a", "é", "€", "😀", "a\x00b", "\ufeffx"):
        data = text.encode()
        print(len(data), data.hex(), data.decode() == text, list(data))
    for bad in ("ff", "c3", "e282", "f0908d", "c080", "80"):
        try:
            print(bytes.fromhex(bad).decode())
        except UnicodeDecodeError:
            print(bad, "is no UTF-8")
