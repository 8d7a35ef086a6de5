"""What is left out of the runtime for the scripts that pages load."""

from __future__ import annotations

import re

from build.compiler.lower.helpers import RUNTIME
from build.compiler.thin import thin_runtime

FILES = {path.name: path.read_text("utf-8") for path in RUNTIME.glob("*.mjs")}
WORDS = re.compile(r"new \w+Error\(\s*[\"'`]")


def thin(*code: str) -> dict[str, str]:
    return thin_runtime(FILES, code)


def test_errors_of_the_runtime_carry_no_words() -> None:
    assert any(WORDS.search(text) for text in FILES.values())
    assert [name for name, text in thin("").items() if WORDS.search(text)] == []
    assert "new KeyError(key)" in thin("")["dict.mjs"]


def test_a_class_that_nobody_names_is_the_next_one_above_that_somebody_names() -> None:
    errors = thin('import { ValueError, because } from "../../runtime/exceptions.mjs";\n')["exceptions.mjs"]
    assert "export class ValueError extends Exception {" in errors
    assert "export { ValueError as UnicodeDecodeError };" in errors
    assert "export { Exception as IndexError };" in errors


def test_what_the_runtime_itself_tells_apart_stays() -> None:
    assert "export class StopIteration extends" in thin("")["exceptions.mjs"]


def test_a_program_that_shows_errors_keeps_their_names_and_arguments() -> None:
    for code in ('import { repr } from "../runtime/repr.mjs";\n', "error.__name__, error.args"):
        errors = thin(code)["exceptions.mjs"]
        assert 'return "ZeroDivisionError";' in errors
        assert "this.args = args;" in errors
    assert "args" not in re.sub("//.*", "", thin("")["exceptions.mjs"])
