"""Calls that walk: len, zip, sorted, min, sum, any, next."""

from __future__ import annotations

import ast
from typing import cast

from build.compiler import builders as b
from build.compiler.lower.conversions import Conversions
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


class Sequences(Conversions):
    """One method per function: `_f_len` for len."""

    def _f_len(self, node: ast.Call) -> Js:
        argument = node.args[0]
        kind = self.t(argument)
        viewed = (
            argument.func.value if isinstance(argument, ast.Call) and isinstance(argument.func, ast.Attribute) else None
        )
        if viewed is not None and isinstance(kind, IterT) and isinstance(self.t(viewed), DictT):
            return Member(self.expr(viewed), "size")
        if isinstance(kind, ClassT):
            return Member(self.iterable(argument), "length")
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
        source = self.walked(node.args[0])
        return self.help("enumerate", source, *([self.expr(start)] if start is not None else []))

    def _f_zip(self, node: ast.Call) -> Js:
        strict = self._keyword(node, "strict")
        if strict is not None and not isinstance(strict, ast.Constant):
            raise self.wrong(node, "zip", "`strict` that is no constant", "write True or False")
        is_strict = isinstance(strict, ast.Constant) and strict.value is True
        sources = [self.walked(argument) for argument in node.args]
        zipped = "zipStrict" if is_strict else "zip"
        if any(self._is_lone(argument) for argument in node.args):
            return self.help("zipClosing", self.helper(zipped), *sources)
        return self.help(zipped, *sources)

    def _f_itertools_chain(self, node: ast.Call) -> Js:
        parts: list[Js] = []
        for argument in node.args:
            if isinstance(argument, ast.Starred):
                parts.append(Spread(self._of_walked(argument.value)))
            else:
                parts.append(self.walked(argument))
        return self.help("chained", Array(parts))

    def _f_itertools_chain_from_iterable(self, node: ast.Call) -> Js:
        return self.help("chained", self._of_walked(node.args[0]))

    def _of_walked(self, node: ast.expr) -> Js:
        """Iterables inside another: dicts among them give their keys."""
        source = self.walked(node)
        item = self.inferred.iterate(node, self.t(node))
        if not any(isinstance(member, DictT) for member in members(item)):
            return source
        it = Id(self.fresh("it"))
        return self.help("mapped", b.arrow([it], b.method(it, "keys")), source)

    def _is_lone(self, node: ast.expr) -> bool:
        """An iterator that is made here, and that nobody else holds."""
        return self.is_lazy(node) and isinstance(node, ast.Call | ast.GeneratorExp)

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
        if self._is_lone(first):
            return self.help("first" if len(node.args) == 1 else "firstOr", value, *self._args(node)[1:])
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
        return self.help("mapped", function, *[self.walked(argument) for argument in node.args[1:]])

    def _f_filter(self, node: ast.Call) -> Js:
        return self.help("filtered", self.function_value(node.args[0]), self.walked(node.args[1]))

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
        looped = self._summed(node.args[0], start)
        if looped is not None:
            return looped
        source = self.consumed(node.args[0], start)
        return self.help("sum", source, *([self.expr(start)] if start is not None else []))

    def _summed(self, node: ast.expr, start: ast.expr | None) -> Js | None:
        """((items, total) => { for (...) total += ...; return total; })(items, 0), of lists by an index."""
        generator = node.generators[0] if isinstance(node, ast.GeneratorExp) else None
        if not isinstance(node, ast.GeneratorExp) or generator is None or self._is_loop(node):
            return None
        call, parts = generator.iter, generator.target.elts if isinstance(generator.target, ast.Tuple) else []
        names = all(isinstance(part, ast.Name) for part in parts)
        if len(node.generators) > 1 or not names or not isinstance(call, ast.Call):
            return None
        counts = self._calls(call, "enumerate") and len(parts) == 2 and len(call.args) + len(call.keywords) == 1
        zips = self._calls(call, "zip") and len(parts) == len(call.args) and self.is_lenient(call)
        if not (counts or zips) or not all(map(self.is_list_of_numbers, call.args)):
            return None
        given = [self.iterable(arg) for arg in call.args]
        saved = self.in_scope(node)
        lists = [Id(self.unique("items")) for _ in given]
        total = Id(self.unique("total"))
        index = self.pattern(parts[0]) if counts else Id(self.unique("index"))
        assert isinstance(index, Id)
        body: list[Js] = [
            Let("const", self.pattern(part), Index(items, index))
            for part, items in zip(parts[1:] if counts else parts, lists, strict=True)
        ]
        adds: Js = b.do(Assign("+=", total, self.expr(node.elt)))
        for test in reversed(generator.ifs):
            adds = If(self.expr(test), [adds], [])
        self.scope = saved
        more: list[Js] = [Binary("<", index, Member(items, "length")) for items in lists]
        loop = For([Let("let", index, Lit("0"))], b.all_of(more), Id(f"{index.name}++"), [*body, adds])
        first = self.expr(start) if start is not None else Lit("0")
        return Call(Arrow([*lists, total], [loop, Return(total)]), [*given, first])

    def _f_any(self, node: ast.Call) -> Js:
        return self._quantifier("some", "includes", node)

    def _f_all(self, node: ast.Call) -> Js:
        return self._quantifier("every", "includes", node)

    def _quantifier(self, name: str, plain: str, node: ast.Call) -> Js:
        argument = node.args[0]
        if isinstance(argument, ast.GeneratorExp) and not self._is_held_or_waits(argument):
            return self._quantified(name, argument, 0)
        if self.is_lazy(argument) and not isinstance(argument, ast.GeneratorExp):
            return self.help(name, self.walked(argument), Arrow([Id("it")], Id("it")))
        array = self.consumed_array(argument)
        found = b.method(array, plain, b.TRUE if name == "some" else b.FALSE)
        return found if name == "some" else b.negate(found)

    def _quantified(self, name: str, node: ast.GeneratorExp, index: int) -> Js:
        """any(...) as some, all(...) as every, one level per `for`."""
        saved = self.scope
        generator = node.generators[index]
        lazy = self.is_lazy(generator.iter)
        source = self.walked(generator.iter) if lazy else self.as_array(generator.iter)
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
