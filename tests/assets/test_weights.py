"""What each byte costs when gzipped, and whose it is."""

from __future__ import annotations

import json
import random
import zlib

from build.compiler.sourcemap import SourceMap
from build.deflate import costs
from build.weights import table, weigh

WORDS = ["this.", "return ", "const ", "value", "name", "=>", "(", ")", ";", "await "]


def some_text() -> bytes:
    chance = random.Random(1)
    return "".join(chance.choice(WORDS) + chr(chance.randrange(97, 123)) for _ in range(30_000)).encode()


def test_the_costs_of_all_bytes_are_the_size_of_the_gzipped_text() -> None:
    text = some_text()
    packer = zlib.compressobj(9, zlib.DEFLATED, -15, 9)
    size = len(packer.compress(text) + packer.flush())
    found = costs(text)
    assert len(found) == len(text)
    assert 0.97 * size < sum(found) / 8 <= size


def test_repetitions_cost_less_than_what_is_new() -> None:
    new, again = b"const first_of_all = 1;", b"const first_of_all = 1;"
    found = costs(some_text() + new + again)[-len(new + again) :]
    assert sum(found[len(new) :]) < sum(found[: len(new)]) / 3


def test_a_short_text_has_a_cost_too() -> None:
    assert costs(b"a") == [8.0]


def test_bytes_go_to_the_module_and_to_the_helper_that_they_come_from() -> None:
    script = b"/*! banner */\nlet a=1;let b=2;let c=3;\n"
    mapped = SourceMap()
    for column, line in ((0, 0), (8, 3), (16, 6)):
        mapped.add(1, column, line, 0, None)
    helpers = "export function modulo() {\n}\n\nconst half = 1;\n\nexport const whole = 2;\nx\n"
    found = mapped.encode("x.mjs", "runtime/number.mjs", helpers)
    modules, parts = weigh(script, json.dumps(found).encode())
    assert {name: weight.plain for name, weight in parts.items()} == {
        "number.modulo": 8,
        "number.half": 8,
        "number.whole": 9,
    }
    assert modules["runtime/number.mjs"].plain == 25
    assert [line.split()[-1] for line in table(parts).split("\n")] == sorted(
        parts, key=lambda name: (-parts[name].gzipped, name)
    )
