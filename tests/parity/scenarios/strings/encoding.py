"""UTF-8 both ways, strictly."""

from __future__ import annotations

def main() -> None:
    for text in ["", "abc", "é😀\x00", "\ufeffx"]:
        data = text.encode()
        print(data.hex(), len(data), data.decode() == text, data.decode("utf-8"))
    for bad in [b"\xff", b"\xc3", b"\xed\xa0\x80", b"a\x80"]:
        try:
            print(bad.decode())
        except UnicodeDecodeError:
            print("UnicodeDecodeError")
    try:
        print("\ud800".encode())
    except ValueError:
        print("lone surrogate")
