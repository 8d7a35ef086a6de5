"""Classes: their constructors, methods and constants, and what dataclasses get by themselves."""

from __future__ import annotations

import ast
from dataclasses import replace

from build.compiler import builders as b
from build.compiler.infer.attributes import field_type
from build.compiler.infer.constructor_types import field_options, is_false, is_given
from build.compiler.lower.comparison import equality, is_same_by_identity
from build.compiler.lower.context import Context
from build.compiler.lower.definitions import FunctionNode, docstring, function_parts
from build.compiler.lower.enums import enum_constructor, enum_members, enum_texts
from build.compiler.lower.names import class_reference
from build.compiler.lower.text import in_template, to_repr
from build.compiler.nodes import Array, Assign, Binary, Call, Class, Id, Js, Let, Member, Method, Return, Template
from build.compiler.symbols import ClassInfo, Field, FunctionInfo
from build.compiler.syntax import is_docstring
from build.compiler.types import PLAIN


def visit_ClassDef(node: ast.ClassDef, context: Context) -> list[Js]:
    cls = context.module.symbols.get(node.name)
    if not isinstance(cls, ClassInfo) or cls.is_protocol:
        return []
    before: list[Js] = []
    methods = _members(node, cls, before, replace(context, cls=cls))
    base = class_reference(cls.base, node, context) if cls.base is not None and not cls.base.is_protocol else None
    whole = Class(context.js_name(node.name), base, methods, docstring(node), place=context.place(node, node.name))
    return [*before, whole, *enum_members(cls, context)]


def _members(node: ast.ClassDef, cls: ClassInfo, before: list[Js], context: Context) -> list[Method]:
    """`before` gets what must be evaluated ahead of the class."""
    constructor = enum_constructor(cls, context) if cls.is_enum else _constructor(cls, context)
    methods = [constructor] if constructor is not None else []
    methods += _constants(cls, before, context) if not cls.is_enum else []
    for item in node.body:
        if isinstance(item, FunctionNode) and item.name != "__init__":
            methods += _method(item, cls, context)
    return [*methods, *_generated(cls, context)]


def _constructor(cls: ClassInfo, context: Context) -> Method | None:
    init = cls.methods.get("__init__")
    if init is not None:
        return _init(cls, init, context)
    if cls.is_dataclass:
        return _dataclass_constructor(cls, context)
    return None


def _init(cls: ClassInfo, init: FunctionInfo, context: Context) -> Method:
    node = init.node
    own = node.args.args[0].arg
    if cls.base is not None and not cls.base.is_protocol:
        _check_super(node, own, context)
    elif _is_super_init(node.body[0] if not is_docstring(node.body[0]) else node.body[-1]):
        node.body = [item for item in node.body if not _is_super_init(item)]
    params, body = function_parts(node, own, context, skip=1)
    return Method("constructor", params, body, doc=docstring(node), place=context.place(node))


def _check_super(node: FunctionNode, own: str, context: Context) -> None:
    """JavaScript has no `this` before super() has run."""
    for statement in node.body:
        if _is_super_init(statement):
            return
        if any(isinstance(item, ast.Name) and item.id == own for item in ast.walk(statement)):
            break
        if any(_is_super_init(item) for item in ast.walk(statement) if isinstance(item, ast.stmt)):
            break
    context.report.refuse("CW042", node.body[0])


def _dataclass_constructor(cls: ClassInfo, context: Context) -> Method | None:
    fields = cls.dataclass_fields()
    base_fields = cls.base.dataclass_fields() if cls.base is not None and cls.base.is_dataclass else []
    if (
        cls.base is not None
        and [item.name for item in fields] == [item.name for item in base_fields]
        and fields == base_fields
    ):
        return None
    params: list[Js] = []
    body: list[Js] = []
    base_names = [item.name for item in base_fields]
    if cls.base is not None and not cls.base.is_protocol:
        found = [(name, cls.find_field(name)) for name in base_names]
        passed: list[Js] = [Id(context.js_name(name)) for name, item in found if item and is_given(item.value)]
        body.append(b.do(Call(Id("super"), passed)))
    for item in fields:
        name = Id(context.js_name(item.name), place=context.place(item.node, item.name))
        default = _field_default(item, context)
        if not is_given(item.value):
            body.append(b.do(Assign("=", Member(b.THIS, context.prop(item.name, cls)), default or b.NULL)))
            continue
        params.append(Assign("=", name, default) if default is not None else name)
        if item.name not in base_names:
            body.append(b.do(Assign("=", Member(b.THIS, context.prop(item.name, cls)), Id(name.name))))
    if cls.find_method("__post_init__") is not None:
        body.append(b.do(b.method(b.THIS, "__post_init__")))
    return Method("constructor", params, body)


def _field_default(item: Field, context: Context) -> Js | None:
    if item.value is None:
        return None
    options = field_options(item.value)
    if options is not None and "default" not in options and "default_factory" not in options:
        return None
    return context.value(item.value)


def _constants(cls: ClassInfo, before: list[Js], context: Context) -> list[Method]:
    """Class constants as getters: inherited, overridden and read through instances as in Python."""
    found: list[Method] = []
    for item in cls.fields.values():
        if not item.in_body or item.value is None or (cls.is_dataclass and not item.class_var):
            continue
        value = context.value(item.value)
        if not context.only(item.value, *PLAIN) or not all(
            _is_repeatable(part, context) for part in ast.walk(item.value)
        ):
            name = Id(context.fresh(f"{cls.name}_{item.name}"))
            before.append(Let("const", name, value))
            value = name
        spelled = context.prop(item.name, cls)
        found.append(Method(spelled, [], [Return(value)], word="get", place=context.place(item.node)))
        if item.name in context.program.stored_attributes:
            own = context.help("own", b.THIS, b.text(spelled), Id("value"))
            found.append(Method(spelled, [Id("value")], [b.do(own)], word="set"))
    return found


def _is_repeatable(part: ast.AST, context: Context) -> bool:
    """May this part of a class constant be evaluated each time that somebody asks for it?"""
    if isinstance(part, ast.Name):
        known = context.scopes.module.locals.get(part.id)
        return known is None or known.stores <= 1
    return isinstance(part, ast.Constant | ast.UnaryOp | ast.BinOp | ast.operator | ast.unaryop | ast.expr_context)


def _method(node: FunctionNode, cls: ClassInfo, context: Context) -> list[Method]:
    info = next((found for found in [*cls.methods.values(), *cls.setters.values()] if found.node is node), None)
    if info is None:
        return []
    static = info.kind in ("static", "class")
    own = None if info.kind == "static" else node.args.args[0].arg
    params, body = function_parts(node, own, context, skip=0 if info.kind == "static" else 1)
    word = {"getter": "get", "setter": "set"}.get(info.kind, "")
    method = Method(
        method_name(node.name, cls, context),
        params,
        body,
        word,
        static,
        isinstance(node, ast.AsyncFunctionDef),
        context.scopes.of[node].is_generator,
        docstring(node),
        place=context.place(node, node.name),
    )
    if node.name == "__next__":
        step = context.help("step", b.THIS)
        return [method, Method("next", [], [Return(step)])]
    return [method]


def method_name(name: str, cls: ClassInfo, context: Context) -> str:
    return {"__str__": "toString", "__iter__": "[Symbol.iterator]"}.get(name, context.prop(name, cls))


def _generated(cls: ClassInfo, context: Context) -> list[Method]:
    found: list[Method] = []
    needs = context.program.needs
    is_error = cls.is_error()
    if (cls.is_dataclass and cls.eq and "__eq__" not in cls.methods and (needs.any_equality or cls in needs.equality)):
        found.append(_equality(cls, context))
    if cls.is_dataclass and cls.order and "__lt__" not in cls.methods:
        fields, others = (
            [Member(owner, context.prop(item.name, cls)) for item in _compared(cls)] for owner in (b.THIS, Id("other"))
        )
        test = Binary("<", context.help("compare", Array([*fields]), Array([*others])), b.number(0))
        found.append(Method("__lt__", [Id("other")], [Return(test)]))
    shown = needs.any_repr or any(one in needs.repr for one in cls.family())
    if cls.is_enum and shown:
        found += enum_texts(cls, context)
    if shown and _shows_fields(cls):
        found.append(_repr(cls, context))
    if needs.names or (is_error and shown):
        found.append(Method("__name__", [], [Return(b.text(cls.name))], word="get"))
    return found


def _shows_fields(cls: ClassInfo) -> bool:
    """Does its text come of a dataclass? It begins with the name of the class itself, which may be an heir."""
    owner = next((one for one in cls.family() if one.is_dataclass or "__repr__" in one.methods), None)
    return owner is not None and "__repr__" not in owner.methods


def _equality(cls: ClassInfo, context: Context) -> Method:
    other = Id("other")
    test: Js = Binary("&&", Binary("instanceof", other, Id(context.js_name(cls.name))), _same_class())
    if len(context.program.modules.heirs(cls)) == 1:
        test = Binary("instanceof", other, Id(context.js_name(cls.name)))
    for item in _compared(cls):
        kind = field_type(cls, item, context.inferred)
        mine, theirs = Member(b.THIS, context.prop(item.name, cls)), Member(other, context.prop(item.name, cls))
        same: Js = Binary("===", mine, theirs)
        if not is_same_by_identity(kind, kind, context):
            same = equality(mine, theirs, (kind, kind), context)
        test = Binary("&&", test, same)
    return Method("__eq__", [other], [Return(test)])


def _compared(cls: ClassInfo) -> list[Field]:
    """The fields that a dataclass is equal and ordered by."""
    options = [(item, field_options(item.value) or {}) for item in cls.dataclass_fields()]
    return [item for item, given in options if not is_false(given.get("compare"))]


def _same_class() -> Js:
    return Binary("===", Member(Id("other"), "constructor"), Member(b.THIS, "constructor"))


def _repr(cls: ClassInfo, context: Context) -> Method:
    parts: list[str | Js] = [f"{cls.name}("]
    first = True
    for item in cls.dataclass_fields():
        options = field_options(item.value)
        if options is not None and is_false(options.get("repr")):
            continue
        parts.append(f"{'' if first else ', '}{item.name}=")
        first = False
        kind = field_type(cls, item, context.inferred)
        parts.append(in_template(to_repr(Member(b.THIS, context.prop(item.name, cls)), kind, item.node, context)))
    parts.append(")")
    return Method("__repr__", [], [Return(Template(parts))])


def _is_super_init(node: ast.stmt) -> bool:
    call = node.value if isinstance(node, ast.Expr) else None
    if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Attribute) or call.func.attr != "__init__":
        return False
    inner = call.func.value
    return isinstance(inner, ast.Call) and isinstance(inner.func, ast.Name) and inner.func.id == "super"
