"""`*args` of one type: in functions, methods, constructors, closures and coroutines; given one by one and spread."""

from __future__ import annotations

from collections.abc import Iterator

log: list[str] = []


def note(text: str, answer: int) -> int:
    log.append(text)
    return answer


def total(*numbers: int) -> int:
    return sum(numbers)


def join(separator: str, *parts: str) -> str:
    return separator.join(parts)


def shown(first: int = 1, *rest: float) -> str:
    return f"{first} {rest} {len(rest)}"


def pairs(*pairs: tuple[str, int]) -> dict[str, int]:
    return dict(pairs)


def walk(*groups: list[int]) -> Iterator[int]:
    for group in groups:
        yield from group


class Path:
    def __init__(self, root: str, *parts: str) -> None:
        self.root = root
        self.parts = parts

    def joined(self, *more: str) -> Path:
        return Path(self.root, *self.parts, *more)

    @staticmethod
    def of(*parts: str) -> Path:
        return Path(parts[0], *parts[1:])

    def __str__(self) -> str:
        return "/".join([self.root, *self.parts])


class Deep(Path):
    def __init__(self, *parts: str) -> None:
        super().__init__("deep", *parts)


async def later(*names: str) -> list[str]:
    return [name.upper() for name in names]


async def main() -> None:
    numbers = [4, 5]
    print(total(), total(1), total(1, 2, 3), total(*numbers), total(1, *numbers, 2, *(n for n in numbers), *{7: "x"}))
    print(join("-"), join("-", "a"), join("-", *"abc"), join("+", "a", "b"))
    print(shown(), shown(2), shown(2, 0.5), shown(2, 1.0, *[2.0, 2.5]), shown(first=3))
    print(pairs(("a", 1), *[("b", 2)], ("a", 3)), list(walk([1], [], [2, 3])), list(walk()))
    path = Path("r", "a", "b")
    print(path, path.joined("c", *["d", "e"]), path.parts, Path.of("x", "y"), Path("only"), Deep("p", "q"), Deep().parts)
    print(total(note("first", 1), *[note("second", 2)], note("third", 3)), log)

    def most(*found: int) -> int:
        best = found[0]
        for one in found[1:]:
            best = max(best, one)
        kept = [lambda: found]
        return best + len(kept[0]())

    print(most(3, 9, 2), [most(*row) for row in [[1], [2, 3]]], await later("a", *["b"]))
