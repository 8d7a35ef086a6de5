from __future__ import annotations

from typing import Any


class Work:
    def __init__(self, run: Any) -> None:
        self.run: Any = run

    def go(self, table: dict[str, Any]) -> None:
        self.run()
        table["x"](1)
