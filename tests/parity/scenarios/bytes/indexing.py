"""An item of bytes is an int."""

from __future__ import annotations


def main() -> None:
    data = b"hello"
    print(data[0], data[-1], data[1:3], data[:0], data[-2:], data[::2], data[::-1], data[10:], data[-100:2])
    for index in (5, -6):
        try:
            print(data[index])
        except IndexError:
            print("out of range")
