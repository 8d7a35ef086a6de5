"""The phases are functions found by their folder: each node has one, in each phase that needs it."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Callable
from dataclasses import FrozenInstanceError
from importlib import import_module
from inspect import Parameter, signature
from pathlib import Path

import pytest

from build.compiler import nodes
from build.compiler.infer.signatures import SIMPLE
from build.compiler.tables import tables

pytestmark = pytest.mark.no_cover

COMPILER = Path(__file__).resolve().parents[2] / "build" / "compiler"
PHASES = ("check", "infer", "lower", "patterns", "printing", "scopes")
PREFIXES = ("visit_", "call_", "on_")


def test_no_two_modules_of_a_phase_hold_one_node() -> None:
    for phase in PHASES:
        names = Counter(
            name
            for path in (COMPILER / phase).glob("*.py")
            for node in ast.parse(path.read_text("utf-8")).body
            for name in _defined(node)
            if name.startswith(PREFIXES)
        )
        assert [name for name, count in names.items() if count > 1] == []
        assert len(names) > 10


def _defined(node: ast.stmt) -> list[str]:
    if isinstance(node, ast.FunctionDef):
        return [node.name]
    targets = node.targets if isinstance(node, ast.Assign) else []
    return [target.id for target in targets if isinstance(target, ast.Name)]


def test_what_has_a_type_is_lowered() -> None:
    inferred, lowered = tables("build.compiler.infer"), tables("build.compiler.lower")
    assert set(inferred.visits) - {ast.Starred} == set(lowered.visits) - {ast.Pass}
    simple = {name.replace(".", "_") for name in SIMPLE}
    assert set(lowered.calls) - simple <= set(inferred.calls)
    assert set(inferred.calls) - set(lowered.calls) == {"re_compile"}, "patterns are constants of their own"


def test_each_javascript_node_is_printed() -> None:
    kinds = {kind for kind in vars(nodes).values() if isinstance(kind, type) and issubclass(kind, nodes.Js)}
    assert kinds - {nodes.Js} == set(tables("build.compiler.printing", nodes).visits)


@pytest.mark.parametrize("phase", PHASES)
def test_a_place_is_handed_down_and_never_changed(phase: str) -> None:
    context = import_module(f"build.compiler.{phase}.context").Context
    made = object.__new__(context)
    with pytest.raises(FrozenInstanceError):
        setattr(made, next(iter(context.__dataclass_fields__)), None)


def test_each_function_of_a_table_is_given_its_node_and_where_it_stands() -> None:
    for phase in PHASES:
        for visit in _of_tables(phase):
            names = [name for name, given in signature(visit).parameters.items() if given.default is Parameter.empty]
            assert names[-1] == "context", f"{phase}: {visit.__name__}{signature(visit)}"
            assert 2 <= len(names) <= 3, f"{phase}: {visit.__name__}{signature(visit)}"


def _of_tables(phase: str) -> list[Callable[..., object]]:
    kinds = {"printing": nodes, "patterns": import_module("re._constants")}
    found = tables(f"build.compiler.{phase}", kinds.get(phase, ast))
    return [*found.visits.values(), *found.calls.values(), *found.occasions.values()]


def test_no_phase_is_a_class_upon_classes() -> None:
    """A class of theirs holds data: it derives from none of ours, nor from a walker whose methods it fills in."""
    for phase in PHASES:
        for path in (COMPILER / phase).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                bases = [ast.unparse(base) for base in node.bases] if isinstance(node, ast.ClassDef) else []
                assert set(bases) <= {"Exception"}, f"{path.name}: {bases}"


def test_nothing_is_put_back_by_hand() -> None:
    found = {path.name: put_back(path.read_text("utf-8")) for path in COMPILER.rglob("*.py")}
    assert {name: texts for name, texts in found.items() if len(texts) > 0} == {}


SWAPPED = """
def f(self, scope):
    outside, self.scope = self.scope, scope
    self.visit()
    self.scope = outside
"""
SAVED = """
def f(context):
    before = context.copy()
    context.walk()
    context.way.flow = before
"""
COUNTED = """
def f(self):
    self.depth += 1
    self.visit()
    self.depth -= 1
"""
STACKED = """
def f(self):
    self.inside.append("a repeat")
    self.visit()
    self.inside.pop()
"""


@pytest.mark.parametrize("text", [SWAPPED, SAVED, COUNTED, STACKED], ids=["swapped", "saved", "counted", "stacked"])
def test_what_is_put_back_is_seen(text: str) -> None:
    assert len(put_back(text)) == 1


def put_back(text: str) -> list[str]:
    """Attributes that a function changes for a while: saved and stored again, up and down, pushed and popped."""
    functions = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef)]
    return [place for function in functions for place in (*_stored_again(function), *_undone(function))]


def _stored_again(function: ast.FunctionDef) -> list[str]:
    pairs = [pair for node in ast.walk(function) if isinstance(node, ast.Assign) for pair in _pairs(node)]
    saved = {name.id: value for name, value in pairs if isinstance(name, ast.Name) and _is_saved(value)}
    again = [(place, value) for place, value in pairs if isinstance(place, ast.Attribute)]
    same = [(place, saved[value.id]) for place, value in again if isinstance(value, ast.Name) and value.id in saved]
    return [ast.unparse(place) for place, kept in same if ast.unparse(kept) in (ast.unparse(place), "context.copy()")]


def _is_saved(value: ast.expr) -> bool:
    return isinstance(value, ast.Attribute) or ast.unparse(value) == "context.copy()"


def _pairs(node: ast.Assign) -> list[tuple[ast.expr, ast.expr]]:
    target = node.targets[0]
    if isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
        return list(zip(target.elts, node.value.elts, strict=False))
    return [(target, node.value)]


def _undone(function: ast.FunctionDef) -> list[str]:
    steps = [node for node in ast.walk(function) if isinstance(node, ast.AugAssign)]
    up, down = ({ast.unparse(node.target) for node in steps if isinstance(node.op, op)} for op in (ast.Add, ast.Sub))
    calls = [
        (node.func, len(node.args), node.lineno)
        for node in ast.walk(function)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    ]
    pushed = {ast.unparse(func.value): line for func, count, line in calls if (func.attr, count) == ("append", 1)}
    popped = {ast.unparse(func.value): line for func, count, line in calls if (func.attr, count) == ("pop", 0)}
    stacked = [place for place in pushed.keys() & popped.keys() if pushed[place] < popped[place]]
    return [place for place in (*(up & down), *stacked) if "." in place]
