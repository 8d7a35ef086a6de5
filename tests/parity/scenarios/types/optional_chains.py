"""None is narrowed step by step."""

from __future__ import annotations


class User:
    def __init__(self, name: str, boss: User | None = None) -> None:
        self.name: str = name
        self.boss: User | None = boss


def top(user: User) -> str:
    while user.boss is not None:
        user = user.boss
    return user.name


def boss_name(user: User | None) -> str:
    if user is None or user.boss is None:
        return "-"
    return user.boss.name


def main() -> None:
    ann = User("ann")
    bob = User("bob", ann)
    eve = User("eve", bob)
    print(top(eve), boss_name(eve), boss_name(ann), boss_name(None), None if eve.boss is None else eve.boss.name)
