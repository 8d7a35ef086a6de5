"""break and continue through finally."""

from __future__ import annotations


def run(items: list[int]) -> list[str]:
    log: list[str] = []
    for item in items:
        try:
            if item == 0:
                continue
            if item < 0:
                break
            log.append(f"{10 // item}")
        except ZeroDivisionError:
            log.append("never")
        finally:
            log.append("|")
    return log


def main() -> None:
    print(run([1, 0, 5, -1, 2]), run([]), run([0]))
