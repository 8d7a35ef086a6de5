"""and and or stop as soon as they know."""

from __future__ import annotations

log: list[str] = []


def yes(name: str) -> bool:
    log.append(name)
    return True


def no(name: str) -> bool:
    log.append(name)
    return False


def main() -> None:
    print(yes("a") or yes("b"), no("c") and yes("d"), no("e") or no("f") or yes("g"), yes("h") and no("i") and yes("j"), not no("k"), 1 < 2 < 0 < 5, log)
