"""Items read and stored again and again: wherever the place is counted from, and where there is none."""

from __future__ import annotations

from collections.abc import Sequence


def attempt(name: str, xs: list[int], place: int) -> None:
    try:
        for _ in range(1):
            print(name, place, xs[place])
            xs[place] = place
            xs[place] += 10
            print(xs)
    except IndexError as error:
        print(type(error).__name__)


def only_stored(xs: list[int], place: int) -> str:
    try:
        while True:
            xs[place] = 1
            return str(xs)
    except IndexError as error:
        return type(error).__name__


def only_changed(xs: list[int], place: int) -> str:
    try:
        while True:
            xs[place] *= 3
            return str(xs)
    except IndexError as error:
        return type(error).__name__


def ends(xs: list[str]) -> list[str]:
    found: list[str] = []
    for _ in range(3):
        try:
            found.append(xs[-1] + xs[0])
            found.append(xs[-2])
            xs.pop()
        except IndexError as error:
            found.append(type(error).__name__)
    return found


def sums(one: list[list[int]], other: list[list[int]]) -> list[list[int]]:
    made = [[0] * len(other[0]) for _ in one]
    for i in range(len(one)):
        for j in range(len(other[0])):
            for k in range(len(other)):
                made[i][j] += one[i][k] * other[k][j]
    return made


def with_none(xs: list[int | None], places: Sequence[int]) -> list[int | None]:
    found: list[int | None] = []
    for place in places:
        found.append(xs[place])
        xs[place] = None
        found.append(xs[place])
    return found


def of_any_kind(xs: Sequence[str], pair: tuple[int, ...], data: bytes) -> None:
    for i in range(3):
        try:
            print(xs[i], pair[i], data[i], xs[i - 2], pair[-1], data[-i])
        except IndexError as error:
            print(type(error).__name__)


class Noisy:
    def __init__(self) -> None:
        self.log: list[str] = []

    def say(self, value: int) -> int:
        self.log.append(str(value))
        return value


def the_value_comes_first(noisy: Noisy, known: dict[str, int]) -> list[str]:
    xs = [1, 2, 3]
    for place in (0, 5, -9):
        try:
            xs[place] = noisy.say(place)
        except IndexError:
            noisy.log.append("no place")
        try:
            xs[place] = known["nothing"]
        except IndexError:
            noisy.log.append("no place")
        except KeyError:
            noisy.log.append("no value")
        try:
            xs[place] += known["nothing"]
        except IndexError:
            noisy.log.append("no place")
        except KeyError:
            noisy.log.append("no value")
    return noisy.log


def shorter_meanwhile(xs: list[int]) -> list[str]:
    found: list[str] = []
    for _ in range(2):
        try:
            xs[2] = xs.pop()
            found.append("stored")
        except IndexError as error:
            found.append(type(error).__name__)
    return found


def by_remainders(xs: list[str], numbers: list[int]) -> list[str]:
    return [xs[number % len(xs)] for number in numbers]


def taken_apart(numbers: list[int], by: int) -> list[int]:
    return [number % 10 for number in numbers if number // 3 % 2 != by % 2]


def main() -> None:
    for where in (-4, -3, -1, 0, 2, 3):
        attempt("place", [7, 8, 9], where)
    print([only_stored([7, 8], place) for place in (-3, -2, 1, 2)])
    print([only_changed([7, 8], place) for place in (-3, -2, 1, 2)])
    print(ends(["a", "b"]))
    print(sums([[1, 2], [3, 4], [5, 6]], [[1, 0, 2], [0, 1, 3]]))
    print(with_none([1, None, 3], (0, -1, 1)))
    of_any_kind(["x", "y"], (1, 2, 3), b"ab")
    of_any_kind(("x", "y", "z"), (1, 2, 3), b"abc")
    print(the_value_comes_first(Noisy(), {}))
    print(shorter_meanwhile([1, 2, 3, 4]))
    print(by_remainders(["a", "b", "c"], [-1, 0, 4, -5]))
    print([xs[-1] for xs in [[1], [2, 3]]], [xs[1] for xs in [[1, 2], [2, 3]]])
    try:
        print(by_remainders([], [1]))
    except ZeroDivisionError:
        print("nothing to divide by")
    print(taken_apart([-7, -3, 0, 5, 13], 3))
