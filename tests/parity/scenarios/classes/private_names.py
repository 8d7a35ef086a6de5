"""Underscores are names like others."""

from __future__ import annotations


class Base:
    def __init__(self) -> None:
        self._hidden: int = 1
        self.__mangled: int = 2

    def _secret(self) -> int:
        return self._hidden + self.__mangled

    def show(self) -> int:
        return self._secret()


def main() -> None:
    print("shown", Base().show(), Base()._secret())
