"""What stands in a class body is evaluated once, when the class is made."""

from __future__ import annotations

log: list[str] = []


def say(text: str) -> str:
    log.append(text)
    return text


limit = 3


class Base:
    kind = say("base")
    most = limit
    twice = limit * 2 + len(log)

    def label(self) -> str:
        return f"{self.kind} {self.most} {self.twice}"


limit = 4


class Child(Base):
    kind = say("child")


def main() -> None:
    print(log, Base().label(), Child().label(), Base.kind, Child.kind, Child.most, limit)
    print(Base.kind, Child().kind, log)
