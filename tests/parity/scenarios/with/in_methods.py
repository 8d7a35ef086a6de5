"""`self` inside the block, and a manager that records what happens around it."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Log:
    entries: list[str] = field(default_factory=list)

    def __enter__(self) -> Log:
        self.entries.append("begin")
        return self

    def __exit__(self, kind: object, error: object, trace: object) -> bool:
        self.entries.append("end" if error is None else "failed")
        return error is not None


class Account:
    def __init__(self) -> None:
        self.total: int = 10
        self.log: Log = Log()

    def take(self, amount: int) -> int:
        with self.log as log:
            if amount > self.total:
                raise ValueError(f"{amount} of {self.total}")
            self.total -= amount
            log.entries.append(f"-{amount}")
            return amount
        return 0


def main() -> None:
    account = Account()
    print([account.take(amount) for amount in (3, 20, 7, 1)])
    print(account.total)
    print(account.log)
