from __future__ import annotations

class A:
    def bar(self, x: int, y: int) -> int:
        return x - y


class B:
    def bar(self, y: int, x: int) -> int:
        return x - y


def call(one: A | B) -> int:
    return one.bar(x=1, y=2)
