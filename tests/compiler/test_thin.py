"""What is left out of the runtime for the scripts that pages load."""

from __future__ import annotations

import re

from build.compiler.compile import JsModule
from build.compiler.lower.helpers import runtime
from build.compiler.thin import thin_runtime

WORDS = re.compile(r"new \w+Error\(\s*[\"'`]")


def thin(helpers: str = "", properties: str = "") -> dict[str, str]:
    """For a program that imports these helpers and spells these properties."""
    asked = (frozenset(names.split()) for names in (helpers, properties))
    return thin_runtime(runtime(), [JsModule("a", "a.mjs", "", {}, "", {}, *asked)])


def test_errors_of_the_runtime_carry_no_words() -> None:
    assert any(WORDS.search(text) for text in runtime().values())
    assert [name for name, text in thin().items() if WORDS.search(text)] == []
    assert "new KeyError(key)" in thin()["dict.mjs"]


def test_a_class_that_nobody_names_is_the_next_one_above_that_somebody_names() -> None:
    errors = thin("ValueError because")["exceptions.mjs"]
    assert "export class ValueError extends Exception {" in errors
    assert "export { ValueError as UnicodeDecodeError };" in errors
    assert "export { Exception as IndexError };" in errors


def test_what_the_runtime_itself_tells_apart_stays() -> None:
    assert "export class StopIteration extends" in thin()["exceptions.mjs"]


def test_a_program_that_shows_errors_keeps_their_names_and_arguments() -> None:
    for asked in (("repr",), ("", "__name__ args")):
        errors = thin(*asked)["exceptions.mjs"]
        assert 'return "ZeroDivisionError";' in errors
        assert "this.args = args;" in errors
    assert "args" not in re.sub("//.*", "", thin()["exceptions.mjs"])
