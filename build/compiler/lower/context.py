"""Where a node stands: what it asks its surroundings for, handed down and never changed."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from build.compiler import builders as b
from build.compiler.errors import Reporter, Stop
from build.compiler.infer import Inferred
from build.compiler.lower.gathered import Gathered
from build.compiler.lower.helpers import HELPERS
from build.compiler.lower.spelling import RESERVED, property_name
from build.compiler.nodes import Array, Assign, Binary, Id, Js, Let, Own, Place, Spread
from build.compiler.program import Program
from build.compiler.scopes.bindings import name_in
from build.compiler.scopes.placement import Placement, place
from build.compiler.scopes.scope import Local, Scope, Scopes
from build.compiler.symbols import ClassInfo, ModuleInfo
from build.compiler.tables import Tables
from build.compiler.types import ANY, INT, ClassT, DictT, InstanceT, Type, members


@dataclass(frozen=True)
class Context:
    """`expr`, `value`, `block` lower what is below a node; the rest says where it stands.

    `own_name` means `this` in `own_node`; `catching`: the error of the handler around; `ended`: the flag that a `break`
    of the loop around lowers; `stand_ins`: what is read in place of names; `assumed`, `words`: locals that are being
    looked at, taken for natural numbers and words of 32 bits; `positive`: those that a condition around keeps above
    zero; `looping`: it is done again and again. `temps` and `fresh_names` grow with the function around.
    """

    program: Program
    module: ModuleInfo
    inferred: Inferred
    tables: Tables
    report: Reporter
    gathered: Gathered
    scope: Scope
    placement: Placement
    temps: list[str] = field(default_factory=list)
    fresh_names: set[str] = field(default_factory=set)
    cls: ClassInfo | None = None
    own_name: str | None = None
    own_node: ast.AST | None = None
    returns_value: bool = True
    catching: str | None = None
    ended: Id | None = None
    looping: bool = False
    stand_ins: Mapping[str, Js] = field(default_factory=dict)
    assumed: frozenset[Local] = frozenset()
    positive: frozenset[Local] = frozenset()
    words: frozenset[Local] = frozenset()

    @classmethod
    def of(cls, program: Program, module: ModuleInfo, inferred: Inferred, tables: Tables) -> Context:
        """The top of a module."""
        names = map(name_in, program.sources[module.name].nodes)
        taken = frozenset(name for name in names if name is not None)
        scope = inferred.scopes.module
        report = program.reports[module.name]
        return cls(program, module, inferred, tables, report, Gathered(taken), scope, place(scope, is_module=True))

    @property
    def scopes(self) -> Scopes:
        return self.inferred.scopes

    def within(self, node: ast.AST) -> Context:
        """In the scope that a function, a lambda or a comprehension makes."""
        looping = isinstance(node, ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp)
        return replace(self, scope=self.scopes.of[node], positive=frozenset(), looping=looping)

    def expr(self, node: ast.expr) -> Js:
        result: Js = self.tables.visits[type(node)](node, self)
        convert = self.tables.occasions.get(self.inferred.coercions.get(node, ""))
        return convert(node, result, self) if convert is not None else result

    def value(self, node: ast.expr) -> Js:
        """An expression that is stored or passed on, with the conversion that inference noted."""
        coercion = self.inferred.coercions.get(node)
        if coercion == "nullish":
            return Binary("??", self.expr(node), b.NULL)
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
        return self.inferred.types.get(node, ANY)

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
        if name not in HELPERS:
            raise LookupError(f"no runtime helper {name}")
        used = self.gathered.helpers
        if name not in used:
            used[name] = f"{name}$" if name in self.gathered.taken or name in RESERVED else name
        return Id(used[name])

    def help(self, name: str, *args: Js) -> Js:
        return b.call(self.helper(name), *args)

    def js_name(self, name: str) -> str:
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
        while candidate in self.gathered.taken or candidate in RESERVED or candidate in HELPERS:
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
        taken = {*self.gathered.taken, *self.temps}
        candidate = name
        count = 1
        while candidate in taken or candidate in RESERVED or candidate in HELPERS:
            count += 1
            candidate = f"{name}{count}"
        self.temps.append(candidate)
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
        return Assign("=", name, value), name

    def only(self, node: ast.AST, *kinds: Type) -> bool:
        """Is every alternative of the node's type among these?"""
        return all(member in kinds for member in members(self.t(node)))

    def is_int(self, node: ast.AST) -> bool:
        return self.t(node) == INT
