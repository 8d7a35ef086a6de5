"""Calls of built-in functions, of json, math, dataclasses and of the js module."""

from __future__ import annotations

import ast

from build.compiler import builders as b
from build.compiler.builtins import EXCEPTIONS
from build.compiler.lower.comprehensions import may_act
from build.compiler.lower.methods import Methods
from build.compiler.nodes import Array, Arrow, Binary, Call, Id, Js, Lit, Member, New, Object, Spread, Unary
from build.compiler.program import constant_type
from build.compiler.types import (
    ANY,
    BOOL,
    BYTES,
    FLOAT,
    INT,
    JS,
    NONE,
    OBJECT,
    STR,
    BuiltinT,
    ClassT,
    DictT,
    FunctionT,
    InstanceT,
    IterT,
    ListT,
    SetT,
    TupleT,
    Type,
    VarT,
    members,
)

MATH = {"math.sqrt": "sqrt", "math.log2": "log2", "math.log10": "log10", "math.exp": "exp", "math.sin": "sin", "math.cos": "cos",
        "math.tan": "tan", "math.atan": "atan", "math.fabs": "abs", "math.pow": "pow", "math.atan2": "atan2"}  # fmt: skip
ROUNDING = {"math.floor": "floor", "math.ceil": "ceil", "math.trunc": "trunc"}
VALUES = {"str": "str", "repr": "repr", "int": "int", "float": "toFloat", "chr": "chr", "ord": "ord", "abs": "Math.abs", "sorted": "sorted",
          "sum": "sum", "min": "min", "max": "max", "bool": "Boolean"}  # fmt: skip


class Functions(Methods):
    """One method per function: `_f_len` for len, `_f_js_new` for js.new."""

    def builtin_call(self, name: str, node: ast.Call) -> Js:
        if name.startswith("newtype."):
            return self.expr(node.args[0])
        if name in MATH:
            return b.call(b.path(f"Math.{MATH[name]}"), *self._args(node))
        if name in ROUNDING:
            return self._rounding(name, node)
        method = getattr(self, f"_f_{name.replace('.', '_')}", None)
        if method is None:
            raise self.refuse("CW036", node.func, name=name, advice="see docs/PYTHON_SUBSET.md")
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

    def _args(self, node: ast.Call) -> list[Js]:
        return [self.expr(argument) for argument in node.args]

    def _keyword(self, node: ast.Call, name: str) -> ast.expr | None:
        return next((keyword.value for keyword in node.keywords if keyword.arg == name), None)

    def wrong(self, node: ast.Call, name: str, detail: str, advice: str) -> Exception:
        return self.refuse("CW068", node, name=name, detail=detail, advice=advice)

    # Conversions

    def _f_str(self, node: ast.Call) -> Js:
        if len(node.args) == 0:
            return b.text("")
        if len(node.args) > 1 or len(node.keywords) > 0:
            raise self.wrong(node, "str", "an encoding", "write data.decode()")
        return self.to_text(self.expr(node.args[0]), self.t(node.args[0]), node.args[0])

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
        if kind == FLOAT:
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
                return {"inf": Id("Infinity"), "-inf": Unary("-", Id("Infinity")), "nan": Id("NaN")}[str(constant.value)]
            return self.help("parseFloating", value)
        return self.help("toFloat", value)

    def _f_bool(self, node: ast.Call) -> Js:
        if len(node.args) == 0:
            return b.FALSE
        value, kind = self.expr(node.args[0]), self.t(node.args[0])
        return value if kind == BOOL else b.call("Boolean", value)

    def _f_bytes(self, node: ast.Call) -> Js:
        if len(node.args) == 0:
            return New(Id("Uint8Array"), [])
        if len(node.args) > 1:
            raise self.wrong(node, "bytes", "an encoding", "write text.encode()")
        argument = node.args[0]
        kind = self.t(argument)
        if kind == INT:
            if isinstance(argument, ast.Constant):
                return New(Id("Uint8Array"), [self.expr(argument)])
            return self.help("zeroBytes", self.expr(argument))
        if kind == BYTES:
            return b.method(self.expr(argument), "slice")
        if isinstance(argument, ast.List) and all(_is_byte(item) for item in argument.elts):
            return b.method(Id("Uint8Array"), "of", *[self.expr(item) for item in argument.elts])
        return self.help("bytesFrom", self.consumed(argument))

    _f_bytearray = _f_bytes

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
        return New(Id("Set"), [self.consumed(node.args[0])] if len(node.args) > 0 else [])

    _f_frozenset = _f_set

    def _f_dict(self, node: ast.Call) -> Js:
        pairs: list[Js] = []
        for keyword in node.keywords:
            pairs.append(Array([b.text(keyword.arg or ""), self.expr(keyword.value)]))
        if len(node.args) == 0:
            return New(Id("Map"), [Array(pairs)] if len(pairs) > 0 else [])
        argument = node.args[0]
        source = self.expr(argument) if isinstance(self.t(argument), DictT) else self.consumed(argument)
        return New(Id("Map"), [Array([Spread(source), *pairs]) if len(pairs) > 0 else source])

    def _f_dict_fromkeys(self, node: ast.Call) -> Js:
        value = self.expr(node.args[1]) if len(node.args) > 1 else b.NULL
        source = self.consumed_array(node.args[0])
        return self.help("fromKeys", source, value)

    # Sequences

    def _f_len(self, node: ast.Call) -> Js:
        argument = node.args[0]
        kind = self.t(argument)
        if isinstance(argument, ast.Call) and isinstance(argument.func, ast.Attribute) and isinstance(kind, IterT):
            if isinstance(self.t(argument.func.value), DictT):
                return Member(self.expr(argument.func.value), "size")
        value = self.expr(argument)
        shapes = members(kind)
        if kind == STR:
            return self.help("textLength", value)
        if all(isinstance(member, ListT | TupleT) for member in shapes) or kind == BYTES or isinstance(kind, IterT):
            return Member(value, "length")
        if all(isinstance(member, DictT | SetT) for member in shapes):
            return Member(value, "size")
        if isinstance(kind, InstanceT):
            return b.method(value, "__len__")
        return self.help("len", value)

    def _f_range(self, node: ast.Call) -> Js:
        return self.help("range", *self._args(node))

    def _f_enumerate(self, node: ast.Call) -> Js:
        start = node.args[1] if len(node.args) > 1 else self._keyword(node, "start")
        source = self.consumed(node.args[0])
        if start is None and self.is_array(node.args[0]):
            return b.method(source, "entries")
        return self.help("enumerate", source, *([self.expr(start)] if start is not None else []))

    def _f_zip(self, node: ast.Call) -> Js:
        strict = self._keyword(node, "strict")
        is_strict = isinstance(strict, ast.Constant) and strict.value is True
        return self.help("zipStrict" if is_strict else "zip", *[self.consumed(argument) for argument in node.args])

    def _f_reversed(self, node: ast.Call) -> Js:
        argument = node.args[0]
        if isinstance(argument, ast.Call) and isinstance(self.t(argument), IterT):
            return self.help("reversed", self.consumed_array(argument))
        return self.help("reversed", self.iterable(argument) if self.is_array(argument) or self.t(argument) == BYTES else self.as_array(argument))

    def _f_iter(self, node: ast.Call) -> Js:
        return self.help("iter", self.iterable(node.args[0]))

    def _f_next(self, node: ast.Call) -> Js:
        first = node.args[0]
        kind = self.t(first)
        if isinstance(first, ast.GeneratorExp) and len(node.args) == 2 and self._finds(first):
            return self._find(first, node.args[1])
        value = self.expr(first)
        if isinstance(kind, InstanceT):
            return b.method(value, "__next__")
        return self.help("next", value, *[self.expr(argument) for argument in node.args[1:]])

    def _finds(self, node: ast.GeneratorExp) -> bool:
        """`next((x for x in xs if ...), None)` is xs.find(...)."""
        generator = node.generators[0]
        same = isinstance(node.elt, ast.Name) and isinstance(generator.target, ast.Name) and node.elt.id == generator.target.id
        item = self.t(node.elt)
        return same and len(node.generators) == 1 and len(generator.ifs) == 1 and NONE not in members(item) and not self._is_loop(node)

    def _find(self, node: ast.GeneratorExp, default: ast.expr) -> Js:
        source = self.as_array(node.generators[0].iter)
        saved = self.in_scope(node)
        found = b.method(source, "find", Arrow([self.pattern(node.generators[0].target)], self.expr(node.generators[0].ifs[0])))
        self.scope = saved
        return Binary("??", found, self.expr(default))

    def _f_map(self, node: ast.Call) -> Js:
        function = self.function_value(node.args[0])
        return self.help("mapped", function, *[self.consumed(argument) for argument in node.args[1:]])

    def _f_filter(self, node: ast.Call) -> Js:
        return self.help("filtered", self.function_value(node.args[0]), self.consumed(node.args[1]))

    def _f_sorted(self, node: ast.Call) -> Js:
        return self.help("sorted", self.consumed(node.args[0]), *self._ordering(node))

    def _f_min(self, node: ast.Call) -> Js:
        return self._extreme("min", node)

    def _f_max(self, node: ast.Call) -> Js:
        return self._extreme("max", node)

    def _extreme(self, name: str, node: ast.Call) -> Js:
        key, default = self._keyword(node, "key"), self._keyword(node, "default")
        if len(node.args) > 1:
            if key is None and all(self.is_int(argument) for argument in node.args):
                return b.call(b.path(f"Math.{name}"), *self._args(node))
            source: Js = Array(self._args(node))
        else:
            source = self.consumed(node.args[0])
        extra = [self.function_value(key)] if key is not None else []
        if default is not None:
            extra = [*(extra or [b.NULL]), self.expr(default)]
        return self.help(name, source, *extra)

    def _f_sum(self, node: ast.Call) -> Js:
        start = node.args[1] if len(node.args) > 1 else self._keyword(node, "start")
        kind = self.t(node)
        if FLOAT not in members(kind) and INT not in members(kind):
            raise self.wrong(node, "sum", f"items of type {kind}", "write a loop")
        source = self.consumed(node.args[0])
        name = "sum" if FLOAT not in members(kind) else "sumFloats"
        return self.help(name, source, *([self.expr(start)] if start is not None else []))

    def _f_any(self, node: ast.Call) -> Js:
        return self._quantifier("some", "includes", node)

    def _f_all(self, node: ast.Call) -> Js:
        return self._quantifier("every", "includes", node)

    def _quantifier(self, name: str, plain: str, node: ast.Call) -> Js:
        argument = node.args[0]
        if isinstance(argument, ast.GeneratorExp) and not self._is_loop(argument):
            return self._quantified(name, argument, 0)
        array = self.consumed_array(argument)
        found = b.method(array, plain, b.TRUE if name == "some" else b.FALSE)
        return found if name == "some" else b.negate(found)

    def _quantified(self, name: str, node: ast.GeneratorExp, index: int) -> Js:
        """any(...) as some, all(...) as every, one level per `for`."""
        saved = self.scope
        generator = node.generators[index]
        source = self.as_array(generator.iter)
        self.scope = self.scopes.of[node]
        last = index == len(node.generators) - 1
        body = self.expr(node.elt) if last else self._quantified(name, node, index + 1)
        for test in reversed(generator.ifs):
            condition = self.expr(test)
            body = Binary("&&", condition, body) if name == "some" else Binary("||", b.negate(condition), body)
        result = b.method(source, name, Arrow([self.pattern(generator.target)], body))
        self.scope = saved
        return result

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
        return Binary("**", left, right)

    def _f_divmod(self, node: ast.Call) -> Js:
        return self.help("divmod", *self._args(node))

    def _f_chr(self, node: ast.Call) -> Js:
        return b.method(Id("String"), "fromCodePoint", *self._args(node))

    def _f_ord(self, node: ast.Call) -> Js:
        return b.method(self.expr(node.args[0]), "codePointAt", Lit("0"))

    def _f_bin(self, node: ast.Call) -> Js:
        return self.help("prefixed", self.expr(node.args[0]), Lit("2"), b.text("0b"))

    def _f_hex(self, node: ast.Call) -> Js:
        return self.help("prefixed", self.expr(node.args[0]), Lit("16"), b.text("0x"))

    def _rounding(self, name: str, node: ast.Call) -> Js:
        if self.is_int(node.args[0]):
            return self.expr(node.args[0])
        argument = node.args[0]
        if isinstance(argument, ast.BinOp) and isinstance(argument.op, ast.Div) and isinstance(argument.right, ast.Constant):
            if self.is_int(argument.left):
                return b.call(b.path(f"Math.{ROUNDING[name]}"), self.expr(argument))
        return self.help("wholeNumber", b.call(b.path(f"Math.{ROUNDING[name]}"), self.expr(argument)))

    def _f_math_log(self, node: ast.Call) -> Js:
        args = self._args(node)
        first = b.call(b.path("Math.log"), args[0])
        return first if len(args) == 1 else Binary("/", first, b.call(b.path("Math.log"), args[1]))

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
        mutable = [index for index, item in enumerate(args) if isinstance(self.t(item), ListT | DictT | SetT | InstanceT)]
        return len(mutable) > 0 and any(may_act(item) for item in args[mutable[0] + 1 :])

    def _f_isinstance(self, node: ast.Call) -> Js:
        value, known = self.expr(node.args[0]), self.t(node.args[0])
        tests = self._tests(node.args[1])
        if len(tests) > 1:
            value, again = self.twice(node.args[0], value)
        else:
            again = value
        result = self._is_instance(value, known, tests[0], node)
        for test in tests[1:]:
            result = Binary("||", result, self._is_instance(again, known, test, node))
        return result

    def _tests(self, node: ast.expr) -> list[ast.expr]:
        if isinstance(node, ast.Tuple):
            return [item for element in node.elts for item in self._tests(element)]
        if isinstance(node, ast.BinOp):
            return [*self._tests(node.left), *self._tests(node.right)]
        return [node]

    def _is_instance(self, value: Js, known: Type, test: ast.expr, node: ast.Call) -> Js:
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
        if name in ("int", "float") and not vague and not any(str(member) in (name, "bool" if name == "int" else name) for member in kinds):
            return b.FALSE
        if name == "int":
            if vague:
                return self.help("isInt", value)
            number = Binary("===", Unary("typeof", value), b.text("number"))
            if BOOL in kinds:
                first, again = self.twice(node.args[0], value)
                number = Binary("===", Unary("typeof", first), b.text("number"))
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

    # json, dataclasses, typing

    def _f_json_dumps(self, node: ast.Call) -> Js:
        value = self.expr(node.args[0])
        options: list[tuple[str, Js]] = []
        separators = self._keyword(node, "separators")
        if separators is not None:
            compact = isinstance(separators, ast.Tuple) and [getattr(item, "value", None) for item in separators.elts] == [",", ":"]
            if not compact:
                raise self.wrong(node, "json.dumps", "separators", 'only (",", ":")')
            options.append(("compact", b.TRUE))
        for name, option in (("sort_keys", "sorted"), ("ensure_ascii", "ascii")):
            given = self._keyword(node, name)
            if given is not None:
                options.append((option, self.expr(given)))
        return self.help("dumps", value, *([Object(options)] if len(options) > 0 else []))

    def _f_json_loads(self, node: ast.Call) -> Js:
        if self.t(node.args[0]) == BYTES:
            return self.help("loads", self.help("decodeText", self.expr(node.args[0])))
        return self.help("loads", *self._args(node))

    def _f_dataclasses_replace(self, node: ast.Call) -> Js:
        kind = self.t(node.args[0])
        assert isinstance(kind, InstanceT)
        if kind.cls.module is not None and any(kind.cls in other.family() and other is not kind.cls for other in self.program.all_classes()):
            raise self.wrong(node, "replace", f"{kind.cls.name} has subclasses", "make the object anew")
        value = self.expr(node.args[0])
        given = {keyword.arg: keyword.value for keyword in node.keywords}
        names = [item.name for item in kind.cls.dataclass_fields() if item.name in given]
        self.check_order(node, [*node.args, *(given[name] for name in names)])
        first, again = self.twice(node.args[0], value)
        args: list[Js] = []
        for item in kind.cls.dataclass_fields():
            change = given.get(item.name)
            args.append(self.value(change) if change is not None else Member(again, self.prop(item.name)))
        created = New(self.class_reference(kind.cls, node), args)
        if first is again:
            return created
        from build.compiler.nodes import Sequence

        return Sequence([first, created])

    def _f_dataclasses_field(self, node: ast.Call) -> Js:
        default = self._keyword(node, "default")
        if default is not None:
            return self.value(default)
        factory = self._keyword(node, "default_factory")
        if factory is None:
            raise self.refuse("CW037", node)
        kind = self.t(factory)
        if isinstance(kind, BuiltinT):
            made = {"list": Array([]), "dict": New(Id("Map"), []), "set": New(Id("Set"), []), "tuple": Array([])}
            if kind.name in made:
                return made[kind.name]
        if isinstance(kind, ClassT):
            return New(self.expr(factory), [])
        if isinstance(factory, ast.Lambda):
            return self.expr(factory.body)
        return Call(self.expr(factory), [])

    def _f_typing_cast(self, node: ast.Call) -> Js:
        return self.expr(node.args[1])

    def _f_typing_assert_never(self, node: ast.Call) -> Js:
        return self.help("unreachable", *self._args(node))

    # The js module

    def _f_js_new(self, node: ast.Call) -> Js:
        callee, *args = [self.expr(argument) for argument in node.args]
        return New(callee, args)

    def _f_js_record(self, node: ast.Call) -> Js:
        if len(node.args) == 0:
            return Object([])
        argument = node.args[0]
        constant = isinstance(argument, ast.Dict) and all(
            isinstance(key, ast.Constant) and isinstance(key.value, str) for key in argument.keys
        )
        if isinstance(argument, ast.Dict) and constant:
            pairs = [
                (b.key(str(key.value)), self.value(value))
                for key, value in zip(argument.keys, argument.values, strict=True)
                if isinstance(key, ast.Constant)
            ]
            return Object(pairs)
        return b.method(Id("Object"), "fromEntries", self.expr(argument))

    def _f_js_array(self, node: ast.Call) -> Js:
        return self.as_array(node.args[0]) if len(node.args) > 0 else Array([])

    def _f_js_items(self, node: ast.Call) -> Js:
        return b.method(Id("Array"), "from", *self._args(node))

    def _js_property(self, node: ast.Call) -> Js:
        name = node.args[1]
        target = self.expr(node.args[0])
        if isinstance(name, ast.Constant) and isinstance(name.value, str):
            return b.member(target, name.value)
        from build.compiler.nodes import Index

        return Index(target, self.expr(name))

    def _f_js_get(self, node: ast.Call) -> Js:
        return Binary("??", self._js_property(node), b.NULL)

    def _f_js_put(self, node: ast.Call) -> Js:
        return b.assign(self._js_property(node), self.value(node.args[2]))

    def _f_js_has(self, node: ast.Call) -> Js:
        return Binary("in", self.expr(node.args[1]), self.expr(node.args[0]))

    def _f_js_from_bytes(self, node: ast.Call) -> Js:
        return self.expr(node.args[0])

    def _f_js_to_bytes(self, node: ast.Call) -> Js:
        return self.help("viewBytes", *self._args(node))

    def _itself(self, node: ast.Call) -> Js:
        return self.expr(node.args[0])

    _f_js_wait = _itself
    _f_js_listener = _itself
    _f_js_failure = _itself
    _f_js_constructor = _itself

    def _f_js_type_of(self, node: ast.Call) -> Js:
        return Unary("typeof", self.expr(node.args[0]))

    def _f_js_platform(self, node: ast.Call) -> Js:
        return b.text("compiled")

    def _f_js_start(self, node: ast.Call) -> Js:
        return self.help("start", self.coroutine(node.args[0]))

    _f_js_promise = _f_js_start


def _is_byte(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and type(node.value) is int and 0 <= node.value < 256


__all__ = ["FunctionT", "Functions", "constant_type"]
