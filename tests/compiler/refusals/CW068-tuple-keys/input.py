from __future__ import annotations

import json


def f(table: dict[tuple[int, int], str]) -> str:
    return json.dumps({"table": [table]})
