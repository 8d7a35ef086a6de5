"""Conditions of the copy that nobody reads ask for the value itself where its type leaves one false value."""

from __future__ import annotations

import re

import pytest

from tests.compiler.samples import compile_text

pytestmark = pytest.mark.no_cover

HEAD = """from __future__ import annotations
from collections.abc import Callable, Iterable, Sequence
from typing import Protocol, TypeVar
from widget.browser import js

T = TypeVar("T")

class Port(Protocol):
    def send(self, text: str) -> None: ...

class Loud(Protocol):
    def upper(self) -> str: ...

class Thing:
    def __len__(self) -> int:
        return 1

"""


def conditions(kind: str, condition: str) -> tuple[str, str]:
    """The same condition on `it` of this type for people, and for pages."""
    module = compile_text(f"{HEAD}def asked(it: {kind}) -> int:\n    if {condition}:\n        return 1\n    return 2\n")
    plain, small = (re.findall(r"if \((.*)\) \{", code)[-1] for code in (module.code, module.small))
    return plain, small


THINGS = (
    "Thing", "Port", "list[int]", "dict[str, int]", "set[int]", "tuple[int, ...]", "bytes", "Callable[[], None]",
    "type[Thing]", "Thing | list[int]", "ValueError",
)  # fmt: skip
OTHERS = ("str", "int", "float", "bool", "list[int] | str", "Loud", "Sequence[str]", "Iterable[str]", "object", "T")


@pytest.mark.parametrize("kind", THINGS)
def test_what_is_none_or_an_object_is_only_asked_for(kind: str) -> None:
    assert conditions(f"{kind} | None", "it is None") == ("it === null", "!it")
    assert conditions(f"{kind} | None", "it is not None") == ("it !== null", "it")


@pytest.mark.parametrize("kind", OTHERS)
def test_what_may_be_false_in_another_way_is_compared(kind: str) -> None:
    assert conditions(f"{kind} | None", "it is None") == ("it === null", "it === null")


def test_values_of_javascript_are_compared() -> None:
    assert conditions("js.Value", "it is None") == ("it == null", "it == null")


@pytest.mark.parametrize(
    ("kind", "condition", "plain", "small"),
    [
        ("str", "it == ''", 'it === ""', "!it"),
        ("str", "it != ''", 'it !== ""', "it"),
        ("int", "it == 0", "it === 0", "!it"),
        ("int", "it != 0", "it !== 0", "it"),
        ("list[int]", "len(it) > 0", "it.length > 0", "it.length"),
        ("list[int]", "len(it) == 0", "it.length === 0", "!it.length"),
        ("dict[str, int]", "len(it) != 0", "it.size !== 0", "it.size"),
        ("str", "len(it) > 0", "it.length > 0", "it.length"),
        ("bytes", "not len(it) > 0", "!(it.length > 0)", "!it.length"),
    ],
)
def test_what_is_empty_or_zero_is_only_asked_for(kind: str, condition: str, plain: str, small: str) -> None:
    assert conditions(kind, condition) == (plain, small)


@pytest.mark.parametrize(
    ("kind", "condition"),
    [
        ("str | None", "it == ''"),
        ("int | None", "it != 0"),
        ("float", "it == 0"),
        ("float", "it != 0.0"),
        ("int", "it > 0"),
        ("int", "it == 1"),
        ("str", "it == '0'"),
        ("list[int]", "len(it) > 1"),
        ("list[int]", "len(it) >= 0"),
        ("Thing", "len(it) > 0"),
    ],
)
def test_all_else_is_compared(kind: str, condition: str) -> None:
    plain, small = conditions(kind, condition)
    assert re.search(r"[=><]", small), small
    assert re.sub(r"\b\w\b", "x", small) == re.sub(r"\b\w\b", "x", plain) or "__len__" in plain


def small(body: str) -> str:
    code = compile_text(f"{HEAD}def asked(it: Thing | None, text: str, flag: bool) -> object:\n    {body}\n").small
    return code[code.index("asked") :]


def test_everywhere_that_only_the_truth_counts() -> None:
    assert "return it ? 1 : 2" in small("return 1 if it is not None else 2")
    assert "while (text && !it)" in small("while text != '' and it is None:\n        flag = False\n    return flag")
    assert "if ((it && flag) || text)" in small(
        "if (it is not None and flag) or text != '':\n        return 1\n    return 2"
    )
    assert "return !(it && flag)" in small("return not (it is not None and flag)")
    assert "if (!it) {" in small("if not (it is not None):\n        return 1\n    return 2")


def test_a_value_stays_a_bool() -> None:
    assert "return it !== null;" in small("return it is not None")
    assert "return it === null || flag;" in small("return it is None or flag")
    assert "return [it !== null && flag];" in small("return [it is not None and flag]")
    assert 'take(text !== "")' in small("return take(text != '')\n\ndef take(it: bool) -> bool:\n    return it")


def test_what_people_read_compares() -> None:
    module = compile_text(f"{HEAD}def asked(it: Thing | None) -> int:\n    return 1 if not (it is None) else 2\n")
    assert "it !== null ? 1 : 2" in module.code
    assert "it ? 1 : 2" in module.small
