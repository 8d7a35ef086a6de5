from __future__ import annotations


class Row:
    def __init__(self) -> None:
        self.values: dict[str, float] = {}

    def __getitem__(self, key: float) -> str:
        return f"{key}"

    def __setitem__(self, key: str, value: float) -> None:
        self.values[key] = value

    def __delitem__(self, key: float) -> None:
        print(key)

    def __contains__(self, key: float) -> bool:
        return f"{key}" in self.values


def main() -> None:
    row = Row()
    print(row[1], 1 in row)
    row["a"] = 2
    row["a"], row["b"] = 1.0, 2
    del row[3]
    items = [0.5]
    items[:1] = [4]
