"""What is known about ints without running the program: signs, and how many bits they take."""

from __future__ import annotations

import ast
from dataclasses import replace

from build.compiler.lower.context import Context
from build.compiler.scopes.scope import Local, Scope, Use
from build.compiler.symbols import Variable
from build.compiler.types import BYTES, INT, BuiltinT

UNKNOWN = 99
WORD = 32
NATURAL = ("len", "ord", "abs")


def is_nonnegative(node: ast.expr, context: Context) -> bool:
    """Is this int known to be zero or more?"""
    return _is_at_least(node, 0, context)


def is_positive(node: ast.expr, context: Context) -> bool:
    """Is this int known to be more than zero?"""
    return _is_at_least(node, 1, context)


def _is_at_least(node: ast.expr, least: int, context: Context) -> bool:
    """`least` is 0 or 1."""
    if isinstance(node, ast.Constant):
        return type(node.value) is int and node.value >= least
    if isinstance(node, ast.Name):
        return _name_at_least(node.id, least, context)
    if isinstance(node, ast.IfExp):
        return _is_at_least(node.body, least, context) and _is_at_least(node.orelse, least, context)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        return _call_at_least(node, node.func.id, least, context)
    if isinstance(node, ast.Subscript):
        return least == 0 and context.t(node.value) == BYTES
    return isinstance(node, ast.BinOp) and _result_at_least(node.left, node.op, node.right, least, context)


def _call_at_least(node: ast.Call, name: str, least: int, context: Context) -> bool:
    if not isinstance(context.t(node.func), BuiltinT) or len(node.keywords) > 0:
        return False
    if name == "max":
        return len(node.args) > 1 and any(_is_at_least(item, least, context) for item in node.args)
    if name == "min":
        return len(node.args) > 1 and all(_is_at_least(item, least, context) for item in node.args)
    return least == 0 and name in NATURAL and context.t(node) == INT


def _result_at_least(left: ast.expr, op: ast.operator, right: ast.expr, least: int, context: Context) -> bool:
    if isinstance(op, ast.Pow | ast.LShift):
        return _is_at_least(left, least, context)
    if isinstance(op, ast.Mod):
        return least == 0 and is_nonnegative(right, context)  # by zero it raises
    if isinstance(op, ast.BitAnd):
        return least == 0 and (is_nonnegative(left, context) or is_nonnegative(right, context))
    if isinstance(op, ast.Mult):
        return _is_at_least(left, least, context) and _is_at_least(right, least, context)
    if isinstance(op, ast.Sub) and isinstance(right, ast.Constant) and right.value == 1:
        return least == 0 and is_positive(left, context)
    if isinstance(op, ast.Sub) or not (is_nonnegative(left, context) and is_nonnegative(right, context)):
        return False
    grows = isinstance(op, ast.Add | ast.BitOr)
    return least == 0 or (grows and (is_positive(left, context) or is_positive(right, context)))


# Names

def module_constant(name: str, context: Context) -> ast.expr | None:
    """The value of a module's constant, of this module or an imported one."""
    known = context.program.modules.resolve(context.module, name) if context.scope.find(name) is None else None
    return known.value if isinstance(known, Variable) and known.assignments == 1 else None


def _name_at_least(name: str, least: int, context: Context) -> bool:
    found = context.scope.find(name)
    if found is None:
        value = module_constant(name, context)
        return value is not None and _is_written_out(value) and _is_at_least(value, least, context)
    local, scope = found
    if local in context.positive:
        return True
    if local in context.assumed:
        return least == 0
    if local.kind == "param" or least > 0:
        return False
    return _local_is_natural(local, scope, context)


def _local_is_natural(local: Local, scope: Scope, context: Context) -> bool:
    """Does every assignment give zero or more, when the ones before did?"""
    there = replace(context, scope=scope, positive=frozenset(), assumed=context.assumed | {local})
    if local.kind == "comp":
        generators = scope.node.generators  # type: ignore[attr-defined]
        return any(_takes(item.target, local) and _counts(item, there) for item in generators)
    return all(_stores_natural(use, local, there) for use in local.uses if use.how != "load")


def _stores_natural(use: Use, local: Local, context: Context) -> bool:
    node = use.path[-1].statement if len(use.path) > 0 and not use.inner and use.how != "walrus" else None
    if isinstance(node, ast.AugAssign):
        return _result_at_least(node.target, node.op, node.value, 0, context)
    if isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name):
        return is_nonnegative(node.value, context)
    if isinstance(node, ast.AnnAssign):
        return node.value is not None and is_nonnegative(node.value, context)
    return isinstance(node, ast.For) and _takes(node.target, local) and _counts(node, context)


def _counts(node: ast.For | ast.comprehension, context: Context) -> bool:
    """Does the first target of this loop count upwards from zero or more, or take bytes?"""
    call = node.iter
    if context.t(call) == BYTES:
        return isinstance(node.target, ast.Name)
    callee = context.t(call.func) if isinstance(call, ast.Call) else None
    if not isinstance(call, ast.Call) or not isinstance(callee, BuiltinT) or len(call.keywords) > 0:
        return False
    if callee.name == "enumerate":
        return isinstance(node.target, ast.Tuple) and len(call.args) == 1
    if callee.name != "range" or not isinstance(node.target, ast.Name) or len(call.args) == 0:
        return False
    steps = len(call.args) < 3 or is_nonnegative(call.args[2], context)
    return steps and (len(call.args) == 1 or is_nonnegative(call.args[0], context))


# Conditions

def positive_where(test: ast.expr, context: Context) -> frozenset[Local]:
    """The locals that are more than zero where this condition holds: more than what is not negative."""
    if isinstance(test, ast.BoolOp) and isinstance(test.op, ast.And):
        return frozenset(local for part in test.values for local in positive_where(part, context))
    if not isinstance(test, ast.Compare):
        return frozenset()
    values = [test.left, *test.comparators]
    found: set[Local] = set()
    for left, op, right in zip(values, test.ops, test.comparators, strict=False):
        few, many = (left, right) if isinstance(op, ast.Lt) else (right, left)
        local = _own_local(many, context) if isinstance(op, ast.Lt | ast.Gt) else None
        if local is not None and context.is_int(many) and context.is_int(few) and is_nonnegative(few, context):
            found.add(local)
    return frozenset(found)


def _own_local(node: ast.expr, context: Context) -> Local | None:
    """The local of this scope that a name is, if no function inside stores it, nor an expression."""
    local = context.scope.locals.get(node.id) if isinstance(node, ast.Name) else None
    stored = local is not None and any(use.how == "walrus" or (use.inner and use.how != "load") for use in local.uses)
    return None if stored else local


# Bits

def is_small(node: ast.expr, context: Context) -> bool:
    """Is this int known to lie in 0 .. 2**31 - 1, where JavaScript's bit operators agree with Python's?"""
    return bits(node, context) <= 31


def bits(node: ast.expr, context: Context) -> int:
    """How many bits hold this non-negative int; UNKNOWN when that is not known."""
    if isinstance(node, ast.Name):
        return _name_bits(node.id, context)
    if isinstance(node, ast.Constant) and type(node.value) is int and node.value >= 0:
        return node.value.bit_length()
    if isinstance(node, ast.Subscript) and context.t(node.value) == BYTES:
        return 8
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "ord":
        return 21
    if isinstance(node, ast.BinOp):
        return _bits_of(node.op, bits(node.left, context), bits(node.right, context), node.right)
    if isinstance(node, ast.IfExp):
        return max(bits(node.body, context), bits(node.orelse, context))
    return UNKNOWN


def _name_bits(name: str, context: Context) -> int:
    """Of a local no more is asked than whether it is a word of 32 bits, wherever it is assigned."""
    found = context.scope.find(name)
    if found is None:
        value = module_constant(name, context)
        return bits(value, context) if isinstance(value, ast.Constant) else UNKNOWN
    local, scope = found
    if local in context.words:
        return WORD
    if local.kind in ("param", "comp"):
        return UNKNOWN
    there = replace(context, scope=scope, words=context.words | {local})
    return WORD if all(_stores_word(use, there) for use in local.uses if use.how != "load") else UNKNOWN


def _stores_word(use: Use, context: Context) -> bool:
    node = use.path[-1].statement if len(use.path) > 0 and not use.inner and use.how != "walrus" else None
    if isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name):
        return bits(node.value, context) <= WORD
    return isinstance(node, ast.AnnAssign) and node.value is not None and bits(node.value, context) <= WORD


def _bits_of(op: ast.operator, left: int, right: int, count: ast.expr) -> int:
    if isinstance(op, ast.BitAnd):
        return min(left, right)
    if isinstance(op, ast.BitOr | ast.BitXor):
        return max(left, right)
    if isinstance(op, ast.Mod) and isinstance(count, ast.Constant) and type(count.value) is int and count.value > 0:
        return (count.value - 1).bit_length()
    if isinstance(op, ast.Add):
        return max(left, right) + 1
    if isinstance(count, ast.Constant) and type(count.value) is int and count.value >= 0:
        if isinstance(op, ast.LShift):
            return left + count.value
        if isinstance(op, ast.RShift):
            return max(0, left - count.value) if left < UNKNOWN else UNKNOWN
    return UNKNOWN


def _takes(target: ast.expr, local: Local) -> bool:
    """Is this name the target of a loop, or the first of its targets?"""
    first = target.elts[0] if isinstance(target, ast.Tuple) else target
    return isinstance(first, ast.Name) and first.id == local.name


def _is_written_out(value: ast.expr) -> bool:
    """Does it say the same in every module?"""
    return not any(isinstance(part, ast.Name) for part in ast.walk(value))
