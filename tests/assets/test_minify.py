"""Minifying keeps what the code means and where it came from."""

from __future__ import annotations

import json
import subprocess

import pytest

from build.minify import MinifyFailed, Piece, minify
from build.node import find_node

COUNTER = """(() => {
  function added(first, second) { return first + second; }
  class Counter {
    constructor(start) { this.value = start; }
    step(by) { this.value = added(this.value, by); return this; }
  }
  globalThis.Counter = Counter;
})();
"""


def run(code: str, expression: str) -> object:
    done = subprocess.run(
        [find_node(), "-e", f"{code}\nprocess.stdout.write(JSON.stringify({expression}))"],
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)


def test_a_script_does_the_same_in_fewer_bytes() -> None:
    (small,) = minify([Piece(COUNTER)])
    assert len(small.code) < len(COUNTER) * 0.7
    assert "first" not in small.code
    assert run(small.code, "new Counter(3).step(4).value") == 7


def test_a_module_keeps_what_it_exports() -> None:
    (small,) = minify(
        [Piece("export const long_name = 1\nexport function other_name(x) { return x }\n", is_module=True)]
    )
    assert "long_name" in small.code
    assert "other_name" in small.code


def test_the_text_is_ascii() -> None:
    (small,) = minify([Piece('globalThis.word = "größe 😀"\n')])
    assert small.code.isascii()
    assert run(small.code, "word") == "größe 😀"


def test_nothing_is_assumed_of_what_a_page_may_have_changed() -> None:
    """A getter may do something; an array's own methods may be others by now."""
    code = "globalThis.seen = []; const o = { get x() { seen.push(1); return 2 } }; o.x; globalThis.r = [1].concat(2);"
    (small,) = minify([Piece(f"(() => {{ {code} }})()")])
    assert run(small.code, "[seen.length, r.length]") == [1, 2]


def test_what_is_no_javascript_fails() -> None:
    with pytest.raises(MinifyFailed):
        minify([Piece("let = = 1")])
