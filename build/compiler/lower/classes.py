"""Classes: their constructors, methods and constants, and what dataclasses get by themselves."""

from __future__ import annotations

import ast

from build.compiler import builders as b
from build.compiler.infer.constructors import field_options, is_false
from build.compiler.lower.definitions import FunctionNode, docstring, is_text
from build.compiler.lower.enums import Enums
from build.compiler.nodes import Array, Assign, Binary, Call, Class, Id, Js, Let, Member, Method, Return, Template
from build.compiler.symbols import ClassInfo, Field, FunctionInfo
from build.compiler.types import PLAIN


class Classes(Enums):
    """ClassDef."""

    def _s_ClassDef(self, node: ast.ClassDef) -> list[Js]:
        cls = self.module.symbols.get(node.name)
        if not isinstance(cls, ClassInfo) or cls.is_protocol:
            return []
        saved, self.cls = self.cls, cls
        before: list[Js] = []
        methods: list[Method] = []
        constructor = self.enum_constructor(cls) if cls.is_enum else self._constructor(cls)
        if constructor is not None:
            methods.append(constructor)
        methods += self._constants(cls, before) if not cls.is_enum else []
        for item in node.body:
            if isinstance(item, FunctionNode) and item.name != "__init__":
                methods += self._method(item, cls)
        methods += self._generated(cls)
        base = self.class_reference(cls.base, node) if cls.base is not None and not cls.base.is_protocol else None
        self.cls = saved
        whole = Class(self.js_name(node.name), base, methods, docstring(node), place=self.place(node, node.name))
        return [*before, whole, *self.enum_members(cls)]

    def _constructor(self, cls: ClassInfo) -> Method | None:
        init = cls.methods.get("__init__")
        if init is not None:
            return self._init(cls, init)
        if cls.is_dataclass:
            return self._dataclass_constructor(cls)
        return None

    def _init(self, cls: ClassInfo, init: FunctionInfo) -> Method:
        node = init.node
        own = node.args.args[0].arg
        if cls.base is not None and not cls.base.is_protocol:
            self._check_super(node, own)
        elif _is_super_init(node.body[0] if not is_text(node.body[0]) else node.body[-1]):
            node.body = [item for item in node.body if not _is_super_init(item)]
        params, body = self.function_parts(node, own, skip=1)
        return Method("constructor", params, body, doc=docstring(node), place=self.place(node))

    def _check_super(self, node: FunctionNode, own: str) -> None:
        """JavaScript has no `this` before super() has run."""
        for statement in node.body:
            if _is_super_init(statement):
                return
            if any(isinstance(item, ast.Name) and item.id == own for item in ast.walk(statement)):
                break
            if any(_is_super_init(item) for item in ast.walk(statement) if isinstance(item, ast.stmt)):
                break
        self.report.refuse("CW042", node.body[0])

    def _dataclass_constructor(self, cls: ClassInfo) -> Method | None:
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
            passed: list[Js] = [Id(self.js_name(name)) for name in base_names if self._is_parameter(cls, name)]
            body.append(b.do(Call(Id("super"), passed)))
        for item in fields:
            name = Id(self.js_name(item.name), place=self.place(item.node, item.name))
            default = self._field_default(item)
            if not self._is_param(item):
                body.append(b.do(Assign("=", Member(b.THIS, self.prop(item.name, cls)), default or b.NULL)))
                continue
            params.append(Assign("=", name, default) if default is not None else name)
            if item.name not in base_names:
                body.append(b.do(Assign("=", Member(b.THIS, self.prop(item.name, cls)), Id(name.name))))
        if cls.find_method("__post_init__") is not None:
            body.append(b.do(b.method(b.THIS, "__post_init__")))
        return Method("constructor", params, body)

    def _is_parameter(self, cls: ClassInfo, name: str) -> bool:
        item = cls.find_field(name)
        return item is not None and self._is_param(item)

    def _is_param(self, item: Field) -> bool:
        options = field_options(item.value)
        return options is None or not is_false(options.get("init"))

    def _field_default(self, item: Field) -> Js | None:
        if item.value is None:
            return None
        options = field_options(item.value)
        if options is not None and "default" not in options and "default_factory" not in options:
            return None
        return self.value(item.value)

    def _constants(self, cls: ClassInfo, before: list[Js]) -> list[Method]:
        """Class constants as getters: inherited, overridden and read through instances as in Python."""
        found: list[Method] = []
        for item in cls.fields.values():
            if not item.in_body or item.value is None or (cls.is_dataclass and not item.class_var):
                continue
            value = self.value(item.value)
            if not self.only(item.value, *PLAIN) or not all(map(self._is_repeatable, ast.walk(item.value))):
                name = Id(self.fresh(f"{cls.name}_{item.name}"))
                before.append(Let("const", name, value))
                value = name
            spelled = self.prop(item.name, cls)
            found.append(Method(spelled, [], [Return(value)], word="get", place=self.place(item.node)))
            if item.name in self.program.stored_attributes:
                own = self.help("own", b.THIS, b.text(spelled), Id("value"))
                found.append(Method(spelled, [Id("value")], [b.do(own)], word="set"))
        return found

    def _is_repeatable(self, part: ast.AST) -> bool:
        """May this part of a class constant be evaluated each time that somebody asks for it?"""
        if isinstance(part, ast.Name):
            known = self.scopes.module.locals.get(part.id)
            return known is None or known.stores <= 1
        return isinstance(part, ast.Constant | ast.UnaryOp | ast.BinOp | ast.operator | ast.unaryop | ast.expr_context)

    def _method(self, node: FunctionNode, cls: ClassInfo) -> list[Method]:
        info = next((found for found in [*cls.methods.values(), *cls.setters.values()] if found.node is node), None)
        if info is None:
            return []
        static = info.kind in ("static", "class")
        own = None if info.kind == "static" else node.args.args[0].arg
        params, body = self.function_parts(node, own, skip=0 if info.kind == "static" else 1)
        word = {"getter": "get", "setter": "set"}.get(info.kind, "")
        method = Method(
            self.method_name(node.name, cls),
            params,
            body,
            word,
            static,
            isinstance(node, ast.AsyncFunctionDef),
            self.scopes.of[node].is_generator,
            docstring(node),
            place=self.place(node, node.name),
        )
        if node.name == "__next__":
            step = self.help("step", b.THIS)
            return [method, Method("next", [], [Return(step)])]
        return [method]

    def method_name(self, name: str, cls: ClassInfo) -> str:
        return {"__str__": "toString", "__iter__": "[Symbol.iterator]"}.get(name, self.prop(name, cls))

    def _generated(self, cls: ClassInfo) -> list[Method]:
        found: list[Method] = []
        needs = self.program.needs
        is_error = cls.is_error()
        if (
            cls.is_dataclass
            and cls.eq
            and "__eq__" not in cls.methods
            and (needs.any_equality or cls in needs.equality)
        ):
            found.append(self._equality(cls))
        if cls.is_dataclass and cls.order and "__lt__" not in cls.methods:
            fields: list[Js] = [Member(b.THIS, self.prop(item.name, cls)) for item in cls.dataclass_fields()]
            others: list[Js] = [Member(Id("other"), self.prop(item.name, cls)) for item in cls.dataclass_fields()]
            test = Binary("<", self.help("compare", Array(fields), Array(others)), b.number(0))
            found.append(Method("__lt__", [Id("other")], [Return(test)]))
        shown = needs.any_repr or cls in needs.repr
        if cls.is_enum and shown:
            found += self.enum_texts(cls)
        if cls.is_dataclass and shown and "__repr__" not in cls.methods:
            found.append(self._repr(cls))
        if needs.names or (is_error and shown):
            found.append(Method("__name__", [], [Return(b.text(cls.name))], word="get"))
        return found

    def _equality(self, cls: ClassInfo) -> Method:
        other = Id("other")
        test: Js = Binary("&&", Binary("instanceof", other, Id(self.js_name(cls.name))), self._same_class())
        if not any(cls in found.family() and found is not cls for found in self.program.modules.all_classes()):
            test = Binary("instanceof", other, Id(self.js_name(cls.name)))
        for item in cls.dataclass_fields():
            options = field_options(item.value)
            if options is not None and is_false(options.get("compare")):
                continue
            kind = self.inferred.field_type(cls, item)
            mine, theirs = Member(b.THIS, self.prop(item.name, cls)), Member(other, self.prop(item.name, cls))
            same: Js = Binary("===", mine, theirs)
            if not self.is_same_by_identity(kind, kind):
                same = self.equality(mine, theirs, (kind, kind))
            test = Binary("&&", test, same)
        return Method("__eq__", [other], [Return(test)])

    def _same_class(self) -> Js:
        return Binary("===", Member(Id("other"), "constructor"), Member(b.THIS, "constructor"))

    def _repr(self, cls: ClassInfo) -> Method:
        parts: list[str | Js] = [f"{cls.name}("]
        first = True
        for item in cls.dataclass_fields():
            options = field_options(item.value)
            if options is not None and is_false(options.get("repr")):
                continue
            parts.append(f"{'' if first else ', '}{item.name}=")
            first = False
            kind = self.inferred.field_type(cls, item)
            parts.append(self._in_template(self.to_repr(Member(b.THIS, self.prop(item.name, cls)), kind, item.node)))
        parts.append(")")
        return Method("__repr__", [], [Return(Template(parts))])


def _is_super_init(node: ast.stmt) -> bool:
    call = node.value if isinstance(node, ast.Expr) else None
    if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Attribute) or call.func.attr != "__init__":
        return False
    inner = call.func.value
    return isinstance(inner, ast.Call) and isinstance(inner.func, ast.Name) and inner.func.id == "super"
