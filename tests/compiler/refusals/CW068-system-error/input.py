from __future__ import annotations


def main() -> None:
    raise OSError(2, "no such file")
