"""Types of names and attributes."""

from __future__ import annotations

import ast

from build.compiler.builtins import EXCEPTIONS, FUNCTIONS, QUALIFIED
from build.compiler.infer.base import Inference, is_bare, path_of
from build.compiler.infer.generics import substitute
from build.compiler.infer.methods import BYTES_STATIC, INT_STATIC, STR_METHODS, built_in_method
from build.compiler.symbols import (
    Alias,
    ClassInfo,
    Field,
    FunctionInfo,
    Imported,
    ModuleInfo,
    NewType,
    Symbol,
    Variable,
)
from build.compiler.types import (
    ANY,
    BOOL,
    FLOAT,
    JS,
    NEVER,
    NONE,
    STR,
    BuiltinT,
    ClassT,
    CoroutineT,
    FunctionT,
    InstanceT,
    MatchT,
    ModuleT,
    Param,
    PatternT,
    TupleT,
    Type,
    VarT,
    has_none,
    members,
    union,
)
from build.compiler.typing_names import JS_MODULE, STDLIB_VALUES

MATH = {"inf": FLOAT, "nan": FLOAT, "pi": FLOAT, "e": FLOAT}
PLAIN_NAMES = {"int", "float", "str", "bool", "bytes", "list", "dict", "set", "tuple", "frozenset"}


class Names(Inference):
    """Name and Attribute."""

    # Names

    def _Name(self, node: ast.Name, want: Type | None) -> Type:
        narrowed = self.narrowed(node.id)
        found = self.scope.find(node.id)
        if found is not None:
            local, scope = found
            kind = self.local_type(local, scope)
            if kind is None and narrowed is None:
                return ANY
            return narrowed if narrowed is not None else kind or ANY
        if narrowed is not None and node.id in self.scopes.module.locals:
            return narrowed
        symbol = self.program.resolve(self.module, node.id)
        if symbol is None:
            return self._builtin_name(node)
        return self.symbol_value(symbol, self.owner(node.id), node)

    def owner(self, name: str) -> ModuleInfo:
        home = self.program.home(self.module, name)
        return self.program.modules[home[0]] if home is not None else self.module

    def _builtin_name(self, node: ast.Name) -> Type:
        if node.id in EXCEPTIONS and node.id not in QUALIFIED:
            return ClassT(EXCEPTIONS[node.id])
        if node.id in FUNCTIONS:
            return BuiltinT(node.id)
        if node.id == "__name__":
            return STR
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
            kind = self.program.symbol_type(symbol, module)
            if isinstance(kind, InstanceT):
                return ClassT(kind.cls)
        self.refuse("CW073", node, what="a type", advice="types exist only in annotations")
        return ANY

    def _imported_value(self, symbol: Imported, node: ast.expr) -> Type:
        module = self.program.imported_module(symbol)
        if module is not None:
            if module == JS_MODULE:
                self._only_browser(node, "js")
            return ModuleT(module)
        if symbol.module in STDLIB_VALUES or symbol.module in ("dataclasses", "typing", JS_MODULE):
            source = "js" if symbol.module == JS_MODULE else symbol.module
            return self.module_member(source, symbol.name or "", node)
        if symbol.module in self.program.modules:
            self.refuse("CW014", node, module=symbol.module, name=symbol.name)
        elif symbol.module == "collections.abc":
            self.refuse("CW073", node, what="a type", advice="types exist only in annotations")
        elif symbol.module.startswith("widget."):
            self.refuse("CW014", node, module=symbol.module, name=symbol.name)
        else:
            self.refuse("CW010", symbol.node, name=symbol.module)
        return ANY

    def _only_browser(self, node: ast.expr, name: str) -> None:
        if self.module.name.startswith("widget.") and not self.module.name.startswith("widget.browser"):
            self.refuse("CW076", node, name=name)

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
                variable.type = self.program.annotation(variable.annotation, module)
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
        result = self._annotated(info.node.returns, info)
        if info.is_async:
            result = CoroutineT(result)
        del peer
        return FunctionT(tuple(params), result, info.name, visible=True)

    def _annotated(self, annotation: ast.expr | None, info: FunctionInfo) -> Type:
        return self.program.annotation(annotation, info.module, info.cls, quiet=True)

    # Attributes

    def _Attribute(self, node: ast.Attribute, want: Type | None) -> Type:
        self.receivers.add(node.value)
        base = self.expr(node.value)
        narrowed = self.narrowed(path_of(node))
        if narrowed is not None:
            return narrowed
        return self.attribute(base, node.attr, node)

    def attribute(self, base: Type, name: str, node: ast.expr) -> Type:
        """The type of `base.name`; every alternative of a union must have it."""
        if has_none(base):
            self.refuse("CW053", node, type=base, name=name)
            return ANY
        return union(*[self._member_attribute(member, name, node) for member in members(base)])

    def _member_attribute(self, base: Type, name: str, node: ast.expr) -> Type:
        if base == JS:
            return JS
        if isinstance(base, ModuleT):
            return self._module_attribute(base, name, node)
        if isinstance(base, InstanceT):
            return self._instance_attribute(base, name, node)
        if isinstance(base, ClassT):
            return self._class_attribute(base.cls, name, node)
        if isinstance(base, BuiltinT):
            return self._static_attribute(base, name, node)
        if isinstance(base, VarT):
            return self.attribute(base.bound, name, node)
        if base == NEVER:
            return NEVER
        if isinstance(base, PatternT | MatchT):
            return self.pattern_attribute(base, name, node)
        method = built_in_method(base, name)
        if method is not None:
            if node not in self.called:
                self.refuse("CW073", node, what=f"the method `{name}` of {base}", advice="call it, or write a lambda")
            return method
        if base == ANY or str(base) == "object":
            self.refuse("CW054", node, what=f"attribute `{name}`", type=base)
        else:
            self.refuse("CW069", node, type=base, name=name)
        return ANY

    def pattern_attribute(self, base: PatternT | MatchT, name: str, node: ast.expr) -> Type:
        raise NotImplementedError

    def _module_attribute(self, base: ModuleT, name: str, node: ast.expr) -> Type:
        if base.name == JS_MODULE:
            return self.module_member("js", name, node)
        if base.name in self.program.modules:
            module = self.program.modules[base.name]
            symbol = self.program.resolve(module, name)
            if symbol is None:
                self.refuse("CW014", node, module=base.name, name=name)
                return ANY
            home = self.program.home(module, name)
            return self.symbol_value(symbol, self.program.modules[home[0]] if home is not None else module, node)
        return self.module_member(base.name, name, node)

    def _instance_attribute(self, base: InstanceT, name: str, node: ast.expr) -> Type:
        answers = class_answers(base)
        item = base.cls.find_field(name)
        if item is not None:
            return substitute(self.field_type(base.cls, item), answers)
        method = base.cls.find_method(name)
        if method is not None:
            kind = self.function_type(method)
            return substitute(kind.result if method.kind == "getter" else kind, answers)
        if self.program.is_exception(base.cls):
            if name == "args":
                return TupleT((), ANY)
            if name in ("name", "message") and base.cls.name == "Failure":
                return STR
            if name == "__cause__":
                return union(InstanceT(EXCEPTIONS["Exception"]), NONE)
        self.refuse("CW053", node, type=base, name=name)
        return ANY

    def field_type(self, cls: ClassInfo, item: Field) -> Type:
        """Declared, or inferred from the value that __init__ gives it."""
        if item.type is None:
            owner = next((info.module for info in cls.family() if item in info.fields.values()), None)
            item.type = ANY
            if owner is None:
                return ANY
            if (
                item.annotation is not None
                and not is_bare(item.annotation, "Final")
                and not is_bare(item.annotation, "ClassVar")
            ):
                item.type = self.program.annotation(item.annotation, owner, cls)
            elif item.value is not None:
                item.type = self.peek(item.value, owner, item.method)
        return item.type

    def _class_attribute(self, cls: ClassInfo, name: str, node: ast.expr) -> Type:
        if name == "__name__":
            self.program.needs.names = True
            return STR
        item = cls.find_constant(name)
        if item is not None:
            return self.field_type(cls, item)
        method = cls.find_method(name)
        if method is not None and method.kind in ("static", "class"):
            return self.function_type(method)
        self.refuse("CW053", node, type=f"class {cls.name}", name=name)
        return ANY

    def _static_attribute(self, base: BuiltinT, name: str, node: ast.expr) -> Type:
        table = {"int": INT_STATIC, "bytes": BYTES_STATIC}.get(base.name, {})
        if name in table:
            return table[name]
        if base.name == "str" and name in STR_METHODS and node not in self.called:
            method = STR_METHODS[name]
            return FunctionT((Param("", STR), *(method.params or ())), method.result)
        if base.name == "dict" and name == "fromkeys":
            return BuiltinT("dict.fromkeys")
        if base.name == "typeof" and name == "__name__":
            self.program.needs.names = True
            return STR
        self.refuse("CW053", node, type=f"`{base.name}`", name=name)
        return ANY


def class_answers(base: InstanceT) -> dict[str, Type]:
    return dict(zip(base.cls.type_vars, base.args, strict=False))
