"""Only names that nothing can spell are shortened."""

from __future__ import annotations

import ast

from build.names import shortenable

MODULE = '''
"""A module that mentions kept_in_prose in passing."""
from dataclasses import dataclass

@dataclass(frozen=True)
class A:
    body_field: int
    plain: int = 1
    key_ops: list[str] = None

    def __init__(self) -> None:
        self.own_attribute = 1
        self._private_one = 2
        self.asked_by_text = 3
        self.in_the_runtime = 4

    def a_method(self) -> str:
        local_name = "asked_by_text"
        return local_name

    def camelCase(self) -> None:
        """Says kept_in_prose."""
        self.kept_in_prose = {"key_ops": ["sign"], "a.dotted_path": 1}

    def dotted_path(self) -> None: ...

def module_function() -> None: ...
'''


def test_attributes_methods_and_fields_of_our_classes_are_shortened() -> None:
    found = shortenable([ast.parse(MODULE)], ["x.in_the_runtime"])
    assert found == ["a_method", "body_field", "kept_in_prose", "own_attribute"]


def test_a_text_in_any_module_keeps_a_name_in_all() -> None:
    other = ast.parse("NAME = 'own_attribute'\n")
    assert "own_attribute" not in shortenable([ast.parse(MODULE), other], [])
