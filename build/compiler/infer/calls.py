"""Types of calls to functions, methods, classes and values; arguments matched to parameters."""

from __future__ import annotations

import ast
from dataclasses import replace

from build.compiler.infer.constructors import Constructors, is_super
from build.compiler.types import (
    ANY,
    JS,
    NEVER,
    NONE,
    BuiltinT,
    ClassT,
    CounterT,
    DictT,
    FunctionT,
    ListT,
    SetT,
    TupleT,
    Type,
    UnionT,
    union,
)


class Calls(Constructors):
    """Call, with everything but the built-in functions."""

    def check_key(self, node: ast.expr, kind: Type) -> None:
        raise NotImplementedError

    def builtin_call(self, name: str, node: ast.Call, want: Type | None) -> Type:
        raise NotImplementedError

    def _Call(self, node: ast.Call, want: Type | None) -> Type:
        if is_super(node.func):
            kind = self._super_call(node)
        else:
            self.called.add(node.func)
            callee = self.expr(node.func)
            kind = self.call(node, callee, want)
        self.check_coroutine(node, kind)
        return kind

    def call(self, node: ast.Call, callee: Type, want: Type | None) -> Type:
        """The type of calling something of type `callee`."""
        starred = [argument for argument in node.args if isinstance(argument, ast.Starred)]
        if len(starred) > 0 and not self._takes_more(callee):
            self.refuse("CW040", starred[0])
            self._arguments(node)
            return ANY
        if isinstance(callee, BuiltinT):
            return self.builtin_call(callee.name, node, want)
        if callee == JS:
            return self._js_call(node)
        if isinstance(callee, ClassT):
            return self._construct(node, callee.cls, want)
        if isinstance(callee, FunctionT):
            special = self._method_call(node, callee, want)
            return special if special is not None else self.apply(node, callee)
        if isinstance(callee, UnionT) and all(isinstance(member, FunctionT | ClassT) for member in callee.members):
            return self._any_of(node, callee, want)
        self._arguments(node)
        if callee != NEVER and not self._is_told(node.func):
            self.refuse("CW054", node.func, what="a call", type=callee)
        return ANY

    def _takes_more(self, callee: Type) -> bool:
        """Does it take any number of arguments behind its others?"""
        if isinstance(callee, ClassT):
            callee = self.constructor_type(callee.cls)
        if isinstance(callee, BuiltinT):
            return callee.name in ("print", "itertools.chain")
        return isinstance(callee, FunctionT) and callee.rest is not None

    def _is_told(self, node: ast.expr) -> bool:
        """Was something refused at this line already, so that the type is not known?"""
        return any(found.line == getattr(node, "end_lineno", 0) for found in self.report.found)

    def _any_of(self, node: ast.Call, callee: UnionT, want: Type | None) -> Type:
        """One of several functions, or of several classes: each must take the arguments at the same places."""
        if len({type(member) for member in callee.members}) > 1:
            self.refuse("CW054", node.func, what="a call", type=callee)
        results: list[Type] = []
        places: list[list[ast.expr | None]] = []
        for member in callee.members:
            results.append(self.call(node, member, want))
            places.append(self.bound.get(node, []))
        if any(other != places[0] for other in places):
            detail = "those that it may be take them in another order"
            self.refuse("CW058", node, name=ast.unparse(node.func), detail=detail)
        return union(*results)

    def _js_call(self, node: ast.Call) -> Type:
        for keyword in node.keywords:
            self.refuse("CW057", keyword.value)
        self._arguments(node)
        for argument in node.args:
            self.check_js(argument)
        return JS

    # Methods whose signature depends on the arguments

    def _method_call(self, node: ast.Call, callee: FunctionT, want: Type | None) -> Type | None:
        if not isinstance(node.func, ast.Attribute) or len(node.keywords) > 0:
            return None
        receiver = self.types.get(node.func.value, ANY)
        name = node.func.attr
        if isinstance(receiver, DictT):
            return self._dict_call(node, callee, receiver, name)
        if isinstance(receiver, ListT):
            return self._list_call(node, callee, receiver, name)
        if isinstance(receiver, SetT) and name in ("add", "update") and receiver.item == NEVER and len(node.args) == 1:
            given = self.expr(node.args[0])
            item = given if name == "add" else self.iterate(node.args[0], given)
            self.check_key(node.args[0], item)
            self.widen(node.func.value, SetT(item))
            self.bound[node] = [node.args[0]]
            return NONE
        return None

    def _dict_call(self, node: ast.Call, callee: FunctionT, receiver: DictT, name: str) -> Type | None:
        if name in ("get", "pop") and len(node.args) == 2:
            self.flow_into(node.args[0], self.expr(node.args[0], receiver.key), receiver.key)
            default = self.expr(node.args[1], receiver.value)
            if receiver.value != ANY:
                self.flow_into(node.args[1], default, union(receiver.value, NONE))
            self.bound[node] = list(node.args)
            return union(receiver.value, default)
        if isinstance(receiver, CounterT) and name in ("update", "subtract"):
            return None
        if name == "update" and len(node.args) == 1:
            given = self.expr(node.args[0], receiver)
            pair = given if isinstance(given, DictT) else self.iterate(node.args[0], given)
            if not isinstance(pair, DictT) and not (isinstance(pair, TupleT) and len(pair.items) == 2):
                self.refuse("CW068", node.args[0], name=name, detail=f"items of {pair}", advice="give tuples of two")
            self.bound[node] = list(node.args)
            return NONE
        return None

    def _list_call(self, node: ast.Call, callee: FunctionT, receiver: ListT, name: str) -> Type | None:
        if name in ("index", "remove", "count"):
            self.program.needs.need_equality(receiver.item)
        if name == "append" and receiver.item == NEVER and len(node.args) == 1:
            item = self.expr(node.args[0])
            self.widen(node.func.value, replace(receiver, item=item))  # type: ignore[attr-defined]
            self.bound[node] = list(node.args)
            return NONE
        if name == "extend" and receiver.item == NEVER and len(node.args) == 1:
            item = self.iterate(node.args[0], self.expr(node.args[0]))
            self.widen(node.func.value, replace(receiver, item=item))  # type: ignore[attr-defined]
            self.bound[node] = list(node.args)
            return NONE
        return None

    def widen(self, node: ast.expr, kind: Type) -> None:
        """An empty display learns its item type from the first use, as mypy infers it."""
        self.types[node] = kind
        if isinstance(node, ast.Name):
            found = self.scope.find(node.id)
            local = found[0] if found is not None else self.scopes.module.locals.get(node.id)
            if local is not None:
                local.type = kind
            self.remember(node.id, kind)
