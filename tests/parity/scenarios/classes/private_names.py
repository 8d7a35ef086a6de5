"""One underscore is a name like others; two make a name of the class alone."""

from __future__ import annotations


class Base:
    def __init__(self) -> None:
        self._hidden: int = 1
        self.__mangled: int = 2

    def _secret(self) -> int:
        return self._hidden + self.__mangled

    def show(self) -> int:
        return self._secret()


class Heir(Base):
    limit: int = 5
    __limit: int = 7

    def __init__(self) -> None:
        super().__init__()
        self.__mangled: int = 20

    def __secret_sum(self, __more: int) -> int:
        def _inner() -> int:
            nonlocal __more
            __more += 1
            return __more

        return self.__mangled + _inner() + self.__limit

    def both(self) -> list[int]:
        return [self._secret(), self.__secret_sum(100), self.__mangled]

    @staticmethod
    def __twice(n: int) -> int:
        return 2 * n

    def twice(self) -> int:
        return Heir.__twice(self.limit)


class _Third(Heir):
    __limit: int = 9

    def __secret_sum(self, __more: int) -> str:
        return f"third {self.__limit} {__more}"

    def third(self) -> str:
        return self.__secret_sum(3)


def main() -> None:
    print("shown", Base().show(), Base()._secret())
    print(Heir().show(), Heir().both(), Heir().twice(), _Third().third(), _Third().both())
