"""The phases are functions found by their folder: each node has one, in each phase that needs it."""

from __future__ import annotations

import ast
from collections import Counter
from dataclasses import FrozenInstanceError
from pathlib import Path
from typing import cast

import pytest

from build.compiler import nodes
from build.compiler.check.context import Context
from build.compiler.errors import Reporter
from build.compiler.infer import Inferred
from build.compiler.infer.signatures import SIMPLE
from build.compiler.lower.context import Context as Lowering
from build.compiler.tables import tables

COMPILER = Path(__file__).resolve().parents[2] / "build" / "compiler"
PHASES = ("check", "infer", "lower", "printing")
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


@pytest.mark.parametrize("context", [Context, Inferred, Lowering])
def test_a_place_is_handed_down_and_never_changed(context: type) -> None:
    made = cast(Context, object.__new__(context))
    with pytest.raises(FrozenInstanceError):
        made.report = Reporter("a.py", "")  # type: ignore[misc]


def test_no_phase_is_a_class_upon_classes() -> None:
    for path in COMPILER.rglob("*.py"):
        tree = ast.parse(path.read_text("utf-8"))
        layers = [node for node in ast.walk(tree) if isinstance(node, ast.Raise) and _is_layer(node)]
        assert layers == [], f"{path}: a method that another class must give"


def _is_layer(node: ast.Raise) -> bool:
    return node.exc is not None and "NotImplementedError" in ast.unparse(node.exc)
