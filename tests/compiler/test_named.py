"""Whatever Python has is taken or refused by name, never passed over: each kind of node, each built-in name."""

from __future__ import annotations

import ast
import builtins
import re

import pytest

from build.compiler.catalogue import CATALOGUE
from build.compiler.check import check_module
from build.compiler.errors import Reporter
from tests.compiler.samples import refusals
from tests.compiler.test_refusals import FOLDERS

HEAD = "from __future__ import annotations\n\n"
# A program with each kind of node, and with which code it is refused.
KINDS: dict[str, tuple[str, str]] = {
    "FunctionDef": ("def f() -> None: ...", ""),
    "AsyncFunctionDef": ("async def f() -> None: ...", ""),
    "ClassDef": ("class C: ...", ""),
    "Return": ("def f() -> int:\n    return 1", ""),
    "Delete": ("x = [1]\ndel x[0]", ""),
    "Assign": ("x = 1", ""),
    "AugAssign": ("def f(x: int) -> None:\n    x += 1", ""),
    "AnnAssign": ("x: int = 1", ""),
    "For": ("for x in [1]:\n    print(x)", ""),
    "AsyncFor": ("async def f() -> None:\n    async for x in y:\n        pass", "CW035"),
    "While": ("while len([1]) > 1:\n    break", ""),
    "If": ("if len([1]) > 1:\n    print(1)", ""),
    "With": ("def f() -> None:\n    with 1:\n        pass", "CW053"),
    "AsyncWith": ("async def f() -> None:\n    async with 1:\n        pass", "CW053"),
    "Match": ("def f(x: int) -> None:\n    match x:\n        case 1:\n            print(x)", ""),
    "Raise": ('raise ValueError("x")', ""),
    "Try": ("try:\n    print(1)\nexcept ValueError:\n    print(2)", ""),
    "TryStar": ("try:\n    print(1)\nexcept* ValueError:\n    print(2)", "CW034"),
    "Assert": ("assert True", "CW033"),
    "Import": ("import json", ""),
    "ImportFrom": ("from json import dumps", ""),
    "Global": ("def f() -> None:\n    global x", "CW022"),
    "Nonlocal": ("def f() -> None:\n    x = 1\n\n    def g() -> None:\n        nonlocal x\n        x = 2\n    g()", ""),
    "Expr": ("print(1)", ""),
    "Pass": ("class C:\n    pass", ""),
    "Break": ("for x in [1]:\n    break", ""),
    "Continue": ("for x in [1]:\n    continue", ""),
    "TypeAlias": ("type X = int", "CW034"),
    "BoolOp": ("x = True and False", ""),
    "NamedExpr": ("def f() -> None:\n    print(x := 1)", ""),
    "BinOp": ("x = 1 + 2", ""),
    "UnaryOp": ("x = -1", ""),
    "Lambda": ("x = lambda: 1", ""),
    "IfExp": ("x = 1 if len([1]) > 1 else 2", ""),
    "Dict": ("x = {1: 2}", ""),
    "Set": ("x = {1}", ""),
    "ListComp": ("x = [y for y in [1]]", ""),
    "SetComp": ("x = {y for y in [1]}", ""),
    "DictComp": ("x = {y: y for y in [1]}", ""),
    "GeneratorExp": ("x = sum(y for y in [1])", ""),
    "Await": ("async def f() -> None: ...\nasync def g() -> None:\n    await f()", ""),
    "Yield": ("from collections.abc import Iterator\ndef f() -> Iterator[int]:\n    yield 1", ""),
    "YieldFrom": ("from collections.abc import Iterator\ndef f() -> Iterator[int]:\n    yield from [1]", ""),
    "Compare": ("x = 1 < 2", ""),
    "Call": ("print()", ""),
    "FormattedValue": ("def f(x: int) -> str:\n    return f'{x}'", ""),
    "JoinedStr": ("def f(x: int) -> str:\n    return f'{x}'", ""),
    "TemplateStr": ("x = t'{1}'", "CW034"),
    "Interpolation": ("x = t'{1}'", "CW034"),
    "Constant": ("x = None", ""),
    "Attribute": ("import math\nx = math.pi", ""),
    "Subscript": ("x = [1][0]", ""),
    "Starred": ("x = [*[1]]", ""),
    "Name": ("x = 1\nprint(x)", ""),
    "List": ("x = [1]", ""),
    "Tuple": ("x = 1, 2", ""),
    "Slice": ("x = [1][0:1]", ""),
    "MatchValue": ("def f(x: int) -> None:\n    match x:\n        case 1:\n            print(x)", ""),
    "MatchSingleton": ("def f(x: int | None) -> None:\n    match x:\n        case None:\n            print(1)", ""),
    "MatchSequence": ("def f(x: list[int]) -> None:\n    match x:\n        case [y]:\n            print(y)", ""),
    "MatchMapping": ("def f(x: dict[int, int]) -> None:\n    match x:\n        case {1: y}:\n            print(y)", ""),
    "MatchClass": ("def f(x: int | str) -> None:\n    match x:\n        case int():\n            print(1)", ""),
    "MatchStar": ("def f(x: list[int]) -> None:\n    match x:\n        case [*y]:\n            print(y)", ""),
    "MatchAs": ("def f(x: int) -> None:\n    match x:\n        case y:\n            print(y)", ""),
    "MatchOr": ("def f(x: int) -> None:\n    match x:\n        case 1 | 2:\n            print(1)", ""),
    "TypeVar": ("def f[T](x: T) -> None: ...", "CW034"),
    "ParamSpec": ("def f[**P]() -> None: ...", "CW034"),
    "TypeVarTuple": ("class C[*T]: ...", "CW034"),
    "MatMult": ("def f(x: int) -> None:\n    x @= 1", "CW034"),
}
FAMILIES = [ast.stmt, ast.expr, ast.pattern, *([ast.type_param] if hasattr(ast, "type_param") else [])]
# The parser makes none of these any more.
GONE = {"Num", "Str", "Bytes", "NameConstant", "Ellipsis"}
NODES = sorted({kind.__name__ for family in FAMILIES for kind in family.__subclasses__()} - GONE | {"MatMult"})


@pytest.mark.parametrize("kind", NODES)
def test_each_kind_of_node_is_taken_or_refused_by_name(kind: str) -> None:
    text, code = KINDS[kind]
    assert any(type(node).__name__ == kind for node in ast.walk(ast.parse(text)))
    said = refusals(f"{HEAD}{text}\n")
    assert "CW099" not in said
    assert (code in said) if code != "" else said == ""


@pytest.mark.parametrize("name", sorted(set(dir(builtins)) - {"None", "True", "False", "_"}))
def test_each_name_that_is_built_in_is_taken_or_refused_by_name(name: str) -> None:
    """As a value: called, many more are taken."""
    codes = set(re.findall(r"CW\d{3}", refusals(f"{HEAD}def f() -> None:\n    print({name} is None)\n")))
    assert codes <= {"CW036", "CW064", "CW071", "CW073"}, codes


def test_a_name_of_ones_own_may_be_that_of_what_is_refused() -> None:
    assert refusals(f"{HEAD}def f(id: str, input: int) -> str:\n    hash = id\n    return hash * input\n") == ""
    assert refusals(f"{HEAD}def open(x: int) -> int:\n    return x\n\nprint(open(1))\n") == ""


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("def f() -> None:\n    while [lambda: (1 @ 2)][0]:\n        {1: {2j}}\n", ["`@`", "a complex number"]),
        ("x: Literal[2j] = 1 @ 2\n", ["`@`"]),
    ],
)
def test_what_a_node_holds_is_looked_into_and_no_annotation(text: str, said: list[str]) -> None:
    """Also where nobody asks for this kind of node."""
    report = Reporter("a.py", "")
    check_module(ast.parse(f"{HEAD}{text}"), report, ["a"])
    assert [found.message.split(" is ")[0] for found in report.found] == said


@pytest.mark.parametrize("code", sorted(CATALOGUE.keys() - {"CW001"}))
def test_each_code_says_what_to_write_instead(code: str) -> None:
    """What is no Python at all is for CPython to explain."""
    assert CATALOGUE[code][1] != ""


def test_each_sample_says_what_to_write_instead() -> None:
    for folder in FOLDERS:
        said = (folder / "expected.txt").read_text("utf-8")
        for block in re.split(r"^(?=widget/)", said, flags=re.M)[1:]:
            lines = [line for line in block.rstrip("\n").split("\n") if line.startswith("    ")]
            assert len(lines) == 3, f"{folder.name}: {block}"
            assert re.search("[a-z]", lines[-1]) is not None, f"{folder.name}: {block}"
