"""Trying orders finds better ones, and the same ones again."""

from __future__ import annotations

import json
import random
from functools import cache

import pytest

from build.arrange import compressed
from build.compiler.sourcemap import SourceMap
from build.learn import Parts, learned, measured
from build.minify import Piece
from build.statements import Statement, read_statements

ALIKE = "return {0}.querySelector('span.message').textContent + 'is what the message of {0} says' + {0}.title"
TRIES = 160


@cache
def script() -> Piece:
    """Twins as far from each other as gzip cannot see, a class between them and one that extends it."""
    chance = random.Random(1)
    noise = ["".join(chance.choices("abcdefghijklmnop", k=18_000)) for _ in range(2)]
    lines = [
        f"  function first_twin(left) {{ {ALIKE.format('left')} }}",
        *(f"  var noise_{at} = '{text}';" for at, text in enumerate(noise)),
        "  var Shape = class { area() { return first_twin(this) + noise_0 + noise_1 } };",
        "  var Square = class extends Shape { side() { return new Shape() } };",
        f"  function second_twin(right) {{ {ALIKE.format('right')} }}",
        "  globalThis.all = [first_twin, first_twin, second_twin, second_twin, noise_0, noise_1, Square, Square];",
    ]
    code = "\n".join(["(() => {", *lines, "})();", ""])
    return compressed(Piece(code, json.dumps(SourceMap().encode("a.mjs", "a.py", ""))))


@pytest.fixture(scope="module")
def told() -> list[str]:
    return []


@pytest.fixture(scope="module")
def names(told: list[str]) -> list[str]:
    return learned(script(), [], TRIES, told.append)


def test_it_finds_a_better_order_and_says_what_it_found(names: list[str], told: list[str]) -> None:
    before, after = measured(script(), []), measured(script(), names)
    assert after < before - 40
    assert told[0] == f"{before:,} bytes before\n"
    assert f"{after:,} bytes\n" in told[1:]


def test_it_names_what_it_moved_as_the_linker_does(names: list[str]) -> None:
    assert set(names) <= {statement.name for statement in read_statements(script().code)}
    assert {"first_twin", "second_twin", "Shape", "Square"} <= set(names)
    twins = sorted([names.index("first_twin"), names.index("second_twin")])
    assert sum(name.startswith("noise") for name in names[slice(*twins)]) <= 1


def test_as_many_tries_find_the_same(names: list[str]) -> None:
    assert learned(script(), [], TRIES, len) == names


def test_what_is_found_is_never_worse_than_what_was_there(names: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def apart(parts: Parts, *_: object) -> list[Statement]:
        return sorted(parts.movable, key=lambda statement: parts.names[statement.name])

    assert measured(script(), sorted(names)) > measured(script(), names)
    monkeypatch.setattr("build.learn.cooled", apart)
    assert learned(script(), names, TRIES, len) == names
