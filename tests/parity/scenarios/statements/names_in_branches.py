"""Names first assigned in branches."""

from __future__ import annotations


def pick(n: int) -> str:
    if n > 0:
        kind = "positive"
        if n > 10:
            size = "large"
        else:
            size = "small"
    else:
        kind, size = "other", "none"
    try:
        inverse = f"{1 / n:.2f}"
    except ZeroDivisionError:
        inverse = "inf"
    return f"{kind} {size} {inverse}"


def main() -> None:
    print([pick(n) for n in (-4, 0, 5, 50)])
