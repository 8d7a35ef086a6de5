"""else runs when nothing was raised; a loop tries again."""

from __future__ import annotations


def attempt(n: int) -> str:
    if n < 2:
        raise TimeoutError(f"try {n}")
    return f"answer {n}"


def main() -> None:
    for n in range(5):
        try:
            answer = attempt(n)
        except TimeoutError as error:
            print("again after", error)
        else:
            print(answer)
            break
