from __future__ import annotations

def sign(x: int) -> int:
    if x > 0:
        return 1
    elif x < 0:
        return -1


async def word(x: int) -> str:
    while x > 0:
        if x == 3:
            return "three"
        x -= 1


class Steps:
    def count(self, items: list[int]) -> bool:
        for item in items:
            if item > 0:
                return True
