"""Enums: a class whose members are its own properties, in the order in which they are written."""

from __future__ import annotations

from build.compiler import builders as b
from build.compiler.lower.context import Context
from build.compiler.lower.text import to_repr
from build.compiler.nodes import Assign, Id, Js, Member, Method, New, Return, Template
from build.compiler.symbols import ClassInfo
from build.compiler.types import ANY


def enum_constructor(cls: ClassInfo, context: Context) -> Method:
    names = ("name", "value")
    stores: list[Js] = [b.do(Assign("=", Member(b.THIS, context.prop(name, cls)), Id(name))) for name in names]
    return Method("constructor", [Id(name) for name in names], stores)


def enum_members(cls: ClassInfo, context: Context) -> list[Js]:
    """Color.RED = new Color("RED", 1)"""
    owner = Id(context.js_name(cls.name))
    made: list[Js] = []
    for name, value in cls.members.items():
        member = New(owner, [b.text(name), b.text(value) if isinstance(value, str) else b.number(value)])
        target = Member(owner, context.prop(name, cls), place=context.place(cls.fields[name].node, name))
        made.append(b.do(Assign("=", target, member)))
    return made


def enum_texts(cls: ClassInfo, context: Context) -> list[Method]:
    """What str() and repr() give, as far as the class does not say it."""
    name = Member(b.THIS, context.prop("name", cls))
    value = Member(b.THIS, context.prop("value", cls))
    shown = to_repr(value, cls.fields["value"].type or ANY, cls.fields["value"].node, context)
    texts: dict[str, tuple[str, list[str | Js]]] = {
        "__str__": ("toString", [f"{cls.name}.", name]),
        "__repr__": ("__repr__", [f"<{cls.name}.", name, ": ", shown, ">"]),
    }
    return [
        Method(spelled, [], [Return(Template(parts))])
        for asked, (spelled, parts) in texts.items()
        if asked not in cls.methods
    ]
