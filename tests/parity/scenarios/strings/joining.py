"""join takes lists, tuples, generators, dicts and texts."""

from __future__ import annotations


def main() -> None:
    print(",".join(["a", "b"]), "".join(("x", "y")), "-".join(c for c in "abc"), " ".join({"k": 1, "l": 2}), ".".join("abc"), "x".join([]), "x".join(["one"]))
    print("\n".join(str(n) for n in range(3)), ", ".join(sorted({"b", "a"})), "".join(map(str, [1, 2])))
