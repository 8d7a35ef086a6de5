"""What texts, lengths, comparisons and keys run of ours shows when it was run."""

from __future__ import annotations

log: list[str] = []


class Noisy:
    def __str__(self) -> str:
        log.append("str")
        return "N"

    def __len__(self) -> int:
        log.append("len")
        return 1

    def __eq__(self, other: object) -> bool:
        log.append("eq")
        return True

    def __contains__(self, item: int) -> bool:
        log.append("in")
        return True


class Queue:
    def __init__(self) -> None:
        self.items: list[int] = [1, 2, 3, 4]

    def get(self) -> int:
        return self.items.pop()

    def lower(self) -> int:
        return self.items.pop(0)


def key(number: int) -> int:
    log.append(str(number))
    return -number


def max(one: int, other: int) -> int:
    log.append("max")
    return one


def main() -> None:
    noisy = Noisy()
    print(log, str(noisy), log)
    print(log, f"{noisy}", log, sep=" / ")
    print(log, len(noisy), log)
    print(log, noisy == Noisy(), log)
    print(log, 3 in noisy, log)
    print(log, max(1, 2), log)
    print(log, sorted([3, 1], key=key), log)
    print(log, min([3, 1], key=key), log, min([3, 1], key=lambda n: len(noisy) * n), log)
    print([len(log), str(noisy), len(log)], (len(log), len(noisy), len(log)), len(log) + len(noisy) + len(log))
    print({len(log): str(noisy), len(log) + 100: len(log)}, len(log) < len(noisy) + 100 < len(log))
    queue = Queue()
    print(queue.items, queue.get(), queue.items, queue.lower(), queue.items)
    held: list[int] | None = queue.items
    pair = (queue.items, 1)
    print(held, pair, queue.get())
