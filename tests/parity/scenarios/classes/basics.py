"""Attributes, methods, properties, class constants."""

from __future__ import annotations

class Account:
    RATE: float = 0.5
    KINDS: tuple[str, ...] = ("a", "b")
    count_made: int = 0

    def __init__(self, owner: str, balance: int = 0) -> None:
        self.owner: str = owner
        self._balance: int = balance
        self.log: list[str] = []

    @property
    def balance(self) -> int:
        return self._balance

    @balance.setter
    def balance(self, value: int) -> None:
        self.log.append(f"set {value}")
        self._balance = value

    @property
    def label(self) -> str:
        return f"{self.owner}:{self.balance}"

    @staticmethod
    def parse(text: str) -> int:
        return int(text)

    @classmethod
    def named(cls, owner: str) -> Account:
        return cls(owner, cls.parse("7"))

    def interest(self) -> float:
        return self.balance * self.RATE


def main() -> None:
    a = Account("ann", 10)
    a.balance += 5
    a.balance = a.balance * 2
    print(a.label, a.log, a.interest(), Account.RATE, a.KINDS, Account.KINDS[0], Account.named("bob").label)
    a.count_made += 1
    print(a.count_made, Account.count_made, Account("z").count_made)
    print(a is a, a == a, a == Account("ann", 30), a != Account("x"), a in [a], [a].index(a))
