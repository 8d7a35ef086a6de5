"""Calls about numbers and objects: abs, round, print, isinstance."""

from __future__ import annotations

import ast

from build.compiler import builders as b
from build.compiler.builtins import EXCEPTIONS
from build.compiler.lower.effects import may_act
from build.compiler.lower.sequences import Sequences
from build.compiler.nodes import Array, Arrow, Binary, Call, Id, Js, Lit, Spread, Unary
from build.compiler.types import (
    ANY,
    BOOL,
    JS,
    OBJECT,
    STR,
    BuiltinT,
    ClassT,
    DictT,
    InstanceT,
    ListT,
    SetT,
    Type,
    VarT,
    members,
)


class Numbers(Sequences):
    """One method per function: `_f_abs` for abs."""

    # Numbers and characters

    def _f_abs(self, node: ast.Call) -> Js:
        return b.call(b.path("Math.abs"), *self._args(node))

    def _f_round(self, node: ast.Call) -> Js:
        args = self._args(node)
        if self.is_int(node.args[0]) and len(args) == 1:
            return args[0]
        return self.help("round" if len(args) == 1 else "roundTo", *args)

    def _f_pow(self, node: ast.Call) -> Js:
        left, right = self._args(node)[:2]
        return self.power(left, right, *node.args[:2])

    def _f_divmod(self, node: ast.Call) -> Js:
        ints = all(self.is_int(argument) for argument in node.args)
        return self.help("divmod" if ints else "floatDivmod", *self._args(node))

    def _f_chr(self, node: ast.Call) -> Js:
        code = node.args[0]
        if self.is_nonnegative(code) and self.bits(code) <= 20:
            return b.method(Id("String"), "fromCodePoint", *self._args(node))
        return self.help("chr", *self._args(node))

    def _f_ord(self, node: ast.Call) -> Js:
        return b.method(self.expr(node.args[0]), "codePointAt", Lit("0"))

    def _f_bin(self, node: ast.Call) -> Js:
        return self.help("prefixed", self.expr(node.args[0]), Lit("2"), b.text("0b"))

    def _f_hex(self, node: ast.Call) -> Js:
        return self.help("prefixed", self.expr(node.args[0]), Lit("16"), b.text("0x"))

    def rounding(self, name: str, node: ast.Call) -> Js:
        if self.is_int(node.args[0]):
            return self.expr(node.args[0])
        argument = node.args[0]
        divides = isinstance(argument, ast.BinOp) and isinstance(argument.op, ast.Div)
        if isinstance(argument, ast.BinOp) and divides and self.is_int(argument.left) and self.is_int(argument.right):
            return b.call(b.path(f"Math.{name}"), self.expr(argument))
        return self.help("wholeNumber", b.call(b.path(f"Math.{name}"), self.expr(argument)))

    def _f_math_log(self, node: ast.Call) -> Js:
        args = self._args(node)
        logs = [self.help("real", b.path("Math.log"), argument) for argument in args]
        return logs[0] if len(args) == 1 else self.help("divide", *logs)

    def _f_math_isnan(self, node: ast.Call) -> Js:
        return b.method(Id("Number"), "isNaN", *self._args(node))

    def _f_math_isfinite(self, node: ast.Call) -> Js:
        return b.method(Id("Number"), "isFinite", *self._args(node))

    def _f_math_isinf(self, node: ast.Call) -> Js:
        return Binary("===", b.call(b.path("Math.abs"), *self._args(node)), Id("Infinity"))

    # Objects

    def _f_print(self, node: ast.Call) -> Js:
        parts: list[Js] = []
        if len(node.keywords) == 0 and self._changes_while_printing(node.args):
            names = [Id(self.fresh(f"value{index + 1}")) for index in range(len(node.args))]
            texts = [self.to_text(name, self.t(item), item) for name, item in zip(names, node.args, strict=True)]
            body = b.call(b.path("console.log"), b.method(Array(texts), "join", b.text(" ")))
            return Call(Arrow(list(names), body), [self.expr(item) for item in node.args])
        for argument in node.args:
            if isinstance(argument, ast.Starred):
                kind = self.inferred.iterate(argument.value, self.t(argument.value))
                text = self.to_text(Id("it"), kind, argument)
                items = self.as_array(argument.value)
                parts.append(Spread(items if kind == STR else b.method(items, "map", Arrow([Id("it")], text))))
            else:
                parts.append(self.to_text(self.expr(argument), self.t(argument), argument))
        separator = self._keyword(node, "sep")
        if len(parts) == 0:
            parts = [b.text("")]
        elif len(parts) > 1 or isinstance(parts[0], Spread):
            parts = [b.method(Array(parts), "join", self.expr(separator) if separator is not None else b.text(" "))]
        return b.call(b.path("console.log"), *parts)

    def _changes_while_printing(self, args: list[ast.expr]) -> bool:
        """Python evaluates all arguments before it makes text of the first."""
        if any(isinstance(item, ast.Starred) for item in args):
            return False
        mutable = [
            index for index, item in enumerate(args) if isinstance(self.t(item), ListT | DictT | SetT | InstanceT)
        ]
        return len(mutable) > 0 and any(may_act(item) for item in args[mutable[0] + 1 :])

    def _f_isinstance(self, node: ast.Call) -> Js:
        value, known = self.expr(node.args[0]), self.t(node.args[0])
        tests = self._tests(node.args[1])
        again = value
        if len(tests) > 1 or BOOL in members(known):
            value, again = self.twice(node.args[0], value)
        result = self.instance_test(value, again, known, tests[0])
        for test in tests[1:]:
            result = Binary("||", result, self.instance_test(again, again, known, test))
        return result

    def _tests(self, node: ast.expr) -> list[ast.expr]:
        if isinstance(node, ast.Tuple):
            return [item for element in node.elts for item in self._tests(element)]
        if isinstance(node, ast.BinOp):
            return [*self._tests(node.left), *self._tests(node.right)]
        return [node]

    def instance_test(self, value: Js, again: Js, known: Type, test: ast.expr) -> Js:
        """Is the value an instance of `test`? `again` reads what `value` has evaluated."""
        kind = self.t(test)
        kinds = members(known)
        vague = any(member in (ANY, OBJECT, JS) or isinstance(member, VarT) for member in kinds)
        if isinstance(kind, ClassT):
            if kind.cls is EXCEPTIONS["Exception"]:
                return Binary("instanceof", value, Id("Error"))
            if kind.cls is EXCEPTIONS["Failure"]:
                return self.help("isFailure", value)
            return Binary("instanceof", value, self.expr(test))
        name = kind.name if isinstance(kind, BuiltinT) else "None"
        simple = {"str": "string", "bool": "boolean"}
        if name in simple:
            return Binary("===", Unary("typeof", value), b.text(simple[name]))
        if (
            name in ("int", "float")
            and not vague
            and not any(str(member) in (name, "bool" if name == "int" else name) for member in kinds)
        ):
            return b.FALSE
        if name == "int":
            if vague:
                return self.help("isInt", value)
            number = Binary("===", Unary("typeof", value), b.text("number"))
            if BOOL in kinds:
                return Binary("||", number, Binary("===", Unary("typeof", again), b.text("boolean")))
            return number
        if name == "float":
            return self.help("isFloat", value) if vague else Binary("===", Unary("typeof", value), b.text("number"))
        if name in ("list", "tuple"):
            return b.method(Id("Array"), "isArray", value)
        classes = {"dict": "Map", "set": "Set", "frozenset": "Set", "bytes": "Uint8Array", "bytearray": "Uint8Array"}
        if name in classes:
            return Binary("instanceof", value, Id(classes[name]))
        return Binary("===", value, b.NULL)

    def _f_callable(self, node: ast.Call) -> Js:
        return Binary("===", Unary("typeof", self.expr(node.args[0])), b.text("function"))

    def _f_type(self, node: ast.Call) -> Js:
        raise self.refuse("CW036", node, name="type()", advice="only type(x).__name__; else use isinstance")
