"""get evaluates its default, whether or not it is needed."""

from __future__ import annotations

log: list[str] = []


def default(name: str) -> int:
    log.append(name)
    return 0


def main() -> None:
    d = {"a": 1}
    print(d.get("a", default("unused")), d.get("b", default("used")), d.setdefault("a", default("third")), d.pop("a", default("fourth")), log)
