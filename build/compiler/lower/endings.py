"""Does control ever reach the end of some statements?"""

from __future__ import annotations

import ast

from build.compiler.infer import Inferred
from build.compiler.infer.managers import may_swallow


def always_leaves(body: list[ast.stmt], inferred: Inferred) -> bool:
    """Does each way through these statements return or raise?"""
    if len(body) == 0:
        return False
    last = body[-1]
    if isinstance(last, ast.Return | ast.Raise):
        return True
    if isinstance(last, ast.If):
        return always_leaves(last.body, inferred) and always_leaves(last.orelse, inferred)
    if isinstance(last, ast.For | ast.While) and len(last.orelse) > 0 and not breaks(last.body):
        return always_leaves(last.orelse, inferred)
    if isinstance(last, ast.While):
        forever = isinstance(last.test, ast.Constant) and last.test.value is True
        return forever and not any(isinstance(node, ast.Break) for node in ast.walk(last))
    if isinstance(last, ast.With | ast.AsyncWith):
        return always_leaves(last.body, inferred) and not may_swallow(last, inferred)
    if isinstance(last, ast.Match):
        return last in inferred.exhaustive and all(always_leaves(case.body, inferred) for case in last.cases)
    return isinstance(last, ast.Try) and _try_leaves(last, inferred)


def breaks(body: list[ast.stmt]) -> bool:
    """May one of these statements end the loop around them? Not the loops inside, but what stands in their `else`."""
    return any(_jumps(statement, ast.Break) for statement in body)


def continues(body: list[ast.stmt]) -> bool:
    """May one of these statements begin the next turn of the loop around them?"""
    return any(_jumps(statement, ast.Continue) for statement in body)


def _jumps(node: ast.AST, jump: type[ast.stmt]) -> bool:
    if isinstance(node, ast.For | ast.While):
        return any(_jumps(statement, jump) for statement in node.orelse)
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.expr):
        return False
    return isinstance(node, jump) or any(_jumps(part, jump) for part in ast.iter_child_nodes(node))


def may_leave(body: list[ast.stmt]) -> bool:
    """Can the loop end before its iterator does? Whatever it calls may raise, and who walks a generator may stop."""
    ways = (ast.Break, ast.Return, ast.Raise, ast.Call, ast.Subscript, ast.Div, ast.Yield, ast.YieldFrom)
    return any(isinstance(node, ways) for statement in body for node in ast.walk(statement))


def _try_leaves(node: ast.Try, inferred: Inferred) -> bool:
    if always_leaves(node.finalbody, inferred):
        return True
    main = always_leaves(node.orelse if len(node.orelse) > 0 else node.body, inferred)
    return main and all(always_leaves(handler.body, inferred) for handler in node.handlers)


def may_stop(node: ast.AST) -> bool:
    """Does it, or a function inside it, say what raises StopIteration?"""
    return any(_stops(inner) for inner in ast.walk(node))


def _stops(node: ast.AST) -> bool:
    if isinstance(node, ast.Raise):
        return "StopIteration" in ast.dump(node)
    return isinstance(node, ast.Call) and len(node.args) == 1 and ast.unparse(node.func) == "next"
