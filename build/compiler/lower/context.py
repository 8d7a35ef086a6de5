"""State of lowering in one module: types, names, helpers, temporaries."""

from __future__ import annotations

import ast

from build.compiler import builders as b
from build.compiler.errors import Stop
from build.compiler.infer import Statements
from build.compiler.lower.helpers import helper_files
from build.compiler.lower.spelling import RESERVED, names_in, property_name
from build.compiler.lower.tables import Tables
from build.compiler.nodes import Array, Id, Js, Let, Own, Place, Spread
from build.compiler.placement import Placement
from build.compiler.program import Program
from build.compiler.scope import Scope
from build.compiler.symbols import ClassInfo, ModuleInfo
from build.compiler.types import ANY, INT, ClassT, DictT, InstanceT, Type, members
from build.compiler.uses import Local


class Context:
    """Where a node stands, and what its module has gathered."""

    helpers: dict[str, str] = helper_files()

    def __init__(self, program: Program, module: ModuleInfo, inferred: Statements, tables: Tables) -> None:
        self.program = program
        self.module = module
        self.inferred = inferred
        self.tables = tables
        self.report = program.reports[module.name]
        self.types = inferred.types
        self.scopes = inferred.scopes
        self.scope: Scope = inferred.scopes.module
        self.placement = Placement()
        self.cls: ClassInfo | None = None
        self.own_name: str | None = None
        self.used_helpers: dict[str, str] = {}
        self.used_imports: dict[tuple[str, str | None], str] = {}
        self.taken = {name for node in program.sources[module.name].nodes for name in names_in(node)}
        self.temps: list[list[str]] = [[]]
        self.catching: list[str] = []
        self.fresh_names: set[str] = set()
        self.renamed: dict[str, str] = {}
        self.stand_ins: dict[str, Js] = {}
        self.whole_matches: set[ast.AST] = set()
        self.dropped: set[ast.AST] = set()
        self.ended: list[Id | None] = [None]
        self.own_node: ast.AST | None = None
        self.returns_value = True
        self.assumed: frozenset[Local] = frozenset()
        self.words: frozenset[Local] = frozenset()

    # Parts

    def expr(self, node: ast.expr) -> Js:
        visit = self.tables.visits.get(type(node))
        if visit is None:
            raise self.refuse("CW034", node, what=type(node).__name__, advice="see docs/PYTHON_SUBSET.md")
        result: Js = visit(node, self)
        coerce = self.tables.coercions.get(self.inferred.coercions.get(node, ""))
        return coerce(node, result, self) if coerce is not None else result

    def value(self, node: ast.expr) -> Js:
        """An expression that is stored or passed on, with the conversion that inference noted."""
        coercion = self.inferred.coercions.get(node)
        if coercion == "nullish":
            return b.binary("??", self.expr(node), b.NULL)
        if coercion == "keys" and isinstance(self.t(node), DictT):
            return Array([Spread(b.method(self.expr(node), "keys"))])
        return self.expr(node)

    def block(self, body: list[ast.stmt]) -> list[Js]:
        return [item for node in body for item in self.statement(node)]

    def statement(self, node: ast.stmt) -> list[Js]:
        """A statement with the declarations that go before it."""
        before: list[Js] = [Let("let", Id(self.js_name(name))) for name in self.placement.before.get(node, [])]
        visit = self.tables.visits.get(type(node))
        if visit is None:
            return before
        try:
            result: list[Js] = visit(node, self)
        except Stop:
            return before
        except (LookupError, AttributeError, TypeError, ValueError, AssertionError) as error:
            self.report.refuse("CW099", node, detail=f"{type(error).__name__} {error}")
            return before
        if len(result) > 0 and result[0].place is None:
            result[0].place = self.place(node)
        return [*before, *result]

    def refuse(self, code: str, node: ast.AST, **words: object) -> Stop:
        """Record a refusal; `raise self.refuse(...)` leaves the statement."""
        self.report.refuse(code, node, **words)
        return Stop()

    def t(self, node: ast.AST) -> Type:
        return self.types.get(node, ANY)

    def place(self, node: ast.AST, name: str | None = None) -> Place | None:
        line = getattr(node, "lineno", None)
        if line is None:
            return None
        text = self.report.lines[line - 1] if line <= len(self.report.lines) else ""
        offset: int = getattr(node, "col_offset", 0)
        if not text.isascii():
            offset = len(text.encode()[:offset].decode("utf-8", "replace").encode("utf-16-le")) // 2
        return Place(line, offset, name)

    # Names

    def helper(self, name: str) -> Id:
        """A runtime helper by name; imported once, renamed when the module uses the name itself."""
        if name not in self.helpers:
            raise LookupError(f"no runtime helper {name}")
        if name not in self.used_helpers:
            self.used_helpers[name] = f"{name}$" if name in self.taken or name in RESERVED else name
        return Id(self.used_helpers[name])

    def help(self, name: str, *args: Js) -> Js:
        return b.call(self.helper(name), *args)

    def js_name(self, name: str) -> str:
        if name in self.renamed:
            return self.renamed[name]
        return f"{name}_" if name in RESERVED else name

    def prop(self, name: str, *kinds: ClassInfo | Type) -> str:
        """An attribute of ours, of an object of these classes or types."""
        found = [member for kind in kinds for member in (members(kind) if isinstance(kind, Type) else (kind,))]
        owners = [member.cls if isinstance(member, InstanceT | ClassT) else member for member in found]
        return Own(property_name(name), tuple(owner for owner in owners if isinstance(owner, ClassInfo)))

    def fresh(self, name: str) -> str:
        """A name that nothing in this module uses."""
        candidate = name
        count = 1
        while candidate in self.taken or candidate in RESERVED or candidate in self.helpers:
            count += 1
            candidate = f"{name}{count}"
        return candidate

    def unique(self, name: str) -> str:
        """A fresh name that is not given twice."""
        candidate = self.fresh(name)
        count = 1
        while candidate in self.fresh_names:
            count += 1
            candidate = self.fresh(f"{name}{count}")
        self.fresh_names.add(candidate)
        return candidate

    def temp(self, name: str = "it") -> Id:
        """A variable of the enclosing function for a value that is needed twice."""
        taken = {*self.taken, *self.temps[-1]}
        candidate = name
        count = 1
        while candidate in taken or candidate in RESERVED or candidate in self.helpers:
            count += 1
            candidate = f"{name}{count}"
        self.temps[-1].append(candidate)
        return Id(candidate)

    # Shapes of expressions

    def has_walrus(self, name: str) -> bool:
        """May the expression that a name stands in assign it?"""
        found = self.scope.find(name)
        return found is not None and found[0].has_walrus

    def is_simple(self, node: ast.expr) -> bool:
        """May this be evaluated twice, or a little later, without a difference?"""
        if isinstance(node, ast.Name):
            return not self.has_walrus(node.id)
        if isinstance(node, ast.Constant):
            return True
        if isinstance(node, ast.UnaryOp):
            return self.is_simple(node.operand)
        if isinstance(node, ast.Attribute):
            base = self.t(node.value)
            if isinstance(base, InstanceT) and base.cls.find_method(node.attr) is None and base.cls.module is not None:
                return self.is_simple(node.value)
        return False

    def twice(self, node: ast.expr, value: Js) -> tuple[Js, Js]:
        """The value to evaluate first, and again to read: itself when simple, else through a temporary."""
        if self.is_simple(node):
            return value, value
        name = self.temp()
        return b.assign(name, value), name

    def only(self, node: ast.AST, *kinds: Type) -> bool:
        """Is every alternative of the node's type among these?"""
        return all(member in kinds for member in members(self.t(node)))

    def is_int(self, node: ast.AST) -> bool:
        return self.t(node) == INT
