"""json.loads keeps the order of keys and refuses bad text."""

from __future__ import annotations

import json


def main() -> None:
    for text in ['{"2": 1, "1": 2, "a": {"b": []}}', "[1, -2.5, 25e-4, true, null]", '"\\u00e9\\ud83d\\ude00\\n"', " 5 ", "0", '{"a":1,"a":2}', "{}", '{"__proto__": 1}']:
        value = json.loads(text)
        print(json.dumps(value, separators=(",", ":")))
    for bad in ["", "{", "[1,]", "{'a':1}", "01", "1 2", '"a', "tru", '{"a" 1}', '{"a":}', '"\x01"', "[1 2]", "nul", "+1", "\u00a01"]:
        try:
            json.loads(bad)
            print("accepted", bad)
        except json.JSONDecodeError:
            print("JSONDecodeError", repr(bad))
    try:
        json.loads("x")
    except ValueError as error:
        print(isinstance(error, json.JSONDecodeError))
    data = json.loads('{"n": 5, "list": ["a"]}')
    if isinstance(data, dict):
        n = data.get("n")
        print(isinstance(n, int), "list" in data, len(data), data.get("zz") is None)
