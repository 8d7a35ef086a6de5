"""json.dumps writes Python's text."""

from __future__ import annotations

import json


def main() -> None:
    value: dict[str, object] = {"b": [1, 2.5, None, True, False], "a": {"é": "x\"\\\n\t\x00\x1f/\x7f😀\u2028"}, "empty": [], "none": {}}
    print(json.dumps(value))
    print(json.dumps(value, separators=(",", ":")))
    print(json.dumps(value, sort_keys=True, separators=(",", ":")))
    print(json.dumps("é😀", ensure_ascii=False), json.dumps(5), json.dumps(None), json.dumps([]), json.dumps((1, 2)), json.dumps({1: 2}), json.dumps(-1.5e-7))
    try:
        print(json.dumps({"a": {1, 2}}))
    except TypeError:
        print("TypeError")
