from __future__ import annotations


class Rows:
    def __delitem__(self, key: int) -> None: ...


def cut(rows: Rows) -> None:
    del rows[1:2]
