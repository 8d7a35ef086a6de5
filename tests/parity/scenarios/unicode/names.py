"""Identifiers may be any letters."""

from __future__ import annotations


def main() -> None:
    größe = 3
    длина = 4
    名 = "x"
    print(größe * длина, 名, [ñ for ñ in range(2)])
