"""Comprehensions: map and filter where that means the same, loops elsewhere."""

from __future__ import annotations

import ast

from build.compiler import builders as b
from build.compiler.infer.iteration import iterate
from build.compiler.lower.context import Context
from build.compiler.lower.iterables import (
    Comprehension,
    as_array,
    is_array,
    is_call_of,
    is_lazy,
    iterable,
    target_pattern,
    walked,
)
from build.compiler.lower.keys import as_keys, as_pairs, key_value
from build.compiler.lower.order import is_steady, order_shows
from build.compiler.nodes import Array, Arrow, Await, Call, Cond, ForOf, Id, If, Js, Let, New, Return, Spread
from build.compiler.scopes.bindings import bound_inside
from build.compiler.types import TupleT

# Choosing a shape

def needs_loop(node: Comprehension, context: Context) -> bool:
    """What `:=` binds for one item must not be bound for the next before this one is used up."""
    return len(bound_inside(node)) > 0 or is_held_or_waits(node, context)


def is_held_or_waits(node: Comprehension, context: Context) -> bool:
    """Awaits, yields and captured variables need a real loop."""
    if any(isinstance(item, ast.Await) for item in ast.walk(node)):
        return True
    scope = context.scopes.of[node]
    return any(local.captured for local in scope.locals.values())


def _takes_turns(node: Comprehension, context: Context) -> bool:
    """Does it show that an iterator goes on only when the item before has been used?"""
    first, *others = node.generators
    if not any(is_lazy(generator.iter, context) for generator in node.generators) or len(first.ifs) + len(others) == 0:
        return False
    inside = context.within(node)
    elements = [node.key, node.value] if isinstance(node, ast.DictComp) else [node.elt]
    used = [*elements, *(test for generator in node.generators for test in generator.ifs)]
    return not all(is_steady(part, inside) for part in [*used, *(generator.iter for generator in others)])


def visit_ListComp(node: ast.ListComp, context: Context) -> Js:
    return list_of(node, context)


def list_of(node: ast.ListComp | ast.GeneratorExp | ast.SetComp, context: Context) -> Js:
    """An array of the results."""
    if needs_loop(node, context) or _takes_turns(node, context):
        return _loop(node, Array([]), _push(node, context), context)
    return _chain(node, node.elt, context)


def _push(node: ast.ListComp | ast.GeneratorExp | ast.SetComp, context: Context) -> list[Js]:
    return [b.do(b.method(_result(context), "push", context.within(node).expr(node.elt)))]


def _result(context: Context) -> Id:
    return Id(context.fresh("result"))


def visit_SetComp(node: ast.SetComp, context: Context) -> Js:
    return New(Id("Set"), [as_keys(list_of(node, context), context.t(node.elt), context)])


def visit_DictComp(node: ast.DictComp, context: Context) -> Js:
    if needs_loop(node, context) or _takes_turns(node, context):
        inside = context.within(node)
        stored = b.method(_result(context), "set", key_value(node.key, inside), inside.expr(node.value))
        return _loop(node, New(Id("Map"), []), [b.do(stored)], context)
    pair = ast.Tuple([node.key, node.value], ast.Load())
    ast.copy_location(pair, node)
    return New(Id("Map"), [as_pairs(_chain(node, pair, context), context.t(node.key), context)])


def _chain(node: Comprehension, element: ast.expr, context: Context) -> Js:
    """xs.filter(...).map(...), with flatMap for nested loops and for conditions with effects."""
    counted = _enumerated(node, element, context)
    source = as_array(node.generators[0].iter if counted is None else counted, context)
    if counted is not None:
        return _with_index(node, source, element, context.within(node))
    return _level(node, 0, source, element, context.within(node))


def _enumerated(node: Comprehension, element: ast.expr, context: Context) -> ast.expr | None:
    """The list in `... for index, item in enumerate(a_list) if ...`: filter and map count by themselves.

    After a filter the index would be another: then the element must not ask for it.
    """
    generator = node.generators[0]
    call, target = generator.iter, generator.target
    if len(node.generators) > 1 or not isinstance(call, ast.Call) or not is_call_of(call, "enumerate", context):
        return None
    if not isinstance(target, ast.Tuple) or len(call.args) != 1 or len(call.keywords) > 0:
        return None
    index, item = target.elts
    if not isinstance(index, ast.Name) or not isinstance(item, ast.Name) or not is_array(call.args[0], context):
        return None
    asks = any(isinstance(part, ast.Name) and part.id == index.id for part in ast.walk(element))
    plain = len(generator.ifs) == 0 or (not asks and _may_part(generator.ifs, [element], context))
    return call.args[0] if plain else None


def _with_index(node: Comprehension, source: Js, element: ast.expr, context: Context) -> Js:
    generator = node.generators[0]
    assert isinstance(generator.target, ast.Tuple)
    index, item = (target_pattern(name, context) for name in generator.target.elts)
    if len(generator.ifs) == 0:
        return b.method(source, "map", Arrow([item, index], context.expr(element)))
    tests = b.all_of([context.expr(test) for test in generator.ifs])
    kept = b.method(source, "filter", Arrow([item, index], tests))
    if isinstance(element, ast.Name) and context.js_name(element.id) == str(getattr(item, "name", "")):
        return kept
    return b.method(kept, "map", Arrow([item], context.expr(element)))


def _level(node: Comprehension, index: int, source: Js, element: ast.expr, context: Context) -> Js:
    generator = node.generators[index]
    param = target_pattern(generator.target, context)
    tests = [context.expr(test) for test in generator.ifs]
    last = index == len(node.generators) - 1
    if last:
        body: Js = context.expr(element)
    else:
        inner = as_array(node.generators[index + 1].iter, context)
        body = _level(node, index + 1, inner, element, context)
    rest = [element, *(part for later in node.generators[index + 1 :] for part in [later.iter, *later.ifs])]
    if len(tests) > 0 and not _may_part(generator.ifs, rest, context):
        kept = Array([body]) if last else body
        return b.method(source, "flatMap", Arrow([param], Cond(b.all_of(tests), kept, Array([]))))
    if len(tests) > 0:
        source = _filter(source, param, b.all_of(tests))
    if not last:
        return b.method(source, "flatMap", Arrow([param], body))
    if _is_the_item(element, generator, context):
        return source if len(tests) > 0 or not is_array(generator.iter, context) else b.method(source, "slice")
    if isinstance(source, Array) and len(source.items) == 1 and isinstance(source.items[0], Spread):
        return context.help("collect", source.items[0].value, Arrow([param], body))
    return b.method(source, "map", _mapping(param, body))


def _mapping(param: Js, body: Js) -> Arrow:
    """(param) => body; a function that is made there only to be called gives its statements."""
    if not isinstance(body, Call) or not isinstance(body.callee, Arrow) or not isinstance(body.callee.body, list):
        return Arrow([param], body)
    made: list[Js] = [Let("let", name, given) for name, given in zip(body.callee.params, body.args, strict=True)]
    return Arrow([param], [*made, *body.callee.body])


def _is_the_item(element: ast.expr, generator: ast.comprehension, context: Context) -> bool:
    """Is each item kept as it is: `x for x`, or `k, v for k, v` of tuples?"""
    pairs = [(element, generator.target)]
    if isinstance(element, ast.Tuple) and isinstance(generator.target, ast.Tuple):
        item = iterate(generator.iter, context.t(generator.iter), context.inferred)
        if not isinstance(item, TupleT) or len(element.elts) != len(generator.target.elts):
            return False
        pairs = list(zip(element.elts, generator.target.elts, strict=True))
    return all(isinstance(a, ast.Name) and isinstance(b, ast.Name) and a.id == b.id for a, b in pairs)


def _may_part(tests: list[ast.expr], rest: list[ast.expr], context: Context) -> bool:
    """May all conditions run before what is done with the items that they let through?"""
    return not any(_stores(test) or any(order_shows(test, part, context) for part in rest) for test in tests)


def _filter(source: Js, param: Js, test: Js) -> Js:
    return b.method(source, "filter", Arrow([param], test))


def _loop(node: Comprehension, empty: Js, body: list[Js], context: Context) -> Js:
    """(() => { const result = []; for (...) ...; return result; })()"""
    statements = nested_loops(node, body, context)
    awaits = any(isinstance(item, ast.Await) for item in ast.walk(node))
    captured = captured_names(node, context)
    whole: list[Js] = [Let("const", _result(context), empty), *captured, *statements, Return(_result(context))]
    function = Arrow([], whole, awaits)
    return Await(Call(function, [])) if awaits else Call(function, [])


def captured_names(node: Comprehension, context: Context) -> list[Js]:
    """Variables that closures keep live outside the loop: Python has one for all rounds."""
    targets = [part.target for part in node.generators if _is_held(part.target, context.within(node))]
    return [Let("let", Id(context.js_name(name))) for target in targets for name in _names(target)]


def _is_held(target: ast.expr, context: Context) -> bool:
    """Does a closure keep a variable of this `for`?"""
    return any(context.scope.locals[name].captured for name in _names(target))


def nested_loops(node: Comprehension, body: list[Js], context: Context) -> list[Js]:
    inside = context.within(node)
    walk = walked if isinstance(node, ast.GeneratorExp) else iterable
    first, *others = node.generators
    sources = [walk(first.iter, context), *(walk(generator.iter, inside) for generator in others)]
    for generator, source in reversed(list(zip(node.generators, sources, strict=True))):
        if len(generator.ifs) > 0:
            body = [If(b.all_of([inside.expr(test) for test in generator.ifs]), body, [])]
        kind = "" if _is_held(generator.target, inside) else "const"
        body = [ForOf(kind, target_pattern(generator.target, inside), source, body)]
    return body


def _names(target: ast.expr) -> list[str]:
    return [item.id for item in ast.walk(target) if isinstance(item, ast.Name)]


def _stores(node: ast.expr) -> bool:
    names = {"add", "append", "pop", "remove", "discard", "setdefault"}
    return any(isinstance(item, ast.Attribute) and item.attr in names for item in ast.walk(node))
