"""Calls that walk: len, zip, sorted, min, sum, any, next."""

from __future__ import annotations

import ast
from typing import cast

from build.compiler import builders as b
from build.compiler.infer.iteration import iterate
from build.compiler.lower.arguments import argument_values, keyword_value, wrong
from build.compiler.lower.comprehensions import is_held_or_waits, needs_loop
from build.compiler.lower.context import Context
from build.compiler.lower.function_values import function_value
from build.compiler.lower.generator_expressions import consumed, consumed_array
from build.compiler.lower.iterables import (
    as_array,
    is_array,
    is_call_of,
    is_lazy,
    is_lenient,
    is_list_of_numbers,
    iterable,
    target_pattern,
    walked,
)
from build.compiler.lower.order import is_steady, order_shows
from build.compiler.lower.sorting import sorted_anew
from build.compiler.nodes import (
    Array,
    Arrow,
    Assign,
    Binary,
    Call,
    For,
    Id,
    If,
    Index,
    Js,
    Let,
    Lit,
    Member,
    Return,
    Spread,
)
from build.compiler.types import (
    BYTES,
    FLOAT,
    INT,
    NONE,
    STR,
    ClassT,
    DictT,
    InstanceT,
    IterT,
    ListT,
    SetT,
    TupleT,
    members,
)


def call_len(node: ast.Call, context: Context) -> Js:
    argument = node.args[0]
    kind = context.t(argument)
    viewed = (
        argument.func.value if isinstance(argument, ast.Call) and isinstance(argument.func, ast.Attribute) else None
    )
    if viewed is not None and isinstance(kind, IterT) and isinstance(context.t(viewed), DictT):
        return Member(context.expr(viewed), "size")
    if isinstance(kind, ClassT):
        return Member(iterable(argument, context), "length")
    value = context.expr(argument)
    shapes = members(kind)
    if kind == STR:
        return context.help("textLength", value)
    if all(isinstance(member, ListT | TupleT) for member in shapes) or kind == BYTES or isinstance(kind, IterT):
        return Member(value, "length")
    if all(isinstance(member, DictT | SetT) for member in shapes):
        return Member(value, "size")
    if isinstance(kind, InstanceT):
        return b.method(value, "__len__")
    return context.help("len", value)


def call_range(node: ast.Call, context: Context) -> Js:
    args = argument_values(node, context)
    if len(args) == 3:
        return context.help("rangeBy", *args)
    return context.help("range", *([Lit("0"), *args] if len(args) == 1 else args))


def call_enumerate(node: ast.Call, context: Context) -> Js:
    start = node.args[1] if len(node.args) > 1 else keyword_value(node, "start")
    source = walked(node.args[0], context)
    return context.help("enumerate", source, *([context.expr(start)] if start is not None else []))


def call_zip(node: ast.Call, context: Context) -> Js:
    strict = keyword_value(node, "strict")
    if strict is not None and not isinstance(strict, ast.Constant):
        raise wrong(node, "zip", "`strict` that is no constant", "write True or False", context)
    is_strict = isinstance(strict, ast.Constant) and strict.value is True
    sources = [walked(argument, context) for argument in node.args]
    zipped = "zipStrict" if is_strict else "zip"
    if any(_is_lone(argument, context) for argument in node.args):
        return context.help("zipClosing", context.helper(zipped), *sources)
    return context.help(zipped, *sources)


def call_itertools_chain(node: ast.Call, context: Context) -> Js:
    parts: list[Js] = []
    for argument in node.args:
        if isinstance(argument, ast.Starred):
            parts.append(Spread(_of_walked(argument.value, context)))
        else:
            parts.append(walked(argument, context))
    return context.help("chained", Array(parts))


def call_itertools_chain_from_iterable(node: ast.Call, context: Context) -> Js:
    return context.help("chained", _of_walked(node.args[0], context))


def _of_walked(node: ast.expr, context: Context) -> Js:
    """Iterables inside another: dicts among them give their keys."""
    source = walked(node, context)
    item = iterate(node, context.t(node), context.inferred)
    if not any(isinstance(member, DictT) for member in members(item)):
        return source
    it = Id(context.fresh("it"))
    return context.help("mapped", Arrow([it], b.method(it, "keys")), source)


def _is_lone(node: ast.expr, context: Context) -> bool:
    """An iterator that is made here, and that nobody else holds."""
    return is_lazy(node, context) and isinstance(node, ast.Call | ast.GeneratorExp)


def call_reversed(node: ast.Call, context: Context) -> Js:
    argument = node.args[0]
    if isinstance(argument, ast.Call) and isinstance(context.t(argument), IterT):
        return context.help("reversed", consumed_array(argument, context))
    return context.help(
        "reversed",
        iterable(argument, context)
        if is_array(argument, context) or context.t(argument) == BYTES
        else as_array(argument, context),
    )


def call_iter(node: ast.Call, context: Context) -> Js:
    return context.help("iter", iterable(node.args[0], context))


def call_next(node: ast.Call, context: Context) -> Js:
    first = node.args[0]
    kind = context.t(first)
    if isinstance(first, ast.GeneratorExp) and len(node.args) == 2 and _finds(first, node.args[1], context):
        return _find(first, node.args[1], context)
    if is_call_of(first, "iter", context) and len(node.args) == 1 and not isinstance(kind, InstanceT):
        return context.help("first", iterable(cast(ast.Call, first).args[0], context))
    value = context.expr(first)
    if isinstance(kind, InstanceT) and len(node.args) == 1:
        return b.method(value, "__next__")
    if _is_lone(first, context):
        return context.help("first" if len(node.args) == 1 else "firstOr", value, *argument_values(node, context)[1:])
    return context.help("next", value, *[context.expr(argument) for argument in node.args[1:]])


def _finds(node: ast.GeneratorExp, default: ast.expr, context: Context) -> bool:
    """`next((x for x in xs if ...), None)` is xs.find(...), if it does not show that `default` comes after it."""
    generator = node.generators[0]
    same = (
        isinstance(node.elt, ast.Name) and isinstance(generator.target, ast.Name) and node.elt.id == generator.target.id
    )
    item = context.t(node.elt)
    return (
        same
        and len(node.generators) == 1
        and len(generator.ifs) == 1
        and NONE not in members(item)
        and not needs_loop(node, context)
        and not is_lazy(generator.iter, context)
        and not order_shows(default, generator.ifs[0], context)
        and (context.is_simple(default) or is_steady(default, context))
    )


def _find(node: ast.GeneratorExp, default: ast.expr, context: Context) -> Js:
    source = as_array(node.generators[0].iter, context)
    inside = context.within(node)
    test = Arrow([target_pattern(node.generators[0].target, inside)], inside.expr(node.generators[0].ifs[0]))
    return Binary("??", b.method(source, "find", test), context.expr(default))


def call_map(node: ast.Call, context: Context) -> Js:
    function = function_value(node.args[0], context)
    return context.help("mapped", function, *[walked(argument, context) for argument in node.args[1:]])


def call_filter(node: ast.Call, context: Context) -> Js:
    return context.help("filtered", function_value(node.args[0], context), walked(node.args[1], context))


def call_sorted(node: ast.Call, context: Context) -> Js:
    item = iterate(node.args[0], context.t(node.args[0]), context.inferred)
    source = consumed(node.args[0], context, *(keyword.value for keyword in node.keywords))
    return sorted_anew(node, source, item, context)


def call_min(node: ast.Call, context: Context) -> Js:
    return _extreme("min", node, context)


def call_max(node: ast.Call, context: Context) -> Js:
    return _extreme("max", node, context)


def _extreme(name: str, node: ast.Call, context: Context) -> Js:
    key, default = keyword_value(node, "key"), keyword_value(node, "default")
    if len(node.args) > 1:
        if key is None and all(context.is_int(argument) for argument in node.args):
            return b.call(b.path(f"Math.{name}"), *argument_values(node, context))
        source: Js = Array(argument_values(node, context))
    elif len(node.keywords) == 0 and iterate(node.args[0], context.t(node.args[0]), context.inferred) == INT:
        return context.help("extremeInt", consumed_array(node.args[0], context), b.path(f"Math.{name}"))
    else:
        source = consumed(node.args[0], context, default, _called(key))
    extra = [function_value(key, context)] if key is not None else []
    if default is not None:
        extra = [*(extra or [b.NULL]), context.expr(default)]
    return context.help(name, source, *extra)


def call_sum(node: ast.Call, context: Context) -> Js:
    start = node.args[1] if len(node.args) > 1 else keyword_value(node, "start")
    kind = context.t(node)
    if FLOAT not in members(kind) and INT not in members(kind):
        raise wrong(node, "sum", f"items of type {kind}", "write a loop", context)
    looped = _summed(node.args[0], start, context)
    if looped is not None:
        return looped
    source = consumed(node.args[0], context, start)
    return context.help("sum", source, *([context.expr(start)] if start is not None else []))


def _summed(node: ast.expr, start: ast.expr | None, context: Context) -> Js | None:
    """((items, total) => { for (...) total += ...; return total; })(items, 0), of lists by an index."""
    generator = node.generators[0] if isinstance(node, ast.GeneratorExp) else None
    if not isinstance(node, ast.GeneratorExp) or generator is None or needs_loop(node, context):
        return None
    call, parts = generator.iter, generator.target.elts if isinstance(generator.target, ast.Tuple) else []
    names = all(isinstance(part, ast.Name) for part in parts)
    if len(node.generators) > 1 or not names or not isinstance(call, ast.Call):
        return None
    counts = is_call_of(call, "enumerate", context) and len(parts) == 2 and len(call.args) + len(call.keywords) == 1
    zips = is_call_of(call, "zip", context) and len(parts) == len(call.args) and is_lenient(call)
    if not (counts or zips) or not all(is_list_of_numbers(arg, context) for arg in call.args):
        return None
    given = [iterable(arg, context) for arg in call.args]
    inside = context.within(node)
    lists = [Id(context.unique("items")) for _ in given]
    total = Id(context.unique("total"))
    index = target_pattern(parts[0], inside) if counts else Id(context.unique("index"))
    assert isinstance(index, Id)
    body: list[Js] = [
        Let("const", target_pattern(part, inside), Index(items, index))
        for part, items in zip(parts[1:] if counts else parts, lists, strict=True)
    ]
    adds: Js = b.do(Assign("+=", total, inside.expr(node.elt)))
    for test in reversed(generator.ifs):
        adds = If(inside.expr(test), [adds], [])
    more: list[Js] = [Binary("<", index, Member(items, "length")) for items in lists]
    loop = For([Let("let", index, Lit("0"))], b.all_of(more), Id(f"{index.name}++"), [*body, adds])
    first = context.expr(start) if start is not None else Lit("0")
    return Call(Arrow([*lists, total], [loop, Return(total)]), [*given, first])


def call_any(node: ast.Call, context: Context) -> Js:
    return _quantifier("some", "includes", node, context)


def call_all(node: ast.Call, context: Context) -> Js:
    return _quantifier("every", "includes", node, context)


def _quantifier(name: str, plain: str, node: ast.Call, context: Context) -> Js:
    argument = node.args[0]
    if isinstance(argument, ast.GeneratorExp) and not is_held_or_waits(argument, context):
        return _quantified(name, argument, 0, context)
    if is_lazy(argument, context) and not isinstance(argument, ast.GeneratorExp):
        return context.help(name, walked(argument, context), Arrow([Id("it")], Id("it")))
    array = consumed_array(argument, context)
    found = b.method(array, plain, b.TRUE if name == "some" else b.FALSE)
    return found if name == "some" else b.negate(found)


def _quantified(name: str, node: ast.GeneratorExp, index: int, context: Context) -> Js:
    """any(...) as some, all(...) as every, one level per `for`."""
    generator = node.generators[index]
    lazy = is_lazy(generator.iter, context)
    source = walked(generator.iter, context) if lazy else as_array(generator.iter, context)
    inside = context.within(node)
    last = index == len(node.generators) - 1
    body = inside.expr(node.elt) if last else _quantified(name, node, index + 1, inside)
    for test in reversed(generator.ifs):
        condition = inside.expr(test)
        body = Binary("&&", condition, body) if name == "some" else Binary("||", b.negate(condition), body)
    taker = Arrow([target_pattern(generator.target, inside)], body)
    return context.help(name, source, taker) if lazy else b.method(source, name, taker)


def _called(key: ast.expr | None) -> ast.expr | None:
    """What a key function does when it is asked."""
    return key if key is None else key.body if isinstance(key, ast.Lambda) else ast.Call(key, [], [])
