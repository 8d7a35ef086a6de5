"""Calls: arguments in order, coroutines handed over unstarted, classes, methods."""

from __future__ import annotations

import ast
import itertools
from collections.abc import Iterable

from build.compiler import builders as b
from build.compiler.lower.generator_expressions import GeneratorExpressions
from build.compiler.lower.order import after
from build.compiler.nodes import Array, Arrow, Await, Call, Id, Js, Lit, Member, New, Remark, Sequence, Spread, Yield
from build.compiler.symbols import ClassInfo
from build.compiler.types import JS, NONE, BuiltinT, ClassT, CoroutineT, DictT, FunctionT, Type, members


class Calls(GeneratorExpressions):
    """Call, Await, Yield, Lambda."""

    def builtin_call(self, name: str, node: ast.Call) -> Js:
        raise NotImplementedError

    def method_call(self, node: ast.Call, func: ast.Attribute) -> Js | None:
        """A call of a method of a built-in type, or None when it is none."""
        raise NotImplementedError

    def _Call(self, node: ast.Call) -> Js:
        result = self._call(node)
        result.place = result.place or self.place(node)
        return self.or_none(node, result)

    def _call(self, node: ast.Call) -> Js:
        func = node.func
        if isinstance(func, ast.Attribute) and _is_super(func.value):
            return self._super(node, func)
        callee = self.t(func)
        if isinstance(callee, BuiltinT):
            return self.builtin_call(callee.name, node)
        if isinstance(func, ast.Attribute):
            found = self.method_call(node, func)
            if found is not None:
                return found
        if isinstance(callee, ClassT) and callee.cls.is_enum:
            return self.enum_member(callee.cls, self.expr(func), self.arguments(node)[0], "value")
        if all(isinstance(member, ClassT) for member in members(callee)):
            return New(self.expr(func), self._remarks(node, callee, self.arguments(node)))
        if callee == JS and isinstance(func, ast.Attribute) and self.t(func.value) != JS:
            # A JavaScript function kept in one of our attributes must not get our object as `this`.
            return Call(Sequence([Lit("0"), self.expr(func)]), self.arguments(node))
        return Call(self.expr(func), self.arguments(node))

    def arguments(self, node: ast.Call) -> list[Js]:
        """Arguments in the order of the parameters; `undefined` asks for a default."""
        bound = self.inferred.bound.get(node)
        if bound is None:
            return [self.argument(item) for item in node.args]
        result: list[Js] = [b.UNDEFINED if item is None else self.argument(item) for item in bound]
        return self.as_written(node, bound, result)

    def _remarks(self, node: ast.Call, callee: Type, args: list[Js]) -> list[Js]:
        """A text for a parameter that is annotated as Remark need not be there."""
        init = callee.cls.find_method("__init__") if isinstance(callee, ClassT) else None
        if init is None:
            return args
        for index, (param, given) in enumerate(zip(init.node.args.args[1:], self.inferred.bound[node], strict=False)):
            is_remark = isinstance(param.annotation, ast.Name) and param.annotation.id == "Remark"
            if is_remark and isinstance(given, ast.Constant | ast.JoinedStr):
                args[index] = Remark(args[index])
        return args

    def as_written(self, node: ast.Call, bound: Iterable[ast.expr | None], values: list[Js]) -> list[Js]:
        """Keyword arguments move to their parameter's place, and are still evaluated in the order of the source."""
        written = [*node.args, *(keyword.value for keyword in node.keywords)]
        given = {written.index(item): index for index, item in enumerate(bound) if item is not None}
        pairs = itertools.combinations(given, 2)  # places in the source, as the parameters have them
        if not any(one > other and self.order_shows(written[one], written[other]) for one, other in pairs):
            return values
        names = {index: self.temp() for index in given.values()}
        held: list[Js] = [b.assign(names[given[place]], values[given[place]]) for place in sorted(given)]
        read: list[Js] = [names.get(index, value) for index, value in enumerate(values)]
        return [after(held, read[0]), *read[1:]]

    def argument(self, node: ast.expr) -> Js:
        """One argument, converted where the parameter asks for it."""
        if isinstance(node, ast.Starred):
            return Spread(self.iterable(node.value))
        coercion = self.inferred.coercions.get(node)
        if coercion == "coroutine":
            return self.coroutine(node)
        return self.value(node)

    def value(self, node: ast.expr) -> Js:
        """An expression that is stored or passed on, with the conversion that inference noted."""
        coercion = self.inferred.coercions.get(node)
        if coercion == "nullish":
            return b.binary("??", self.expr(node), b.NULL)
        if coercion == "keys" and isinstance(self.t(node), DictT):
            return Array([Spread(b.method(self.expr(node), "keys"))])
        return self.expr(node)

    # Coroutines

    def coroutine(self, node: ast.expr) -> Js:
        """A coroutine that starts later: a function without arguments. Receiver and arguments are evaluated now."""
        if not isinstance(node, ast.Call):
            return self.expr(node)
        parts = [*node.args, *(keyword.value for keyword in node.keywords)]
        receiver = [node.func.value] if isinstance(node.func, ast.Attribute) else []
        if all(self.is_settled(part) for part in [*parts, *receiver]):
            return Arrow([], self.expr(node), place=self.place(node))
        call = self.expr(node)
        if not isinstance(call, Call):
            return Arrow([], call, place=self.place(node))
        if isinstance(call.callee, Member):
            assert isinstance(node.func, ast.Attribute)
            first, again = self.twice(node.func.value, call.callee.object)
            method = Member(first, call.callee.name, place=call.callee.place)
            return self.help("bound", method, again, *call.args)
        return self.help("bound", call.callee, b.NULL, *call.args)

    def _Await(self, node: ast.Await) -> Js:
        value = self.expr(node.value)
        if isinstance(self.t(node.value), CoroutineT) and not isinstance(node.value, ast.Call):
            value = Call(value, [])
        return self.or_none(node, Await(value, place=self.place(node)))

    def _Yield(self, node: ast.Yield) -> Js:
        return Yield(self.value(node.value) if node.value is not None else b.NULL, place=self.place(node))

    def _YieldFrom(self, node: ast.YieldFrom) -> Js:
        return Yield(self.iterable(node.value), delegate=True, place=self.place(node))

    def _Lambda(self, node: ast.Lambda) -> Js:
        saved = self.scope
        self.scope = self.scopes.of[node]
        self.temps.append([])
        params = self.parameters(node.args)
        if self.t(node.body) == NONE:
            self.drop(node.body)
        body = self.value(node.body)
        if isinstance(self.t(node.body), CoroutineT) and not isinstance(node.body, ast.Call):
            body = Call(body, [])
        temps = self.temps.pop()
        self.scope = saved
        if len(temps) > 0:
            return Arrow(params, [*self.declare_temps(temps), self.returned(body)])
        return self.with_defaults(node.args, Arrow(params, body, place=self.place(node)))

    def with_defaults(self, args: ast.arguments, function: Js) -> Js:
        """Defaults are evaluated when the function is made: local names among them are handed in."""
        names = [
            default.id
            for default in [*args.defaults, *args.kw_defaults]
            if isinstance(default, ast.Name) and self.scope.find(default.id) is not None
        ]
        if len(names) == 0:
            return function
        given = [Id(self.js_name(name)) for name in dict.fromkeys(names)]
        return Call(Arrow(list(given), function), list(given))

    def parameters(self, args: ast.arguments, skip: int = 0) -> list[Js]:
        raise NotImplementedError

    def declare_temps(self, temps: list[str]) -> list[Js]:
        raise NotImplementedError

    def returned(self, value: Js) -> Js:
        raise NotImplementedError

    # Super

    def _super(self, node: ast.Call, func: ast.Attribute) -> Js:
        if func.attr == "__init__":
            return Call(Id("super"), self.arguments(node))
        assert self.cls is not None
        return Call(Member(Id("super"), self.prop(func.attr, self.cls)), self.arguments(node))

    # Function values

    def is_function(self, node: ast.expr) -> bool:
        return all(isinstance(member, FunctionT | ClassT | BuiltinT) for member in members(self.t(node)))

    def function_value(self, node: ast.expr) -> Js:
        """A callable as a plain function: classes need `new`."""
        if all(isinstance(member, ClassT) for member in members(self.t(node))):
            return self.class_as_function(node, self.expr(node))
        return self.expr(node)

    def enum_member(self, cls: ClassInfo, value: Js, key: Js, by: str) -> Js:
        """The member of an enum whose `name` or `value` this is."""
        it = Id("it")
        asked = b.arrow([it], Member(it, self.prop(by, cls)))
        members = b.method(Id("Object"), "values", value)
        return self.help("memberOf" if by == "value" else "memberCalled", members, asked, key)

    def class_as_function(self, node: ast.expr, value: Js) -> Js:
        kind = self.t(node)
        if isinstance(kind, ClassT) and kind.cls.is_enum:
            it = Id(self.fresh("key"))
            return b.arrow([it], self.enum_member(kind.cls, value, it, "value"))
        return self.help("maker", value)


def _is_super(node: ast.expr) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "super"
