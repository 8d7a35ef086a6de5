"""Class constants that are tables are shared."""

from __future__ import annotations

class Table:
    ROWS: list[str] = ["a"]
    INDEX: dict[str, int] = {"a": 1}

    def add(self, name: str) -> None:
        self.ROWS.append(name)
        self.INDEX[name] = len(self.ROWS)

    @classmethod
    def size(cls) -> int:
        return len(cls.ROWS)

    @classmethod
    def make(cls, name: str) -> Table:
        made = cls()
        made.add(name)
        return made


class Sub(Table):
    @classmethod
    def size(cls) -> int:
        return super().size() * 10


def main() -> None:
    Table().add("b")
    made = Sub.make("c")
    print(Table.ROWS, Table.INDEX, Table.size(), Sub.size(), made.size(), isinstance(made, Sub), Table.ROWS is made.ROWS)
