"""Trying orders finds better ones, and the same ones again."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from functools import cache

import pytest

from build.arrange import Arrangement, compressed
from build.compiler.sourcemap import SourceMap
from build.learn import Declaration, beside_its_like, learned, likes, measured, with_move
from build.minify import Piece
from build.statements import read_statements

# Lines that quicker tests run, many times: not traced (docs/TESTING.md, Coverage).
pytestmark = pytest.mark.no_cover

ALIKE = "return {0}.querySelector('span.message').textContent + 'is what the message of {0} says' + {0}.title"
TRIES = 160


@cache
def script() -> Piece:
    """Twins as far from each other as gzip cannot see: two functions, and two methods of a class."""
    chance = random.Random(1)
    noise = ["".join(chance.choices("abcdefghijklmnop", k=18_000)) for _ in range(4)]
    methods = [
        f"    one(left) {{ {ALIKE.format('left').upper()} }}".replace("RETURN", "return"),
        *(f"    noise_{at}() {{ return '{text}' }}" for at, text in enumerate(noise[:2])),
        f"    two(right) {{ {ALIKE.format('right').upper()} }}".replace("RETURN", "return"),
    ]
    lines = [
        f"  function first_twin(left) {{ {ALIKE.format('left')} }}",
        *(f"  var noise_{at} = '{text}';" for at, text in enumerate(noise[2:])),
        "  var Shape = class {",
        *methods,
        "  };",
        "  var Square = class extends Shape { side() { return new Shape() + noise_0 + noise_1 } };",
        f"  function second_twin(right) {{ {ALIKE.format('right')} }}",
        "  globalThis.all = [first_twin, first_twin, second_twin, second_twin, noise_0, noise_1, Square, Square];",
    ]
    code = "\n".join(["(() => {", *lines, "})();", ""])
    found = SourceMap()
    for row, line in enumerate(code.split("\n")):
        found.add(row, len(line) - len(line.lstrip()), row, 0, line.split("(")[0].strip() or "x")
    return compressed(Piece(code, json.dumps(found.encode("a.mjs", "a.py", code))))


@pytest.fixture(scope="module")
def told() -> list[str]:
    return []


@pytest.fixture(scope="module")
def found(told: list[str]) -> Arrangement:
    return [*learned(script(), {}, TRIES, told.append)][-1]


def test_it_finds_a_better_order_and_says_what_it_found(found: Arrangement, told: list[str]) -> None:
    before, after = measured(script(), {}), measured(script(), found)
    assert after < before - 80
    assert told[0] == f"{before:,} bytes before\n"
    assert f"{after:,} bytes\n" in told[1:]


def between(names: Sequence[str], one: str, other: str) -> int:
    """How much noise stands between them."""
    places = sorted([names.index(one), names.index(other)])
    return sum(name.startswith("noise") for name in names[slice(*places)])


def test_it_names_what_it_moved_as_the_linker_does(found: Arrangement) -> None:
    assert set(found) <= {statement.name for statement in read_statements(script().code)}
    assert {"first_twin", "second_twin", "Shape", "Square"} <= set(found)
    assert between(list(found), "first_twin", "second_twin") <= 1


def test_it_names_methods_as_the_python_does(found: Arrangement) -> None:
    assert sorted(found["Shape"]) == ["noise_0", "noise_1", "one", "two"]
    assert between(found["Shape"], "one", "two") <= 1
    assert found["Square"] == []


def test_as_many_tries_find_the_same(found: Arrangement) -> None:
    *_, again = learned(script(), {}, TRIES, len)
    assert list(again.items()) == list(found.items())


def test_nothing_is_found_where_nothing_is_better(found: Arrangement, monkeypatch: pytest.MonkeyPatch) -> None:
    def apart(order: list[Declaration], *_: object) -> list[Declaration]:
        return sorted(order, key=lambda one: one.called)

    assert measured(script(), {name: found[name] for name in sorted(found)}) > measured(script(), found)
    monkeypatch.setattr("build.learn.cooled", apart)
    assert list(learned(script(), found, TRIES, len)) == []


def test_where_no_class_has_methods_to_move_declarations_move() -> None:
    order = [Declaration(name, "", name, b"") for name in "abcd"]
    chance = random.Random(1)
    assert all(sorted(one.name for one in with_move(order, chance)) == list("abcd") for _ in range(20))


def test_those_that_share_most_for_their_length_are_alike() -> None:
    texts = {"a": b"the same words", "b": b"the same words, " + b"others" * 9, "c": b"the same word", "d": b"alone!"}
    assert likes([Declaration(name, "", name, text) for name, text in texts.items()]) == {
        "a": ["c", "b"], "b": ["a", "c"], "c": ["a", "b"],
    }  # fmt: skip


def test_one_is_moved_beside_its_like_and_nothing_is_lost() -> None:
    order = [Declaration(name, "", name, b"") for name in "abcdef"]
    of_first = [seed for seed in range(200) if random.Random(seed).randrange(6) == 0]
    results = [beside_its_like(order, {"a": ["e"]}, random.Random(seed)) for seed in of_first]
    found = ["".join(one.name for one in moved) for moved in results]
    assert {"".join(sorted(names)) for names in found} == {"abcdef"}
    assert sum("ae" in names or "ea" in names for names in found) > len(found) / 3
