"""Objects with == are found in lists, and dicts compare by value."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Key:
    name: str
    parts: tuple[int, ...] = ()
    blob: bytes = b""


class Plain:
    pass


def main() -> None:
    keys = [Key("a"), Key("b", (1, 2)), Key("c", (), b"x")]
    print(Key("b", (1, 2)) in keys, keys.index(Key("c", blob=b"x")), keys.count(Key("a")), Key("z") in keys)
    keys.remove(Key("a"))
    print(len(keys), {"k": keys} == {"k": [Key("b", (1, 2)), Key("c", (), b"x")]}, (1, Key("a")) == (1, Key("a")), [b"a"] == [b"a"], b"a" in [b"b", b"a"])
    p, q = Plain(), Plain()
    print(p == p, p == q, p in [q], p in [q, p], [p, q].index(q), {1: p} == {1: q})
    maybe: Key | None = Key("a")
    print(maybe == Key("a"), maybe == None, maybe != Key("b"))  # noqa: E711
    print(sorted([(2, "b"), (1, "z"), (2, "a")], reverse=True), max([[1, 2], [1, 3]]), (1, 2, 3) > (1, 2), "a" < "b" <= "b")
