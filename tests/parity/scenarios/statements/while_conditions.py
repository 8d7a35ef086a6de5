"""while with all sorts of conditions."""

from __future__ import annotations


def main() -> None:
    n, steps = 27, 0
    while n != 1:
        n = n // 2 if n % 2 == 0 else 3 * n + 1
        steps += 1
    print(steps)
    text = "aabbb"
    while text.startswith("a") or (text != "" and text[-1] == "b"):
        text = text[1:] if text.startswith("a") else text[:-1]
    print(repr(text))
    while True:
        steps -= 50
        if steps < 0:
            break
    print(steps)
