"""finally clauses run from the inside out."""

from __future__ import annotations


def walk(fail: str, log: list[str]) -> str:
    try:
        log.append("1")
        try:
            log.append("2")
            if fail == "inner":
                raise ValueError("inner")
        finally:
            log.append("f2")
            if fail == "finally":
                raise KeyError("finally")
        log.append("3")
    except ValueError:
        log.append("v")
        return "value"
    except KeyError:
        log.append("k")
    else:
        log.append("else")
    finally:
        log.append("f1")
    return "end"


def main() -> None:
    for fail in ("", "inner", "finally"):
        log: list[str] = []
        print(walk(fail, log), log)
