"""find, index, count, in, startswith, endswith."""

from __future__ import annotations


def main() -> None:
    data = b"abcabc"
    print(data.find(b"c"), data.find(b"c", 3), data.find(b"x"), data.index(b"bc"), data.count(b"a"), data.count(b"ab"), b"ca" in data, 97 in data, 0 in data, b"" in data)
    print(data.startswith(b"ab"), data.endswith(b"bc"), data.startswith(b""), data.endswith(b"x"))
