"""Calls of built-in functions, of json, math, dataclasses and of the js module."""

from __future__ import annotations

import ast

from build.compiler import builders as b
from build.compiler.lower.collections import Collections
from build.compiler.lower.effects import may_fail
from build.compiler.lower.order import after
from build.compiler.nodes import Array, Binary, Call, Id, Js, Member, New, Object, Unary
from build.compiler.types import (
    BYTES,
    FLOAT,
    BuiltinT,
    ClassT,
    InstanceT,
    Type,
    members,
    parts_of,
)


class Functions(Collections):
    """One method per function: `_f_len` for len, `_f_js_new` for js.new."""

    # json, dataclasses, typing

    def _f_json_dumps(self, node: ast.Call) -> Js:
        value = self.expr(node.args[0])
        options: list[tuple[str, Js]] = []
        separators = self._keyword(node, "separators")
        if separators is not None:
            compact = isinstance(separators, ast.Tuple) and [
                getattr(item, "value", None) for item in separators.elts
            ] == [",", ":"]
            if not compact:
                raise self.wrong(node, "json.dumps", "separators", 'only (",", ":")')
            options.append(("compact", b.TRUE))
        for name, option in (("sort_keys", "sorted"), ("ensure_ascii", "isAscii")):
            given = self._keyword(node, name)
            if given is not None:
                options.append((option, self.expr(given)))
        if [name for name, _ in options] == ["compact"] and not _holds_floats(self.t(node.args[0])):
            return self.help("dumpsCompact", value)
        return self.help("dumps", value, *([Object(options)] if len(options) > 0 else []))

    def _f_json_loads(self, node: ast.Call) -> Js:
        if self.t(node.args[0]) == BYTES:
            return self.help("loads", self.help("decodeText", self.expr(node.args[0])))
        return self.help("loads", *self._args(node))

    def _f_dataclasses_replace(self, node: ast.Call) -> Js:
        kind = self.t(node.args[0])
        assert isinstance(kind, InstanceT)
        if kind.cls.module is not None and any(
            kind.cls in other.family() and other is not kind.cls for other in self.program.modules.all_classes()
        ):
            raise self.wrong(node, "replace", f"{kind.cls.name} has subclasses", "make the object anew")
        given = {str(keyword.arg): keyword.value for keyword in node.keywords}
        changes = {name: self.value(value) for name, value in given.items()}
        value = self.expr(node.args[0])
        held, again = self.before(node.args[0], value, *given.values())
        if len(held) == 0 and not self.is_simple(node.args[0]):
            first, again = self.twice(node.args[0], value)
            held = [first]
        if any(self.acts(value) or may_fail(value) for value in given.values()):
            names: dict[str, Js] = {name: self.temp() for name in changes}
            held += [b.assign(names[name], value) for name, value in changes.items()]
            changes = names
        fields = [item.name for item in kind.cls.dataclass_fields()]
        args = [changes[name] if name in changes else Member(again, self.prop(name, kind)) for name in fields]
        return after(held, New(self.class_reference(kind.cls, node), args))

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
            if kind.name.startswith("collections."):
                return self.made_by(kind.name)
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

    def _f_js_options(self, node: ast.Call) -> Js:
        """A record that inherits nothing: browsers read the members of a dictionary from its prototype too."""
        record = self._f_js_record(node)
        assert isinstance(record, Object)
        return Object([("__proto__", b.NULL), *record.pairs])

    def _f_js_array(self, node: ast.Call) -> Js:
        return self.as_array(node.args[0]) if len(node.args) > 0 else Array([])

    def _f_js_items(self, node: ast.Call) -> Js:
        return self.help("listed", *self._args(node))

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
        return New(Id("Uint8Array"), self._args(node))

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


def _holds_floats(kind: Type) -> bool:
    return any(member == FLOAT or any(map(_holds_floats, parts_of(member))) for member in members(kind))
