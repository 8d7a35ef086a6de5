"""Pieces beside each other become one text."""

from __future__ import annotations


def main() -> None:
    a, b = "x", 2
    print("one" "two" f"{a}" "three" f"{b}" "", f"" "end")
    print(
        f"{a}-"
        f"{b}-"
        "plain"
    )
