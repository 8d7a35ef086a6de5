"""Methods that return self."""

from __future__ import annotations


class Query:
    def __init__(self) -> None:
        self.parts: list[str] = []

    def where(self, text: str) -> Query:
        self.parts.append(f"where {text}")
        return self

    def limit(self, n: int = 10) -> Query:
        self.parts.append(f"limit {n}")
        return self


def main() -> None:
    print(Query().where("a").where("b").limit().parts, Query().limit(n=3).parts)
