"""How one place of the code is changed: mutmut's operators without the noise, and those that take a whole rule out.

Left out, by kind: sentences for people (texts with a space in them), names of codecs, and other capitals of a text.
Added: a call, an assignment, a `raise` that is not there; a check that never or always holds; an operand that is gone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import libcst as cst
from mutmut.mutation import mutators

CODECS = ("utf-8", "ascii", "latin-1", "strict", "little", "big")
Operator = tuple[type[cst.CSTNode], Callable[[Any], Iterable[cst.CSTNode]]]


def words(node: cst.SimpleString) -> Iterable[cst.CSTNode]:
    """Another text, where the text is read by a machine."""
    if not is_sentence(node) and node.raw_value not in CODECS:
        yield from list(mutators.operator_string(node))[:1]


def is_sentence(node: cst.BaseExpression) -> bool:
    if isinstance(node, cst.ConcatenatedString):
        return is_sentence(node.left) or is_sentence(node.right)
    if isinstance(node, cst.FormattedString):
        return any(isinstance(part, cst.FormattedStringText) and " " in part.value for part in node.parts)
    return isinstance(node, cst.SimpleString) and " " in node.value


def arguments(node: cst.Call) -> Iterable[cst.CSTNode]:
    """A call without one argument, or with None instead. A sentence is no such argument."""
    sentences = [arg for arg in node.args if is_sentence(arg.value)]
    for changed in mutators.operator_arg_removal(node):
        if all(any(arg is kept for kept in changed.args) for arg in sentences):
            yield changed


def no_call(node: cst.Expr) -> Iterable[cst.CSTNode]:
    called = node.value.expression if isinstance(node.value, cst.Await) else node.value
    if isinstance(called, cst.Call):
        yield cst.Pass()


def no_assignment(node: cst.Assign | cst.AnnAssign | cst.AugAssign) -> Iterable[cst.CSTNode]:
    """A name that is never set would only be a NameError."""
    target = node.targets[0].target if isinstance(node, cst.Assign) else node.target
    if isinstance(target, cst.Attribute | cst.Subscript) and node.value is not None:
        yield cst.Pass()


def nothing(node: cst.Raise | cst.Del) -> Iterable[cst.CSTNode]:
    yield cst.Pass()


def forced(test: cst.BaseExpression, held: bool) -> cst.BooleanOperation:
    inner = test.with_changes(lpar=[cst.LeftParen()], rpar=[cst.RightParen()])
    return cst.BooleanOperation(inner, cst.Or() if held else cst.And(), cst.Name(str(held)))


def check(node: cst.If) -> Iterable[cst.CSTNode]:
    yield node.with_changes(test=forced(node.test, False))
    yield node.with_changes(test=forced(node.test, True))


def filtered(node: cst.CompIf) -> Iterable[cst.CSTNode]:
    yield node.with_changes(test=forced(node.test, True))


def operand(node: cst.BooleanOperation) -> Iterable[cst.CSTNode]:
    yield node.left.with_changes(lpar=[cst.LeftParen()], rpar=[cst.RightParen()])
    yield node.right.with_changes(lpar=[cst.LeftParen()], rpar=[cst.RightParen()])


def _kept() -> list[Operator]:
    dropped = (mutators.operator_string, mutators.operator_arg_removal)
    return [(kind, operator) for kind, operator in mutators.mutation_operators if operator not in dropped]


OPERATORS: list[Operator] = [
    *_kept(),
    (cst.SimpleString, words),
    (cst.Call, arguments),
    (cst.Expr, no_call),
    (cst.Assign, no_assignment),
    (cst.AnnAssign, no_assignment),
    (cst.AugAssign, no_assignment),
    (cst.Raise, nothing),
    (cst.Del, nothing),
    (cst.If, check),
    (cst.CompIf, filtered),
    (cst.BooleanOperation, operand),
]
