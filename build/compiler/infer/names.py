"""Types of names, of modules' variables and of functions."""

from __future__ import annotations

import ast
import builtins

from build.compiler.builtins import EXCEPTIONS, FUNCTIONS, QUALIFIED
from build.compiler.caches import is_cached
from build.compiler.infer.base import is_bare
from build.compiler.infer.flows import Flows
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
    CoroutineT,
    FunctionT,
    InstanceT,
    ModuleT,
    Param,
    PatternT,
    Type,
    parts_of,
)
from build.compiler.typing_names import STDLIB_VALUES, is_bridge, package_of

MATH = {"inf": FLOAT, "nan": FLOAT, "pi": FLOAT, "e": FLOAT}
PLAIN_NAMES = {"int", "float", "str", "bool", "bytes", "list", "dict", "set", "tuple", "frozenset"}


class Names(Flows):
    """Name and Attribute."""

    def _Name(self, node: ast.Name, want: Type | None) -> Type:
        narrowed = self.narrowed(node.id)
        found = self.scope.find(node.id)
        if found is not None:
            local, scope = found
            kind = self.local_type(local, scope)
            if narrowed is not None and type(kind) is type(narrowed) and NEVER in parts_of(narrowed):
                narrowed = kind  # empty where a loop began that filled it
            if kind is None and narrowed is None:
                return ANY
            return narrowed if narrowed is not None else kind or ANY
        if narrowed is not None and node.id in self.scopes.module.locals:
            return narrowed
        symbol = self.program.modules.resolve(self.module, node.id)
        if symbol is None:
            return self._builtin_name(node)
        return self.symbol_value(symbol, self.owner(node.id), node)

    def owner(self, name: str) -> ModuleInfo:
        home = self.program.modules.home(self.module, name)
        return self.program.modules[home[0]] if home is not None else self.module

    def _builtin_name(self, node: ast.Name) -> Type:
        if node.id in EXCEPTIONS and node.id not in QUALIFIED:
            return ClassT(EXCEPTIONS[node.id])
        if node.id in FUNCTIONS:
            return BuiltinT(node.id)
        if node.id == "__name__":
            return STR
        if hasattr(builtins, node.id):
            self.refuse("CW036", node, name=node.id, advice=REFUSED_NAMES.get(node.id, ELSE))
        else:
            self.refuse("CW052", node, name=node.id)
        return ANY

    def symbol_value(self, symbol: Symbol, module: ModuleInfo, node: ast.expr) -> Type:
        """The type of what a module-level symbol is at run time."""
        if isinstance(symbol, FunctionInfo):
            return self.function_type(symbol)
        if isinstance(symbol, ClassInfo):
            return ClassT(symbol)
        if isinstance(symbol, Variable):
            return self.variable_type(symbol, module)
        if isinstance(symbol, NewType):
            return BuiltinT(f"newtype.{symbol.name}")
        if isinstance(symbol, Imported):
            return self._imported_value(symbol, node)
        if isinstance(symbol, Alias):
            kind = self.program.annotations.symbol_type(symbol, module)
            if isinstance(kind, InstanceT):
                return ClassT(kind.cls)
        self.refuse("CW073", node, what="a type", advice="types exist only in annotations")
        return ANY

    def _imported_value(self, symbol: Imported, node: ast.expr) -> Type:
        module = self.program.modules.imported_module(symbol)
        if module is not None:
            if is_bridge(module):
                self._only_browser(node, module)
            return ModuleT(module)
        if symbol.module in STDLIB_VALUES or symbol.module in ("dataclasses", "typing") or is_bridge(symbol.module):
            source = "js" if is_bridge(symbol.module) else symbol.module
            return self.module_member(source, symbol.name or "", node)
        if symbol.module in self.program.modules:
            self.refuse("CW014", node, module=symbol.module, name=symbol.name)
        elif symbol.module == "collections.abc":
            self.refuse("CW073", node, what="a type", advice="types exist only in annotations")
        elif package_of(symbol.module) == package_of(self.module.name):
            self.refuse("CW014", node, module=symbol.module, name=symbol.name)
        else:
            self.refuse("CW010", symbol.node, name=symbol.module)
        return ANY

    def _only_browser(self, node: ast.expr, bridge: str) -> None:
        """A program's `browser` package is the one that talks to JavaScript."""
        package = package_of(bridge)
        if package_of(self.module.name) == package and not self.module.name.startswith(f"{package}.browser"):
            self.refuse("CW076", node, name="js", package=package)

    def module_member(self, module: str, name: str, node: ast.expr) -> Type:
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

    def variable_type(self, variable: Variable, module: ModuleInfo) -> Type:
        """The declared type of a module variable, or the type of its value."""
        if variable.type is None:
            variable.type = ANY
            if variable.annotation is not None and not is_bare(variable.annotation, "Final"):
                variable.type = self.program.annotations.type_of(variable.annotation, module)
                if isinstance(variable.type, PatternT) and variable.value is not None:
                    variable.type = self.peek(variable.value, module, None)
            elif variable.value is not None:
                variable.type = self.peek(variable.value, module, None)
            else:
                local = self.peers[module.name].scopes.module.locals.get(variable.name)
                variable.type = local.type if local is not None and local.type is not None else ANY
        return variable.type

    def peek(self, value: ast.expr, module: ModuleInfo, method: FunctionInfo | None) -> Type:
        """The type of an expression elsewhere, without reporting anything about it."""
        peer = self.peers[module.name]
        saved = (peer.report, peer.scope, peer.flow, peer.cls)
        peer.report = peer.muted()
        peer.scope = peer.scopes.of[method.node] if method is not None else peer.scopes.module
        peer.flow = {}
        peer.cls = method.cls if method is not None else None
        kind = peer.expr(value)
        peer.report, peer.scope, peer.flow, peer.cls = saved
        return kind

    # Functions

    def function_type(self, info: FunctionInfo) -> FunctionT:
        """The signature from annotations, without self."""
        peer = self.peers[info.module.name]
        args = info.node.args
        positional = [*args.posonlyargs, *args.args]
        defaults = len(positional) - len(args.defaults)
        params = [
            Param(arg.arg, self._annotated(arg.annotation, info), index >= defaults)
            for index, arg in enumerate(positional)
        ]
        if info.kind in ("method", "class", "getter", "setter"):
            params = params[1:]
        for arg, default in zip(args.kwonlyargs, args.kw_defaults, strict=True):
            params.append(Param(arg.arg, self._annotated(arg.annotation, info), default is not None, kw_only=True))
        if args.vararg is not None:
            kind = self._annotated(args.vararg.annotation, info)
            params.append(Param(args.vararg.arg, kind, has_default=True, by_place=True, is_rest=True))
        result = self._annotated(info.node.returns, info)
        if info.is_async:
            result = CoroutineT(result)
        del peer
        kept = is_cached(info.node, info.module, self.program.modules)
        return FunctionT(tuple(params), result, info.name, visible=not kept, is_cached=kept)

    def _annotated(self, annotation: ast.expr | None, info: FunctionInfo) -> Type:
        return self.program.annotations.type_of(annotation, info.module, info.cls, quiet=True)
