"""json.loads of keys that look like numbers, of quotes behind backslashes, and of texts that never end."""

from __future__ import annotations

import json

GOOD = ['{"10": {"9": "9", "_": ["1", "\\\\"]}, "a\\"b\\\\": "\\\\", "": ""}', '"\\ud800"', "-0.5", "[]", '["", "_", "1"]']
BAD = ['"\\"', '"\\x"', '"\\u12"', '{"a": "b\\"}', '["a]', "\ufeff1", '{"a"}', '""1', '"' + '\\"' * 40000]


def main() -> None:
    for text in GOOD:
        print(json.dumps(json.loads(text), separators=(",", ":")))
    for text in BAD:
        try:
            json.loads(text)
            print("accepted", text)
        except ValueError:
            print("refused", text[:12])
    try:
        json.loads("[" * 50000 + "]" * 50000)
    except (ValueError, RecursionError):
        print("too deep")
