"""State of lowering in one module: types, names, helpers, temporaries."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from build.compiler import builders as b
from build.compiler.bindings import captured_name
from build.compiler.errors import Stop
from build.compiler.infer import Statements
from build.compiler.nodes import Id, Js, Own, Place
from build.compiler.placement import Placement
from build.compiler.program import Program
from build.compiler.scope import Scope
from build.compiler.symbols import ClassInfo, ModuleInfo
from build.compiler.types import ANY, INT, ClassT, InstanceT, Type, members

RUNTIME = Path(__file__).parent.parent / "runtime"
EXPORTED = re.compile(r"^export (?:async )?(?:function\*?|class|const|let) ([\w$]+)", re.M)
RESERVED_TEXT = (
    "arguments await break case catch class const continue debugger default delete do else enum eval export extends "
    "false finally for function if implements import in instanceof interface let new null package private protected "
    "public return static super switch this throw true try typeof undefined var void while with yield "
    "Array BigInt Boolean Error Infinity JSON Map Math NaN Number Object Promise Set String Symbol Uint8Array "
    "console globalThis"
)
RESERVED = frozenset(RESERVED_TEXT.split())
# As property names these mean something to JavaScript itself.
RESERVED_PROPERTIES = {"constructor", "prototype", "__proto__", "then", "toString", "valueOf", "toJSON", "cause"}
RUNTIME_FILES = {"Failure": "js"}


def helper_files() -> dict[str, str]:
    """Which runtime file exports which helper."""
    found: dict[str, str] = {}
    for path in sorted(RUNTIME.glob("*.mjs")):
        for name in EXPORTED.findall(path.read_text(encoding="utf-8")):
            found[name] = path.stem
    return found


class Lower:
    """What all layers of lowering share; `expr` and `block` are defined in the top layers."""

    helpers: dict[str, str] = helper_files()

    def __init__(self, program: Program, module: ModuleInfo, inferred: Statements, platform: str) -> None:
        self.program = program
        self.module = module
        self.inferred = inferred
        self.platform = platform
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

    def expr(self, node: ast.expr) -> Js:
        raise NotImplementedError

    def block(self, body: list[ast.stmt]) -> list[Js]:
        raise NotImplementedError

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


def property_name(name: str) -> str:
    """How an attribute of ours is spelled in JavaScript."""
    return f"{name}_" if name in RESERVED_PROPERTIES else name


def names_in(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Name):
        return [node.id] if isinstance(node.ctx, ast.Store) else []
    if isinstance(node, ast.arg):
        return [node.arg]
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return [node.name]
    if isinstance(node, ast.alias):
        return [node.asname or node.name]
    if isinstance(node, ast.ExceptHandler) and node.name is not None:
        return [node.name]
    captured = captured_name(node)
    if captured is not None:
        return [captured]
    return []
