"""Names that JavaScript's objects know mean nothing here."""

from __future__ import annotations


def main() -> None:
    d: dict[str, int] = {}
    print("constructor" in d, "__proto__" in d, d.get("toString"), len(d))
    d["__proto__"] = 1
    d["constructor"] = 2
    d["length"] = 3
    print(d, d["__proto__"], list(d), d.pop("constructor"), "hasOwnProperty" in d)
