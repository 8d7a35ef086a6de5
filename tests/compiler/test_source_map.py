"""The map leads from the JavaScript back to the Python."""

from __future__ import annotations

from typing import Any

from build.compiler.sourcemap import SourceMap, vlq
from tests.compiler.samples import compile_text
from tests.fakes.maps import decode_map

TEXT = """from __future__ import annotations


class Greeter:
    def greet(self, name: str) -> str:
        if name == "":
            raise ValueError("nobody")
        größe = "é😀" + name
        return größe
"""


def decode(mappings: str) -> list[tuple[int, int, int, int, int | None]]:
    """(line, column, source line, source column, name), all from 0."""
    return [(at.line, at.column, at.source_line, at.source_column, at.name) for at in decode_map(mappings)]


def original(needle: str) -> tuple[str, str | None]:
    """The Python text that the first place of `needle` in the JavaScript comes from, and its name."""
    module = compile_text(TEXT)
    before = module.code[: module.code.index(needle)]
    line, column = before.count("\n"), len(before.split("\n")[-1].encode("utf-16-le")) // 2
    found = [place for place in decode(module.source_map["mappings"]) if place[:2] == (line, column)]
    assert len(found) == 1
    _, _, source_line, source_column, name = found[0]
    units = TEXT.split("\n")[source_line].encode("utf-16-le")
    names: list[str] = module.source_map["names"]
    return units[2 * source_column :].decode("utf-16-le"), names[name] if name is not None else None


def test_statements_and_names_lead_to_their_python() -> None:
    assert original("if (name")[0] == 'if name == "":'
    assert original("throw new")[0] == 'raise ValueError("nobody")'
    assert original("return größe")[0] == "return größe"
    assert original("const größe")[0] == 'größe = "é😀" + name'
    assert original("name;\n    return") == ("name", "name")
    assert original("greet(name)")[0].startswith("def greet")


def test_the_map_says_what_it_is_of() -> None:
    source_map: dict[str, Any] = compile_text(TEXT).source_map
    assert source_map["version"] == 3
    assert source_map["sources"] == ["widget/browser/sample.py"]
    assert source_map["sourcesContent"] == [TEXT]
    assert "name" in source_map["names"]


def test_numbers_are_written_as_the_specification_says() -> None:
    assert [vlq(n) for n in [0, 1, -1, 15, 16, -16, 1000]] == ["A", "C", "D", "e", "gB", "hB", "w+B"]


def test_a_place_marked_twice_keeps_the_inner_mark() -> None:
    made = SourceMap()
    made.add(0, 0, 1, 0, None)
    made.add(0, 0, 2, 4, "x")
    assert decode(made.encode("a.mjs", "a.py", "")["mappings"]) == [(0, 0, 2, 4, 0)]
