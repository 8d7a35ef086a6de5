"""The loop's variable stays after the loop."""

from __future__ import annotations


def main() -> None:
    last = -1
    for last in range(4):
        pass
    print(last)
    for last in []:
        print("never")
    print(last)
    for char in "xyz":
        if char == "y":
            break
    print("stopped at", char)
