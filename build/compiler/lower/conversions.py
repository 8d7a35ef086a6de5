"""Calls that convert and walk: str, int, list, len, sorted, any."""

from __future__ import annotations

import ast
from typing import cast

from build.compiler import builders as b
from build.compiler.lower.order import after
from build.compiler.lower.regular import Regular
from build.compiler.nodes import Array, Arrow, Binary, Id, Js, Lit, Member, New, Spread, Unary
from build.compiler.types import (
    BOOL,
    BYTES,
    FLOAT,
    INT,
    JS,
    NONE,
    STR,
    BuiltinT,
    DictT,
    InstanceT,
    IterT,
    ListT,
    SetT,
    TupleT,
    members,
)

MATH = {
    "math.sqrt": "sqrt",
    "math.log2": "log2",
    "math.log10": "log10",
    "math.exp": "exp",
    "math.sin": "sin",
    "math.cos": "cos",
    "math.tan": "tan",
    "math.atan": "atan",
    "math.fabs": "abs",
    "math.pow": "pow",
    "math.atan2": "atan2",
}
ALWAYS_REAL = frozenset({"math.atan", "math.atan2", "math.fabs"})
ROUNDING = {"math.floor": "floor", "math.ceil": "ceil", "math.trunc": "trunc"}
VALUES = {
    "str": "str",
    "repr": "repr",
    "int": "int",
    "float": "toFloat",
    "chr": "chr",
    "ord": "ord",
    "abs": "Math.abs",
    "sorted": "sorted",
    "sum": "sum",
    "min": "min",
    "max": "max",
    "bool": "Boolean",
}


class Conversions(Regular):
    """One method per function: `_f_len` for len."""

    def builtin_call(self, name: str, node: ast.Call) -> Js:
        if name.startswith("newtype."):
            return self.expr(node.args[0])
        if name in MATH:
            function = self.helper("raised") if name == "math.pow" else b.path(f"Math.{MATH[name]}")
            if name in ALWAYS_REAL or (name == "math.sqrt" and self._is_absolute(node.args[0])):
                return b.call(function, *self._args(node))
            return self.help("real", function, *self._args(node))
        if name in ROUNDING:
            return self.rounding(ROUNDING[name], node)
        method = getattr(self, f"_f_{name.replace('.', '_')}", None)
        if method is None:
            raise self.refuse("CW036", node.func, name=name, advice="see docs/PYTHON_SUBSET.md")
        result: Js = method(node)
        return result

    def builtin_value(self, name: str, node: ast.expr) -> Js:
        if name in ("str", "repr", "int", "float", "chr", "ord", "abs", "len", "bool", "print"):
            if name == "len":
                return self.helper("len")
            if name == "abs":
                return b.path("Math.abs")
            if name == "bool":
                return Id("Boolean")
            return self.helper(VALUES.get(name, name))
        raise self.refuse("CW073", node, what=f"`{name}`", advice="call it, or write a lambda")

    def rounding(self, name: str, node: ast.Call) -> Js:
        raise NotImplementedError

    def _args(self, node: ast.Call) -> list[Js]:
        return [self.expr(argument) for argument in node.args]

    def _keyword(self, node: ast.Call, name: str) -> ast.expr | None:
        return next((keyword.value for keyword in node.keywords if keyword.arg == name), None)

    def _is_absolute(self, node: ast.expr) -> bool:
        """Is this never negative?"""
        absolute = self._calls(node, "abs") or (isinstance(node, ast.Constant) and isinstance(node.value, int | float))
        return absolute or (self.is_int(node) and self.is_nonnegative(node))

    def wrong(self, node: ast.Call, name: str, detail: str, advice: str) -> Exception:
        return self.refuse("CW068", node, name=name, detail=detail, advice=advice)

    # Conversions

    def _f_str(self, node: ast.Call) -> Js:
        if len(node.args) == 0:
            return b.text("")
        if len(node.args) > 1 or len(node.keywords) > 0:
            raise self.wrong(node, "str", "an encoding", "write data.decode()")
        return self.to_text(self.expr(node.args[0]), self.t(node.args[0]), node.args[0])

    def _f_repr(self, node: ast.Call) -> Js:
        return self.to_repr(self.expr(node.args[0]), self.t(node.args[0]), node.args[0])

    def _f_int(self, node: ast.Call) -> Js:
        if len(node.args) == 0:
            return Lit("0")
        kind = self.t(node.args[0])
        args = self._args(node)
        base = self._keyword(node, "base")
        if base is not None:
            args.append(self.expr(base))
        if kind == INT:
            return args[0]
        if kind == BOOL:
            return b.call("Number", args[0])
        if kind in (FLOAT, JS):
            return self.help("truncate", args[0])
        if kind == STR:
            return self.help("parseInteger", *args)
        return self.help("int", *args)

    def _f_float(self, node: ast.Call) -> Js:
        if len(node.args) == 0:
            return Lit("0")
        value, kind = self.expr(node.args[0]), self.t(node.args[0])
        if kind in (FLOAT, INT):
            return value
        if kind == STR:
            constant = node.args[0]
            if isinstance(constant, ast.Constant) and constant.value in ("inf", "-inf", "nan"):
                return {"inf": Id("Infinity"), "-inf": Unary("-", Id("Infinity")), "nan": Id("NaN")}[
                    str(constant.value)
                ]
            return self.help("parseFloating", value)
        return self.help("toFloat", value)

    def _f_bool(self, node: ast.Call) -> Js:
        if len(node.args) == 0:
            return b.FALSE
        value, kind = self.expr(node.args[0]), self.t(node.args[0])
        return value if kind == BOOL else b.call("Boolean", value)

    def _f_bytes(self, node: ast.Call) -> Js:
        if len(node.args) == 0:
            return New(Id("Uint8Array"), [])
        if len(node.args) > 1:
            raise self.wrong(node, "bytes", "an encoding", "write text.encode()")
        argument = node.args[0]
        kind = self.t(argument)
        if kind == INT:
            if self.is_nonnegative(argument):
                return New(Id("Uint8Array"), [self.expr(argument)])
            return self.help("zeroBytes", self.expr(argument))
        if kind == BYTES:
            return b.method(self.expr(argument), "slice")
        if isinstance(argument, ast.List) and all(self.bits(item) <= 8 for item in argument.elts):
            return b.method(Id("Uint8Array"), "of", *[self.expr(item) for item in argument.elts])
        return self.help("bytesFrom", self.consumed(argument))

    _f_bytearray = _f_bytes

    def _f_list(self, node: ast.Call) -> Js:
        if len(node.args) == 0:
            return Array([])
        argument = node.args[0]
        if isinstance(argument, ast.GeneratorExp):
            return self.list_of(argument)
        value = self.iterable(argument)
        if self._is_fresh_array(argument):
            return value
        return Array([Spread(value)])

    _f_tuple = _f_list

    def _is_fresh_array(self, node: ast.expr) -> bool:
        """Does this expression just make an array that nobody else holds?"""
        if isinstance(node, ast.ListComp | ast.List):
            return True
        if not isinstance(node, ast.Call):
            return False
        callee = self.t(node.func)
        if isinstance(callee, BuiltinT) and callee.name in ("sorted", "range", "list"):
            return True
        return isinstance(node.func, ast.Attribute) and self.t(node.func.value) == STR and node.func.attr == "split"

    def _f_set(self, node: ast.Call) -> Js:
        return New(Id("Set"), [self.consumed(node.args[0])] if len(node.args) > 0 else [])

    _f_frozenset = _f_set

    def _f_dict(self, node: ast.Call) -> Js:
        keys = [b.text(keyword.arg or "") for keyword in node.keywords]
        given = [keyword.value for keyword in node.keywords]
        values = [self.expr(value) for value in given]
        held: list[Js] = []
        source = self._pairs_of(node.args[0], given) if len(node.args) > 0 else None
        if source is not None and any(self.order_shows(node.args[0], value) for value in given):
            names = [self.temp() for _ in range(len(given) + 1)]
            held = [b.assign(name, value) for name, value in zip(names, [source, *values], strict=True)]
            source, values = names[0], list(names[1:])
        pairs: list[Js] = [Array([key, value]) for key, value in zip(keys, values, strict=True)]
        if source is None:
            return New(Id("Map"), [Array(pairs)] if len(pairs) > 0 else [])
        return after(held, New(Id("Map"), [Array([Spread(source), *pairs]) if len(pairs) > 0 else source]))

    def _pairs_of(self, argument: ast.expr, later: list[ast.expr]) -> Js:
        return self.expr(argument) if isinstance(self.t(argument), DictT) else self.consumed(argument, *later)

    def _f_dict_fromkeys(self, node: ast.Call) -> Js:
        value = self.expr(node.args[1]) if len(node.args) > 1 else b.NULL
        source = self.consumed(node.args[0], *node.args[1:])
        return self.help("fromKeys", source, value)

    # Sequences

    def _f_len(self, node: ast.Call) -> Js:
        argument = node.args[0]
        kind = self.t(argument)
        viewed = (
            argument.func.value if isinstance(argument, ast.Call) and isinstance(argument.func, ast.Attribute) else None
        )
        if viewed is not None and isinstance(kind, IterT) and isinstance(self.t(viewed), DictT):
            return Member(self.expr(viewed), "size")
        value = self.expr(argument)
        shapes = members(kind)
        if kind == STR:
            return self.help("textLength", value)
        if all(isinstance(member, ListT | TupleT) for member in shapes) or kind == BYTES or isinstance(kind, IterT):
            return Member(value, "length")
        if all(isinstance(member, DictT | SetT) for member in shapes):
            return Member(value, "size")
        if isinstance(kind, InstanceT):
            return b.method(value, "__len__")
        return self.help("len", value)

    def _f_range(self, node: ast.Call) -> Js:
        args = self._args(node)
        if len(args) == 3:
            return self.help("rangeBy", *args)
        return self.help("range", *([Lit("0"), *args] if len(args) == 1 else args))

    def _f_enumerate(self, node: ast.Call) -> Js:
        start = node.args[1] if len(node.args) > 1 else self._keyword(node, "start")
        source = self.iterable(node.args[0])
        return self.help("enumerate", source, *([self.expr(start)] if start is not None else []))

    def _f_zip(self, node: ast.Call) -> Js:
        strict = self._keyword(node, "strict")
        is_strict = isinstance(strict, ast.Constant) and strict.value is True
        return self.help("zipStrict" if is_strict else "zip", *[self.iterable(argument) for argument in node.args])

    def _f_reversed(self, node: ast.Call) -> Js:
        argument = node.args[0]
        if isinstance(argument, ast.Call) and isinstance(self.t(argument), IterT):
            return self.help("reversed", self.consumed_array(argument))
        return self.help(
            "reversed",
            self.iterable(argument)
            if self.is_array(argument) or self.t(argument) == BYTES
            else self.as_array(argument),
        )

    def _f_iter(self, node: ast.Call) -> Js:
        return self.help("iter", self.iterable(node.args[0]))

    def _f_next(self, node: ast.Call) -> Js:
        first = node.args[0]
        kind = self.t(first)
        if isinstance(first, ast.GeneratorExp) and len(node.args) == 2 and self._finds(first, node.args[1]):
            return self._find(first, node.args[1])
        if self._calls(first, "iter") and len(node.args) == 1 and not isinstance(kind, InstanceT):
            return self.help("first", self.iterable(cast(ast.Call, first).args[0]))
        value = self.expr(first)
        if isinstance(kind, InstanceT):
            return b.method(value, "__next__")
        return self.help("next", value, *[self.expr(argument) for argument in node.args[1:]])

    def _finds(self, node: ast.GeneratorExp, default: ast.expr) -> bool:
        """`next((x for x in xs if ...), None)` is xs.find(...), if it does not show that `default` comes after it."""
        generator = node.generators[0]
        same = (
            isinstance(node.elt, ast.Name)
            and isinstance(generator.target, ast.Name)
            and node.elt.id == generator.target.id
        )
        item = self.t(node.elt)
        return (
            same
            and len(node.generators) == 1
            and len(generator.ifs) == 1
            and NONE not in members(item)
            and not self._is_loop(node)
            and not self.is_lazy(generator.iter)
            and not self.order_shows(default, generator.ifs[0])
            and (self.is_simple(default) or self.is_steady(default))
        )

    def _find(self, node: ast.GeneratorExp, default: ast.expr) -> Js:
        source = self.as_array(node.generators[0].iter)
        saved = self.in_scope(node)
        found = b.method(
            source, "find", Arrow([self.pattern(node.generators[0].target)], self.expr(node.generators[0].ifs[0]))
        )
        self.scope = saved
        return Binary("??", found, self.expr(default))

    def _f_map(self, node: ast.Call) -> Js:
        function = self.function_value(node.args[0])
        return self.help("mapped", function, *[self.iterable(argument) for argument in node.args[1:]])

    def _f_filter(self, node: ast.Call) -> Js:
        return self.help("filtered", self.function_value(node.args[0]), self.iterable(node.args[1]))

    def _f_sorted(self, node: ast.Call) -> Js:
        item = self.inferred.iterate(node.args[0], self.t(node.args[0]))
        source = self.consumed(node.args[0], *(keyword.value for keyword in node.keywords))
        return self.sorted(node, source, item)

    def _f_min(self, node: ast.Call) -> Js:
        return self._extreme("min", node)

    def _f_max(self, node: ast.Call) -> Js:
        return self._extreme("max", node)

    def _extreme(self, name: str, node: ast.Call) -> Js:
        key, default = self._keyword(node, "key"), self._keyword(node, "default")
        if len(node.args) > 1:
            if key is None and all(self.is_int(argument) for argument in node.args):
                return b.call(b.path(f"Math.{name}"), *self._args(node))
            source: Js = Array(self._args(node))
        elif len(node.keywords) == 0 and self.inferred.iterate(node.args[0], self.t(node.args[0])) == INT:
            return self.help("extremeInt", self.consumed_array(node.args[0]), b.path(f"Math.{name}"))
        else:
            source = self.consumed(node.args[0], default, _called(key))
        extra = [self.function_value(key)] if key is not None else []
        if default is not None:
            extra = [*(extra or [b.NULL]), self.expr(default)]
        return self.help(name, source, *extra)

    def _f_sum(self, node: ast.Call) -> Js:
        start = node.args[1] if len(node.args) > 1 else self._keyword(node, "start")
        kind = self.t(node)
        if FLOAT not in members(kind) and INT not in members(kind):
            raise self.wrong(node, "sum", f"items of type {kind}", "write a loop")
        source = self.consumed(node.args[0], start)
        return self.help("sum", source, *([self.expr(start)] if start is not None else []))

    def _f_any(self, node: ast.Call) -> Js:
        return self._quantifier("some", "includes", node)

    def _f_all(self, node: ast.Call) -> Js:
        return self._quantifier("every", "includes", node)

    def _quantifier(self, name: str, plain: str, node: ast.Call) -> Js:
        argument = node.args[0]
        if isinstance(argument, ast.GeneratorExp) and not self._is_loop(argument):
            return self._quantified(name, argument, 0)
        if self.is_lazy(argument) and not isinstance(argument, ast.GeneratorExp):
            return self.help(name, self.expr(argument), Arrow([Id("it")], Id("it")))
        array = self.consumed_array(argument)
        found = b.method(array, plain, b.TRUE if name == "some" else b.FALSE)
        return found if name == "some" else b.negate(found)

    def _quantified(self, name: str, node: ast.GeneratorExp, index: int) -> Js:
        """any(...) as some, all(...) as every, one level per `for`."""
        saved = self.scope
        generator = node.generators[index]
        lazy = self.is_lazy(generator.iter)
        source = self.iterable(generator.iter) if lazy else self.as_array(generator.iter)
        self.scope = self.scopes.of[node]
        last = index == len(node.generators) - 1
        body = self.expr(node.elt) if last else self._quantified(name, node, index + 1)
        for test in reversed(generator.ifs):
            condition = self.expr(test)
            body = Binary("&&", condition, body) if name == "some" else Binary("||", b.negate(condition), body)
        taker = Arrow([self.pattern(generator.target)], body)
        result: Js = self.help(name, source, taker) if lazy else b.method(source, name, taker)
        self.scope = saved
        return result


def _called(key: ast.expr | None) -> ast.expr | None:
    """What a key function does when it is asked."""
    return key if key is None else key.body if isinstance(key, ast.Lambda) else ast.Call(key, [], [])
