"""Types of calls to functions, methods, classes and values; arguments matched to parameters."""

from __future__ import annotations

import ast

from build.compiler.infer.generics import Answers, erase, solve, substitute
from build.compiler.infer.names import Names, class_answers
from build.compiler.symbols import ClassInfo
from build.compiler.types import (
    ANY,
    JS,
    NEVER,
    NONE,
    BuiltinT,
    ClassT,
    CoroutineT,
    DictT,
    FunctionT,
    InstanceT,
    ListT,
    Param,
    SetT,
    Type,
    UnionT,
    members,
    union,
)


class Calls(Names):
    """Call, with everything but the built-in functions."""

    def builtin_call(self, name: str, node: ast.Call, want: Type | None) -> Type:
        raise NotImplementedError

    def _Call(self, node: ast.Call, want: Type | None) -> Type:
        if _is_super(node.func):
            kind = self._super_call(node)
        else:
            self.called.add(node.func)
            callee = self.expr(node.func)
            kind = self.call(node, callee, want)
        self.check_coroutine(node, kind)
        return kind

    def call(self, node: ast.Call, callee: Type, want: Type | None) -> Type:
        """The type of calling something of type `callee`."""
        if isinstance(callee, BuiltinT):
            return self.builtin_call(callee.name, node, want)
        if callee == JS:
            return self._js_call(node)
        if isinstance(callee, ClassT):
            return self._construct(node, callee.cls, want)
        if isinstance(callee, FunctionT):
            special = self._method_call(node, callee, want)
            return special if special is not None else self.apply(node, callee)
        if isinstance(callee, UnionT) and all(isinstance(member, FunctionT) for member in callee.members):
            results = [self.apply(node, member) for member in callee.members if isinstance(member, FunctionT)]
            return union(*results)
        if isinstance(callee, UnionT) and all(isinstance(member, ClassT) for member in callee.members):
            return union(
                *[self._construct(node, member.cls, want) for member in callee.members if isinstance(member, ClassT)]
            )
        self._arguments(node)
        if callee not in (NEVER, ANY) or isinstance(node.func, ast.Name):
            self.refuse("CW054", node.func, what="a call", type=callee)
        return ANY

    def _js_call(self, node: ast.Call) -> Type:
        for keyword in node.keywords:
            self.refuse("CW057", keyword.value)
        self._arguments(node)
        for argument in node.args:
            self.check_js(argument)
        return JS

    def check_js(self, node: ast.expr) -> None:
        """What crosses into JavaScript must mean the same there."""
        for member in members(self.types.get(node, ANY)):
            if isinstance(member, DictT | ListT | SetT) or str(member) == "bytes":
                self.refuse("CW075", node, type=member)
            elif isinstance(member, CoroutineT):
                self.refuse("CW056", node)
            self.program.exposure.add(member)

    def _arguments(self, node: ast.Call) -> None:
        for argument in node.args:
            self.expr(argument.value if isinstance(argument, ast.Starred) else argument)
        for keyword in node.keywords:
            self.expr(keyword.value)

    # Signatures

    def apply(self, node: ast.Call, callee: FunctionT, answers: Answers | None = None) -> Type:
        """Match arguments with parameters; solves type variables on the way."""
        answers = dict(answers or {})
        if callee.params is None:
            self._arguments(node)
            return callee.result
        matched = self.match(node, callee)
        for param, argument in matched:
            self._argument(node, param, argument, answers)
        return substitute(callee.result, answers)

    def _argument(self, node: ast.Call, param: Param, argument: ast.expr, answers: Answers) -> None:
        expected = substitute(param.type, answers)
        if isinstance(expected, CoroutineT):
            if isinstance(argument, ast.Call) and self.is_spawn(node):
                self.coroutine_ok.add(argument)
            self.coercions[argument] = "coroutine"
        given = self.expr(argument, erase(expected))
        if isinstance(given, CoroutineT) and not isinstance(expected, CoroutineT) and expected != ANY:
            self.refuse("CW056", argument)
        solve(param.type, given, answers)
        self.flow_into(argument, given, substitute(param.type, answers))

    def match(self, node: ast.Call, callee: FunctionT) -> list[tuple[Param, ast.expr]]:
        """Pairs of parameter and argument; `bound` gets the arguments in the order of the parameters."""
        params = callee.params or ()
        name = callee.name or "function"
        places: list[ast.expr | None] = [None] * len(params)
        positional = [index for index, param in enumerate(params) if not param.kw_only]
        for index, argument in enumerate(node.args):
            if isinstance(argument, ast.Starred):
                continue
            if index >= len(positional):
                self.refuse("CW058", argument, name=name, detail="too many")
                self.expr(argument)
                continue
            places[positional[index]] = argument
        for keyword in node.keywords:
            self._keyword(keyword, callee, places, name)
        for index, param in enumerate(params):
            if places[index] is None and not param.has_default:
                self.refuse("CW058", node, name=name, detail=f"`{param.name or index + 1}` is missing")
        while len(places) > 0 and places[-1] is None:
            places.pop()
        self.bound[node] = places
        return [(param, place) for param, place in zip(params, places, strict=False) if place is not None]

    def _keyword(self, keyword: ast.keyword, callee: FunctionT, places: list[ast.expr | None], name: str) -> None:
        if not callee.visible:
            self.refuse("CW057", keyword.value)
            return
        index = next((i for i, param in enumerate(callee.params or ()) if param.name == keyword.arg), None)
        if index is None:
            self.refuse("CW058", keyword.value, name=name, detail=f"it has no `{keyword.arg}`")
            self.expr(keyword.value)
        elif places[index] is not None:
            self.refuse("CW058", keyword.value, name=name, detail=f"`{keyword.arg}` is given twice")
        else:
            places[index] = keyword.value

    # Classes

    def _construct(self, node: ast.Call, cls: ClassInfo, want: Type | None) -> Type:
        if cls.is_protocol:
            self.refuse("CW073", node, what=f"protocol `{cls.name}`", advice="make an object of a class that fits it")
            return ANY
        signature = self.constructor_type(cls)
        if signature.params is None:
            self._arguments(node)
            self.refuse_keywords(node)
            for argument in node.args:
                self.program.need_repr(self.types.get(argument, ANY) if not isinstance(argument, ast.Starred) else ANY)
            return InstanceT(cls)
        answers: Answers = {}
        if isinstance(want, InstanceT) and want.cls is cls:
            answers.update(class_answers(want))
        matched = self.match(node, signature)
        for param, argument in matched:
            self._argument(node, param, argument, answers)
        args = tuple(answers.get(name, ANY) for name in cls.type_vars)
        return InstanceT(cls, args)

    def refuse_keywords(self, node: ast.Call) -> None:
        for keyword in node.keywords:
            self.refuse("CW057", keyword.value)

    def constructor_type(self, cls: ClassInfo) -> FunctionT:
        """Parameters of the constructor; None for built-in exceptions, which take anything."""
        for ancestor in cls.family():
            if "__init__" in ancestor.methods:
                found = self.function_type(ancestor.methods["__init__"])
                return FunctionT(found.params, InstanceT(cls), cls.name, visible=True)
            if ancestor.is_dataclass:
                return FunctionT(self.dataclass_params(ancestor), InstanceT(cls), cls.name, visible=True)
            if ancestor.node is None:
                return FunctionT(None, InstanceT(cls), cls.name)
        return FunctionT((), InstanceT(cls), cls.name, visible=True)

    def dataclass_params(self, cls: ClassInfo) -> tuple[Param, ...]:
        params: list[Param] = []
        for item in cls.dataclass_fields():
            options = field_options(item.value)
            if options is not None and is_false(options.get("init")):
                continue
            has_default = item.value is not None and (
                options is None or "default" in options or "default_factory" in options
            )
            params.append(Param(item.name, self.field_type(cls, item), has_default))
        return tuple(params)

    def _super_call(self, node: ast.Call) -> Type:
        assert isinstance(node.func, ast.Attribute)
        base = self.cls.base if self.cls is not None else None
        name = node.func.attr
        if base is None:
            self._arguments(node)
            return NONE if name == "__init__" else ANY
        if name == "__init__":
            signature = self.constructor_type(base)
            self.apply(node, FunctionT(signature.params, NONE, base.name, visible=signature.params is not None))
            return NONE
        method = base.find_method(name)
        if method is None:
            self.refuse("CW053", node.func, type=base.name, name=name)
            self._arguments(node)
            return ANY
        return self.apply(node, self.function_type(method))

    # Methods whose signature depends on the arguments

    def _method_call(self, node: ast.Call, callee: FunctionT, want: Type | None) -> Type | None:
        if not isinstance(node.func, ast.Attribute):
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
        if name == "update" and len(node.args) == 1:
            self.expr(node.args[0], receiver)
            self.bound[node] = list(node.args)
            return NONE
        return None

    def _list_call(self, node: ast.Call, callee: FunctionT, receiver: ListT, name: str) -> Type | None:
        if name in ("index", "remove", "count"):
            self.program.need_equality(receiver.item)
        if name == "append" and receiver.item == NEVER and len(node.args) == 1:
            item = self.expr(node.args[0])
            self.widen(node.func.value, ListT(item))  # type: ignore[attr-defined]
            self.bound[node] = list(node.args)
            return NONE
        if name == "extend" and receiver.item == NEVER and len(node.args) == 1:
            item = self.iterate(node.args[0], self.expr(node.args[0]))
            self.widen(node.func.value, ListT(item))  # type: ignore[attr-defined]
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


def _is_super(node: ast.expr) -> bool:
    return (
        isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Call)
        and isinstance(node.value.func, ast.Name)
        and node.value.func.id == "super"
    )


def field_options(value: ast.expr | None) -> dict[str, ast.expr] | None:
    """Keywords of `field(...)`, or None when the value is no such call."""
    if isinstance(value, ast.Call):
        name = value.func.attr if isinstance(value.func, ast.Attribute) else getattr(value.func, "id", "")
        if name == "field":
            return {keyword.arg: keyword.value for keyword in value.keywords if keyword.arg is not None}
    return None


def is_false(node: ast.expr | None) -> bool:
    return isinstance(node, ast.Constant) and node.value is False
