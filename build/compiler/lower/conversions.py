"""Calls that convert: str, int, list, dict."""

from __future__ import annotations

import ast

from build.compiler import builders as b
from build.compiler.lower.order import after
from build.compiler.lower.regular import Regular
from build.compiler.nodes import Array, Id, Js, Lit, New, Spread, Unary
from build.compiler.types import BOOL, BYTES, FLOAT, INT, JS, STR, BuiltinT, DictT

MATH = {
    "math.sqrt": "sqrt",
    "math.log2": "log2",
    "math.log10": "log10",
    "math.exp": "exp",
    "math.sin": "sin",
    "math.cos": "cos",
    "math.tan": "tan",
    "math.atan": "atan",
    "math.fabs": "abs",
    "math.pow": "pow",
    "math.atan2": "atan2",
}
ALWAYS_REAL = frozenset({"math.atan", "math.atan2", "math.fabs"})
ROUNDING = {"math.floor": "floor", "math.ceil": "ceil", "math.trunc": "trunc"}
VALUES = {
    "str": "str",
    "repr": "repr",
    "int": "int",
    "float": "toFloat",
    "chr": "chr",
    "ord": "ord",
    "abs": "Math.abs",
    "sorted": "sorted",
    "sum": "sum",
    "min": "min",
    "max": "max",
    "bool": "Boolean",
}


class Conversions(Regular):
    """One method per function: `_f_str` for str."""

    def builtin_call(self, name: str, node: ast.Call) -> Js:
        if name.startswith("newtype."):
            return self.expr(node.args[0])
        if name in MATH:
            function = self.helper("raised") if name == "math.pow" else b.path(f"Math.{MATH[name]}")
            if name in ALWAYS_REAL or (name == "math.sqrt" and self._is_absolute(node.args[0])):
                return b.call(function, *self._args(node))
            return self.help("real", function, *self._args(node))
        if name in ROUNDING:
            return self.rounding(ROUNDING[name], node)
        method = getattr(self, f"_f_{name.replace('.', '_')}", None)
        if method is None:
            raise self.refuse("CW036", node.func, name=name, advice="docs/BUILT_INS.md lists those that are")
        result: Js = method(node)
        return result

    def builtin_value(self, name: str, node: ast.expr) -> Js:
        if name in ("str", "repr", "int", "float", "chr", "ord", "abs", "len", "bool", "print"):
            if name == "len":
                return self.helper("len")
            if name == "abs":
                return b.path("Math.abs")
            if name == "bool":
                return Id("Boolean")
            return self.helper(VALUES.get(name, name))
        raise self.refuse("CW073", node, what=f"`{name}`", advice="call it, or write a lambda")

    def rounding(self, name: str, node: ast.Call) -> Js:
        raise NotImplementedError

    def _args(self, node: ast.Call) -> list[Js]:
        return [self.expr(argument) for argument in node.args]

    def _keyword(self, node: ast.Call, name: str) -> ast.expr | None:
        return next((keyword.value for keyword in node.keywords if keyword.arg == name), None)

    def _is_absolute(self, node: ast.expr) -> bool:
        """Is this never negative?"""
        absolute = self._calls(node, "abs") or (isinstance(node, ast.Constant) and isinstance(node.value, int | float))
        return absolute or (self.is_int(node) and self.is_nonnegative(node))

    def wrong(self, node: ast.Call, name: str, detail: str, advice: str) -> Exception:
        return self.refuse("CW068", node, name=name, detail=detail, advice=advice)

    # Conversions

    def _f_str(self, node: ast.Call) -> Js:
        if len(node.args) == 0:
            return b.text("")
        if len(node.args) > 1 or len(node.keywords) > 0:
            raise self.wrong(node, "str", "an encoding", "write data.decode()")
        return self.to_text(self.expr(node.args[0]), self.t(node.args[0]), node.args[0])

    def _f_format(self, node: ast.Call) -> Js:
        value, kind = self.expr(node.args[0]), self.t(node.args[0])
        spec = node.args[1] if len(node.args) > 1 else ast.Constant("")
        if not isinstance(spec, ast.Constant):
            return self.formatted(value, kind, self.expr(spec), node)
        if spec.value == "":
            return self.to_text(value, kind, node)
        return self.format(value, kind, str(spec.value), node)

    def _f_repr(self, node: ast.Call) -> Js:
        return self.to_repr(self.expr(node.args[0]), self.t(node.args[0]), node.args[0])

    def _f_int(self, node: ast.Call) -> Js:
        if len(node.args) == 0:
            return Lit("0")
        kind = self.t(node.args[0])
        args = self._args(node)
        base = self._keyword(node, "base")
        if base is not None:
            args.append(self.expr(base))
        if kind == INT:
            return args[0]
        if kind == BOOL:
            return b.call("Number", args[0])
        if kind in (FLOAT, JS):
            return self.help("truncate", args[0])
        if kind == STR:
            return self.help("parseInteger", *args)
        return self.help("int", *args)

    def _f_float(self, node: ast.Call) -> Js:
        if len(node.args) == 0:
            return Lit("0")
        value, kind = self.expr(node.args[0]), self.t(node.args[0])
        if kind in (FLOAT, INT):
            return value
        if kind == STR:
            constant = node.args[0]
            if isinstance(constant, ast.Constant) and constant.value in ("inf", "-inf", "nan"):
                return {"inf": Id("Infinity"), "-inf": Unary("-", Id("Infinity")), "nan": Id("NaN")}[
                    str(constant.value)
                ]
            return self.help("parseFloating", value)
        return self.help("toFloat", value)

    def _f_bool(self, node: ast.Call) -> Js:
        if len(node.args) == 0:
            return b.FALSE
        value, kind = self.expr(node.args[0]), self.t(node.args[0])
        is_asked = self.inferred.coercions.get(node.args[0]) == "truth"
        return value if kind == BOOL or is_asked else b.call("Boolean", value)

    def _f_bytes(self, node: ast.Call) -> Js:
        if len(node.args) == 0:
            return New(Id("Uint8Array"), [])
        if len(node.args) > 1:
            raise self.wrong(node, "bytes", "an encoding", "write text.encode()")
        argument = node.args[0]
        kind = self.t(argument)
        if kind == INT:
            if self.is_nonnegative(argument):
                return New(Id("Uint8Array"), [self.expr(argument)])
            return self.help("zeroBytes", self.expr(argument))
        if kind == BYTES:
            return b.method(self.expr(argument), "slice")
        if isinstance(argument, ast.List) and all(self.bits(item) <= 8 for item in argument.elts):
            return b.method(Id("Uint8Array"), "of", *[self.expr(item) for item in argument.elts])
        return self.help("bytesFrom", self.consumed(argument))

    def _f_list(self, node: ast.Call) -> Js:
        if len(node.args) == 0:
            return Array([])
        argument = node.args[0]
        if isinstance(argument, ast.GeneratorExp):
            return self.list_of(argument)
        value = self.iterable(argument)
        if self._is_fresh_array(argument):
            return value
        return Array([Spread(value)])

    _f_tuple = _f_list

    def _is_fresh_array(self, node: ast.expr) -> bool:
        """Does this expression just make an array that nobody else holds?"""
        if isinstance(node, ast.ListComp | ast.List):
            return True
        if not isinstance(node, ast.Call):
            return False
        callee = self.t(node.func)
        if isinstance(callee, BuiltinT) and callee.name in ("sorted", "range", "list"):
            return True
        return isinstance(node.func, ast.Attribute) and self.t(node.func.value) == STR and node.func.attr == "split"

    def _f_set(self, node: ast.Call) -> Js:
        if len(node.args) == 0:
            return New(Id("Set"), [])
        kind = self.t(node.args[0])
        item = self.inferred.iterate(node.args[0], kind)
        return New(Id("Set"), [self.as_keys(self.consumed(node.args[0]), item, kind)])

    _f_frozenset = _f_set

    def _f_dict(self, node: ast.Call) -> Js:
        keys = [b.text(keyword.arg or "") for keyword in node.keywords]
        given = [keyword.value for keyword in node.keywords]
        values = [self.expr(value) for value in given]
        held: list[Js] = []
        source = self._pairs_of(node.args[0], given) if len(node.args) > 0 else None
        if source is not None and any(self.order_shows(node.args[0], value) for value in given):
            names = [self.temp() for _ in range(len(given) + 1)]
            held = [b.assign(name, value) for name, value in zip(names, [source, *values], strict=True)]
            source, values = names[0], list(names[1:])
        pairs: list[Js] = [Array([key, value]) for key, value in zip(keys, values, strict=True)]
        if source is None:
            return New(Id("Map"), [Array(pairs)] if len(pairs) > 0 else [])
        return after(held, New(Id("Map"), [Array([Spread(source), *pairs]) if len(pairs) > 0 else source]))

    def _pairs_of(self, argument: ast.expr, later: list[ast.expr]) -> Js:
        if isinstance(self.t(argument), DictT):
            return self.expr(argument)
        return self.as_pairs(self.consumed(argument, *later), self.key_type(argument))

    def _f_dict_fromkeys(self, node: ast.Call) -> Js:
        value = self.expr(node.args[1]) if len(node.args) > 1 else b.NULL
        source = self.consumed(node.args[0], *node.args[1:])
        kind = self.t(node.args[0])
        item = self.inferred.iterate(node.args[0], kind)
        return self.help("fromKeys", self.as_keys(source, item, kind), value)
