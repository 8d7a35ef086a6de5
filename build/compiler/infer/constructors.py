"""Calls of classes and of super()."""

from __future__ import annotations

import ast

from build.compiler.infer.arguments import Arguments
from build.compiler.infer.attributes import class_answers
from build.compiler.infer.generics import Answers
from build.compiler.infer.shapes import fits
from build.compiler.symbols import ClassInfo
from build.compiler.types import (
    ANY,
    FLOAT,
    NONE,
    FunctionT,
    InstanceT,
    ListT,
    Param,
    TupleT,
    Type,
    is_unknown,
    members,
    parts_of,
)


class Constructors(Arguments):
    """`constructor_type` is a class as a function."""

    def _construct(self, node: ast.Call, cls: ClassInfo, want: Type | None) -> Type:
        if cls.is_protocol:
            self.refuse("CW073", node, what=f"protocol `{cls.name}`", advice="make an object of a class that fits it")
            return ANY
        signature = self.constructor_type(cls)
        if signature.params is None:
            self._arguments(node)
            self.refuse_keywords(node)
            self.check_said(node, cls)
            return InstanceT(cls)
        answers: Answers = {}
        if isinstance(want, InstanceT) and want.cls is cls:
            answers.update(class_answers(want))
        matched = self.match(node, signature)
        for param, argument in matched:
            self._argument(node, param, argument, answers)
            if cls.is_enum:
                self._member_value(argument, param)
        self.check_answers(node, answers)
        args = tuple(answers.get(name, ANY) for name in cls.type_vars)
        return InstanceT(cls, args)

    def _member_value(self, node: ast.expr, param: Param) -> None:
        """A member is looked up by a value of the members' types, no other."""
        kind = self.types.get(node, ANY)
        if not fits(kind, param.type):
            self.refuse("CW068", node, name="Enum", detail=f"{kind} as a value", advice=f"it takes {param.type}")

    def check_said(self, node: ast.Call, cls: ClassInfo) -> None:
        """An exception shows what it was given, and does not know its type then."""
        for argument in node.args:
            kind = self.types.get(argument, ANY) if not isinstance(argument, ast.Starred) else ANY
            self.program.needs.need_repr(kind)
            if not is_shown(kind):
                advice = 'say it in a text: f"{value}"'
                self.refuse("CW068", argument, name=cls.name, detail=f"{kind} as it stands", advice=advice)

    def refuse_keywords(self, node: ast.Call) -> None:
        for keyword in node.keywords:
            self.refuse("CW057", keyword.value)

    def constructor_type(self, cls: ClassInfo) -> FunctionT:
        """Parameters of the constructor; None for built-in exceptions, which take anything."""
        if cls.is_enum:
            value = Param("value", cls.fields["value"].type or ANY, by_place=True)
            return FunctionT((value,), InstanceT(cls), cls.name)
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
            if signature.params is None:
                self.check_said(node, base)
            return NONE
        method = base.find_method(name)
        if method is None:
            self.refuse("CW053", node.func, type=base.name, name=name)
            self._arguments(node)
            return ANY
        return self.apply(node, self.function_type(method))


def is_shown(kind: Type) -> bool:
    """Does a value show by itself how it prints? Not a float, nor a tuple."""
    return all(
        member != FLOAT
        and not is_unknown(member)
        and not isinstance(member, TupleT)
        and not (isinstance(member, ListT) and not member.exact)
        and (isinstance(member, InstanceT) or all(map(is_shown, parts_of(member))))
        for member in members(kind)
    )


def is_super(node: ast.expr) -> bool:
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
