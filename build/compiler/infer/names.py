"""Types of names, of modules' variables and of functions."""

from __future__ import annotations

import ast
import builtins
from dataclasses import replace

from build.compiler.builtins import EXCEPTIONS, FUNCTIONS, QUALIFIED
from build.compiler.infer.context import Context
from build.compiler.infer.iteration import function_type
from build.compiler.infer.paths import is_bare
from build.compiler.subset import ELSE, REFUSED_NAMES
from build.compiler.symbols import Alias, ClassInfo, FunctionInfo, Imported, ModuleInfo, NewType, Symbol, Variable
from build.compiler.types import (
    ANY,
    BOOL,
    FLOAT,
    JS,
    NEVER,
    STR,
    BuiltinT,
    ClassT,
    InstanceT,
    ModuleT,
    PatternT,
    Type,
    parts_of,
)
from build.compiler.typing_names import STDLIB_VALUES, is_bridge, package_of

MATH = {"inf": FLOAT, "nan": FLOAT, "pi": FLOAT, "e": FLOAT}


def visit_Name(node: ast.Name, want: Type | None, context: Context) -> Type:
    narrowed = context.narrowed(node.id)
    found = context.scope.find(node.id)
    if found is not None:
        local, scope = found
        kind = context.local_type(local, scope)
        if narrowed is not None and type(kind) is type(narrowed) and NEVER in parts_of(narrowed):
            narrowed = kind  # empty where a loop began that filled it
        if kind is None and narrowed is None:
            return ANY
        return narrowed if narrowed is not None else kind or ANY
    if narrowed is not None and node.id in context.scopes.module.locals:
        return narrowed
    symbol = context.program.modules.resolve(context.module, node.id)
    if symbol is None:
        return _builtin_name(node, context)
    return symbol_value(symbol, home_of(node.id, context), node, context)


def home_of(name: str, context: Context) -> ModuleInfo:
    home = context.program.modules.home(context.module, name)
    return context.program.modules[home[0]] if home is not None else context.module


def _builtin_name(node: ast.Name, context: Context) -> Type:
    if node.id in EXCEPTIONS and node.id not in QUALIFIED:
        return ClassT(EXCEPTIONS[node.id])
    if node.id in FUNCTIONS:
        return BuiltinT(node.id)
    if node.id == "__name__":
        return STR
    if hasattr(builtins, node.id):
        context.refuse("CW036", node, name=node.id, advice=REFUSED_NAMES.get(node.id, ELSE))
    elif context.cls is not None and context.scope.parent is None and node.id in context.cls.fields:
        what = f"a class constant that asks for `{node.id}` of its class"
        context.refuse("CW034", node, what=what, advice=f"make `{node.id}` a constant of the module")
    else:
        context.refuse("CW052", node, name=node.id)
    return ANY


def symbol_value(symbol: Symbol, module: ModuleInfo, node: ast.expr, context: Context) -> Type:
    """The type of what a module-level symbol is at run time."""
    if isinstance(symbol, FunctionInfo):
        return function_type(symbol, context)
    if isinstance(symbol, ClassInfo):
        return ClassT(symbol)
    if isinstance(symbol, Variable):
        return variable_type(symbol, module, context)
    if isinstance(symbol, NewType):
        return BuiltinT(f"newtype.{symbol.name}")
    if isinstance(symbol, Imported):
        return _imported_value(symbol, node, context)
    if isinstance(symbol, Alias):
        kind = context.program.annotations.symbol_type(symbol, module)
        if isinstance(kind, InstanceT):
            return ClassT(kind.cls)
    context.refuse("CW073", node, what="a type", advice="types exist only in annotations")
    return ANY


def _imported_value(symbol: Imported, node: ast.expr, context: Context) -> Type:
    module = context.program.modules.imported_module(symbol)
    if module is not None:
        if is_bridge(module):
            _only_browser(node, module, context)
        return ModuleT(module)
    if symbol.module in STDLIB_VALUES or symbol.module in ("dataclasses", "typing") or is_bridge(symbol.module):
        source = "js" if is_bridge(symbol.module) else symbol.module
        return module_member(source, symbol.name or "", node)
    if symbol.module in context.program.modules:
        context.refuse("CW014", node, module=symbol.module, name=symbol.name)
    elif symbol.module == "collections.abc":
        context.refuse("CW073", node, what="a type", advice="types exist only in annotations")
    elif package_of(symbol.module) == package_of(context.module.name):
        context.refuse("CW014", node, module=symbol.module, name=symbol.name)
    else:
        context.refuse("CW010", symbol.node, name=symbol.module)
    return ANY


def _only_browser(node: ast.expr, bridge: str, context: Context) -> None:
    """A program's `browser` package is the one that talks to JavaScript."""
    package = package_of(bridge)
    if package_of(context.module.name) == package and not context.module.name.startswith(f"{package}.browser"):
        context.refuse("CW076", node, name="js", package=package)


def module_member(module: str, name: str, node: ast.expr) -> Type:
    """An attribute of json, math, dataclasses, typing or js."""
    if module == "math" and name in MATH:
        return MATH[name]
    if module == "js":
        if name == "window":
            return JS
        if name == "Failure":
            return ClassT(EXCEPTIONS["Failure"])
    if module == "json" and name == "JSONDecodeError":
        return ClassT(EXCEPTIONS["JSONDecodeError"])
    if module == "typing" and name == "TYPE_CHECKING":
        return BOOL
    return BuiltinT(f"{module}.{name}")


def variable_type(variable: Variable, module: ModuleInfo, context: Context) -> Type:
    """The declared type of a module variable, or the type of its value."""
    if variable.type is None:
        variable.type = ANY
        if variable.annotation is not None and not is_bare(variable.annotation, "Final"):
            variable.type = context.program.annotations.type_of(variable.annotation, module)
            if isinstance(variable.type, PatternT) and variable.value is not None:
                variable.type = peek(variable.value, module, None, context)
        elif variable.value is not None:
            variable.type = peek(variable.value, module, None, context)
        else:
            local = context.peers[module.name].scopes.module.locals.get(variable.name)
            variable.type = local.type if local is not None and local.type is not None else ANY
    return variable.type


def peek(value: ast.expr, module: ModuleInfo, method: FunctionInfo | None, context: Context) -> Type:
    """The type of an expression elsewhere, without reporting anything about it."""
    peer = context.peers[module.name]
    scope = peer.scopes.of[method.node] if method is not None else peer.scopes.module
    return replace(peer.aside(), scope=scope, cls=method.cls if method is not None else None).expr(value)


# Functions
