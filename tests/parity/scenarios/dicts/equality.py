"""Order does not matter for equality."""

from __future__ import annotations


def main() -> None:
    print({"a": 1, "b": 2} == {"b": 2, "a": 1}, {"a": 1} == {"a": 2}, {"a": [1]} == {"a": [1]}, {} == {}, {"a": 1} != {"a": 1, "b": 2}, {1: "x"} == {1: "x"}, [{"k": (1, 2)}] == [{"k": (1, 2)}])
