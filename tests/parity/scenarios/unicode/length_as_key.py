"""`len` handed on counts code points, as where it is called."""

from __future__ import annotations


def size(value: str | list[int] | dict[str, int]) -> int:
    return len(value)


def main() -> None:
    words = ["b", "\U0001f600", "\U0001f600\U0001f600", "abc"]
    print(max(["b", "\U0001f600"], key=len) == "b", min(["ab", "\U0001f600"], key=len) == "\U0001f600")
    print([word == "b" for word in sorted(words, key=len)], list(map(len, words)))
    print(size("\U0001f600"), size([1, 2, 3]), size({"a": 1}))
