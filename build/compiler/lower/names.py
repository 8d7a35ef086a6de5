"""Names, attributes, methods as values."""

from __future__ import annotations

import ast

from build.compiler import builders as b
from build.compiler.builtins import EXCEPTIONS, QUALIFIED
from build.compiler.exceptions import js_class
from build.compiler.lower.context import Context
from build.compiler.lower.function_values import builtin_value
from build.compiler.lower.nothing import is_none, or_none
from build.compiler.lower.order import is_settled
from build.compiler.lower.text_methods import text_function
from build.compiler.nodes import Arrow, Binary, Id, Js, Member
from build.compiler.symbols import ClassInfo, FunctionInfo, Imported, Variable
from build.compiler.types import (
    JS,
    BuiltinT,
    ClassT,
    DequeT,
    FunctionT,
    InstanceT,
    ModuleT,
    Type,
    members,
)
from build.compiler.typing_names import is_bridge

MATH = {"math.inf": "Infinity", "math.nan": "NaN", "math.pi": "Math.PI", "math.e": "Math.E"}
SPECIAL = {"__str__": "toString", "__iter__": "[Symbol.iterator]"}


def visit_Name(node: ast.Name, context: Context) -> Js:
    return named(node.id, node, context)


def named(name: str, node: ast.expr, context: Context) -> Js:
    """A name as JavaScript says it: `this`, a local, an import, a helper."""
    found = context.scope.find(name)
    if found is not None:
        local, scope = found
        if name in context.stand_ins and local.kind == "local":
            return context.stand_ins[name]
        if name == context.own_name and local.kind == "param" and scope.node is context.own_node:
            return Id("this", place=context.place(node))
        return Id(context.js_name(name), place=context.place(node, name))
    symbol = context.program.modules.resolve(context.module, name)
    if symbol is None:
        return _builtin(name, node, context)
    return declared_name(name, node, context)


def declared_name(name: str, node: ast.expr, context: Context) -> Js:
    """A module-level name of this module or an imported one."""
    declared = context.module.symbols.get(name)
    if isinstance(declared, Imported):
        return imported(declared, name, node, context)
    return Id(context.js_name(name), place=context.place(node, name))


def imported(symbol: Imported, name: str, node: ast.expr, context: Context) -> Js:
    module = context.program.modules.imported_module(symbol)
    if module is not None and module in context.program.modules:
        context.gathered.imports[(module, None)] = context.js_name(name)
        return Id(context.js_name(name))
    if module is not None:
        raise context.refuse("CW073", node, what=f"module `{name}`", advice="name the function you want")
    home = context.program.modules.home(context.module, name)
    if home is not None and home[0] in context.program.modules and home[0] != context.module.name:
        context.gathered.imports[home] = context.js_name(name)
        return Id(context.js_name(name), place=context.place(node, name))
    kind = context.t(node)
    if isinstance(kind, ClassT):
        return class_reference(kind.cls, node, context)
    if isinstance(kind, BuiltinT):
        return builtin_value(kind.name, node, context)
    if symbol.module == "math":
        return b.path(MATH[f"math.{symbol.name}"])
    if is_bridge(symbol.module) and symbol.name == "window":
        return Id("globalThis")
    raise context.refuse("CW052", node, name=name)


def class_reference(cls: ClassInfo, node: ast.AST, context: Context) -> Js:
    """The class itself, imported where it is not of this module."""
    if cls.node is None:
        return context.helper(js_class(cls.name))
    if cls.module is context.module:
        return Id(context.js_name(cls.name), place=context.place(node, cls.name))
    assert cls.module is not None
    known = (name for name in context.module.symbols if context.program.modules.resolve(context.module, name) is cls)
    local = next(known, f"{cls.name}$" if cls.name in context.gathered.taken else cls.name)
    context.gathered.imports[(cls.module.name, cls.name)] = context.js_name(local)
    return Id(context.js_name(local), place=context.place(node, cls.name))


def _builtin(name: str, node: ast.expr, context: Context) -> Js:
    if name in EXCEPTIONS and name not in QUALIFIED:
        return context.helper(js_class(name))
    if name == "__name__":
        return b.text(context.module.name)
    return builtin_value(name, node, context)


# Attributes

def visit_Attribute(node: ast.Attribute, context: Context) -> Js:
    base = context.t(node.value)
    if isinstance(base, ModuleT):
        return _module_member(base, node, context)
    if isinstance(base, ClassT):
        return _class_member(base, node, context)
    if isinstance(base, BuiltinT):
        return _builtin_member(base, node, context)
    method = _method_of(base, node.attr)
    target = context.expr(node.value)
    if isinstance(base, DequeT):
        return context.help("maxlenOf", target)
    if node.attr == "__cause__":
        return Binary("??", Member(target, "cause", place=context.place(node, "cause")), b.NULL)
    if method is not None and method.kind != "getter" and base != JS:
        return _bound(node, target, method, context)
    found = Member(target, attribute_name(base, node.attr, context), place=context.place(node, node.attr))
    return found if method is None or not is_none(method.node.returns) else or_none(node, found, context)


def attribute_name(base: Type, name: str, context: Context) -> str:
    """Objects of JavaScript and of the runtime keep their property names; ours are ours to name."""
    if name in SPECIAL:
        return SPECIAL[name]
    return name if base == JS or _is_of_runtime(base) else context.prop(name, base)


def _method_of(base: Type, name: str) -> FunctionInfo | None:
    for member in members(base):
        if isinstance(member, InstanceT):
            if member.cls.find_field(name) is not None:
                return None
            method = member.cls.find_method(name)
            if method is not None:
                return method
    return None


def _bound(node: ast.Attribute, target: Js, method: FunctionInfo, context: Context) -> Js:
    """A method as a value stays with its object."""
    name, place = attribute_name(context.t(node.value), node.attr, context), context.place(node, node.attr)
    if node in context.inferred.called and method.kind in ("static", "class"):
        target = Member(target, "constructor")
    if node in context.inferred.called:
        return Member(target, name, place=place)
    if method.kind == "static" or method.kind == "class":
        raise context.refuse("CW073", node, what="a static method of an instance", advice="reach it through its class")
    if _is_inside_this(target) and is_settled(node.value, context):
        given: list[Js] = [Id(context.js_name(arg.arg)) for arg in method.parameters()]
        return Arrow(given, b.method(target, name, *given), place=place)
    first, again = context.twice(node.value, target)
    return context.help("bound", Member(first, name, place=place), again)


def _module_member(base: ModuleT, node: ast.Attribute, context: Context) -> Js:
    if is_bridge(base.name):
        if node.attr == "window":
            return Id("globalThis", place=context.place(node))
        if node.attr == "Failure":
            return context.helper("Failure")
        return builtin_value(f"js.{node.attr}", node, context)
    if base.name in context.program.modules:
        kind = context.t(node)
        if isinstance(kind, ClassT) and kind.cls.node is None:
            return context.helper(kind.cls.name)
        return Member(context.expr(node.value), context.js_name(node.attr), place=context.place(node, node.attr))
    full = f"{base.name}.{node.attr}"
    if full in MATH:
        return b.path(MATH[full])
    if full == "json.JSONDecodeError":
        return context.helper("JSONDecodeError")
    return builtin_value(full, node, context)


def _class_member(base: ClassT, node: ast.Attribute, context: Context) -> Js:
    target = context.expr(node.value)
    if node.attr == "__name__":
        if _is_class_itself(node.value, context):
            return b.text(base.cls.name)
        return Member(Member(target, "prototype"), "__name__", place=context.place(node, node.attr))
    item = base.cls.find_constant(node.attr)
    if node.attr in base.cls.members:
        return Member(target, context.prop(node.attr, base), place=context.place(node, node.attr))
    if item is not None:
        if item.value is not None and base.cls.is_dataclass and not item.class_var:
            return expr_elsewhere(item.value, base.cls, context)
        return Member(Member(target, "prototype"), context.prop(node.attr, base), place=context.place(node, node.attr))
    if node in context.inferred.called:
        return Member(target, context.prop(node.attr, base), place=context.place(node, node.attr))
    first, again = context.twice(node.value, target)
    return context.help("bound", Member(first, context.prop(node.attr, base)), again)


def _is_class_itself(node: ast.expr, context: Context) -> bool:
    """A class by its name, not a variable that holds one."""
    if isinstance(node, ast.Name):
        found = context.program.modules.resolve(context.module, node.id)
        return context.scope.find(node.id) is None and not isinstance(found, Variable)
    return isinstance(node, ast.Attribute) and isinstance(context.t(node.value), ModuleT)


def expr_elsewhere(value: ast.expr, cls: ClassInfo, context: Context) -> Js:
    if isinstance(value, ast.Constant):
        return context.expr(value)
    raise context.refuse("CW073", value, what="the default of a field", advice="make it a constant of the module")


def _builtin_member(base: BuiltinT, node: ast.Attribute, context: Context) -> Js:
    if base.name == "typeof":
        assert isinstance(node.value, ast.Call)
        return Member(context.expr(node.value.args[0]), "__name__")
    if base.name == "str" and isinstance(context.t(node), FunctionT):
        return text_function(node.attr, context)
    raise context.refuse("CW073", node, what=f"`{base.name}.{node.attr}`", advice="call it")


def _is_inside_this(target: Js) -> bool:
    """`this`, or an attribute of it: no parameter can hide it."""
    while isinstance(target, Member):
        target = target.object
    return isinstance(target, Id) and target.name == "this"


def _is_of_runtime(base: Type) -> bool:
    """Is this an exception of Python's own?"""
    return all(isinstance(member, InstanceT) and member.cls.node is None for member in members(base))
