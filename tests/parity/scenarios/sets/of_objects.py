"""Objects without == are told apart by identity."""

from __future__ import annotations


class Tab:
    def __init__(self, name: str) -> None:
        self.name: str = name


def main() -> None:
    a, b = Tab("x"), Tab("x")
    tabs = {a, b, a}
    print(len(tabs), a in tabs, Tab("x") in tabs, sorted(tab.name for tab in tabs))
    tabs.discard(a)
    print(len(tabs), a in tabs, b in tabs)
