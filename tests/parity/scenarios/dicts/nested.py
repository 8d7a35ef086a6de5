"""Dicts in dicts."""

from __future__ import annotations


def main() -> None:
    tree: dict[str, dict[str, int]] = {"a": {"x": 1}, "b": {}}
    tree["b"]["y"] = 2
    tree["a"]["x"] += 5
    tree.setdefault("c", {})["z"] = 3
    print(tree, tree["a"].get("q"), len(tree["b"]), [(k, sorted(v)) for k, v in tree.items()])
