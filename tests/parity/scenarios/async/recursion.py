"""An asynchronous function that calls itself."""

from __future__ import annotations


async def depth(tree: dict[str, list[str]], name: str) -> int:
    found = 0
    for child in tree.get(name, []):
        found = max(found, await depth(tree, child))
    return found + 1


async def main() -> None:
    print("depths", await depth({"a": ["b", "c"], "c": ["d"], "d": ["e"]}, "a"), await depth({}, "x"))
