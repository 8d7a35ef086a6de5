"""Definitions: modules, functions, classes."""

from __future__ import annotations

import ast
from dataclasses import replace

from build.compiler.caches import is_cache
from build.compiler.infer.constructor_types import field_options
from build.compiler.infer.context import Context, Flow
from build.compiler.infer.expressions import check_default, is_rebound, may_change
from build.compiler.infer.flows import flow_into
from build.compiler.infer.iteration import function_type
from build.compiler.infer.matched import check_attribute, check_declared
from build.compiler.infer.paths import is_bare
from build.compiler.starters import gives_back
from build.compiler.subset import CACHES, STARTER
from build.compiler.symbols import ClassInfo, FunctionInfo
from build.compiler.syntax import dotted_name, is_constant
from build.compiler.types import ANY, NEVER, OBJECT, ClassT, InstanceT, IterT, Type, has_none


def prepare(context: Context) -> None:
    """Give `self` and `cls` their types, so that other modules can look at values inside methods."""
    for cls in context.module.symbols.values():
        if not isinstance(cls, ClassInfo):
            continue
        for info in [*cls.methods.values(), *cls.setters.values()]:
            args = [*info.node.args.posonlyargs, *info.node.args.args]
            if info.kind != "static" and len(args) > 0:
                own = ClassT(cls) if info.kind == "class" else InstanceT(cls)
                context.scopes.of[info.node].locals[args[0].arg].type = own


# Functions and classes

def visit_FunctionDef(node: ast.FunctionDef | ast.AsyncFunctionDef, context: Context) -> None:
    found = context.scope.find(node.name)
    if found is not None:
        found[0].type = function_type(FunctionInfo(node.name, node, context.module), context)
    if found is not None or isinstance(context.module.symbols.get(node.name), FunctionInfo):
        _annotations(node, context)
        function_body(node, context)

visit_AsyncFunctionDef = visit_FunctionDef


def _annotations(node: ast.FunctionDef | ast.AsyncFunctionDef, context: Context) -> None:
    """Resolve every annotation once aloud, so that a bad one is reported."""
    args = node.args
    rest = [args.vararg] if args.vararg is not None else []
    for arg in [*args.posonlyargs, *args.args, *args.kwonlyargs, *rest]:
        if arg.annotation is not None:
            kind = context.program.annotations.type_of(arg.annotation, context.module, context.cls)
            check_declared(arg.annotation, kind, context)
    for decorator in node.decorator_list:
        if dotted_name(decorator) == STARTER and not gives_back(context.module, context.program.modules):
            context.refuse("CW026", decorator, name=STARTER)
        elif context.cls is None and dotted_name(decorator) in CACHES:
            _check_cache(node, decorator, context)
    if node.returns is not None:
        check_declared(
            node.returns, context.program.annotations.type_of(node.returns, context.module, context.cls), context
        )


def _check_cache(node: ast.FunctionDef | ast.AsyncFunctionDef, decorator: ast.expr, context: Context) -> None:
    """What a cached function is given is a key, and what it gives may be had again."""
    if not is_cache(decorator, context.module, context.program.modules) or context.scopes.of[node].is_generator:
        context.refuse("CW026", decorator, name=ast.unparse(decorator))
        return
    for param in function_type(FunctionInfo(node.name, node, context.module), context).params or ():
        if not context.program.annotations.good_key(param.type):
            context.refuse("CW059", node, type=param.type)


def function_body(node: ast.FunctionDef | ast.AsyncFunctionDef, context: Context) -> None:
    result = context.program.annotations.type_of(node.returns, context.module, context.cls, quiet=True)
    inside = context.within(node, _inherited_flow(node, context))
    inside = replace(inside, returns=result, yields=result.item if isinstance(result, IterT) else ANY, breaks=None)
    _defaults(node, inside)
    _predeclare(node.body, inside)
    inside.block(node.body)
    _check_end(node, result, inside)


def _check_end(node: ast.FunctionDef | ast.AsyncFunctionDef, result: Type, context: Context) -> None:
    """What runs off its end gives None: the annotation must say so."""
    runs_off = context.flow is not None and not context.scope.is_generator and not is_overload(node)
    if runs_off and node.returns is not None and not has_none(result) and result not in (ANY, OBJECT, NEVER):
        context.refuse("CW044", node, name=node.name, type=result)


def _inherited_flow(node: ast.AST, context: Context) -> Flow:
    """What is known about captured names that are never assigned again."""
    if context.flow is None:
        return {}
    kept: Flow = {}
    for path, kind in context.flow.items():
        root = path.split(".")[0].split("[")[0]
        found = context.scope.find(root)
        inner = context.scopes.of[node]
        if found is None or path != root or root in inner.locals:
            continue
        if found[0].stores <= (0 if found[0].kind == "param" else 1):
            kept[path] = kind
    return kept


def _predeclare(body: list[ast.stmt], context: Context) -> None:
    """Nested functions may call each other before their definition is reached."""
    for node in body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            local = context.scope.locals.get(node.name)
            if local is not None:
                local.type = function_type(FunctionInfo(node.name, node, context.module, None), context)


def _defaults(node: ast.FunctionDef | ast.AsyncFunctionDef, context: Context) -> None:
    args = [*node.args.posonlyargs, *node.args.args]
    pairs = list(zip(args[len(args) - len(node.args.defaults) :], node.args.defaults, strict=True))
    pairs += [(a, d) for a, d in zip(node.args.kwonlyargs, node.args.kw_defaults, strict=True) if d is not None]
    for arg, default in pairs:
        declared = context.program.annotations.type_of(arg.annotation, context.module, context.cls, quiet=True)
        flow_into(default, context.expr(default, declared), declared, context)
        check_default(default, node.args, context)


def visit_ClassDef(node: ast.ClassDef, context: Context) -> None:
    symbol = context.module.symbols.get(node.name)
    if not isinstance(symbol, ClassInfo):
        return
    inside = replace(context, cls=symbol)
    for item in node.body:
        if isinstance(item, ast.FunctionDef | ast.AsyncFunctionDef):
            _annotations(item, inside)
            if not symbol.is_protocol:
                function_body(item, inside)
        elif isinstance(item, ast.AnnAssign):
            _class_field(item, inside)
        elif isinstance(item, ast.Assign) and not symbol.is_enum:
            inside.expr(item.value)


def _class_field(node: ast.AnnAssign, context: Context) -> None:
    declared = context.program.annotations.type_of(node.annotation, context.module, context.cls)
    check_attribute(node.annotation, declared, context)
    if node.value is not None:
        flow_into(node.value, context.expr(node.value, declared), declared, context)
        _check_field_default(node, context)


def _check_field_default(node: ast.AnnAssign, context: Context) -> None:
    """What a dataclass gives each new object is evaluated for each of them."""
    assert context.cls is not None
    field = context.cls.fields.get(getattr(node.target, "id", ""))
    if not context.cls.is_dataclass or field is None or field.class_var:
        return
    options = field_options(node.value)
    default = node.value if options is None else options.get("default")
    if default is not None:
        names = [part.id for part in ast.walk(default) if isinstance(part, ast.Name)]
        if not is_constant(default) or may_change(default, context) or any(is_rebound(name, context) for name in names):
            context.refuse("CW037", default)


def is_overload(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Does it say types only?"""
    return any(is_bare(decorator, "overload") for decorator in node.decorator_list)
