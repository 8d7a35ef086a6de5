"""Prints JavaScript nodes as readable text and records where each came from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from build.compiler import nodes as n
from build.compiler.sourcemap import SourceMap

WIDTH = 100
PRECEDENCE = {
    "??": 4,
    "||": 4,
    "&&": 5,
    "|": 6,
    "^": 7,
    "&": 8,
    "===": 9,
    "!==": 9,
    "==": 9,
    "!=": 9,
    "<": 10,
    ">": 10,
    "<=": 10,
    ">=": 10,
    "instanceof": 10,
    "in": 10,
    "<<": 11,
    ">>": 11,
    ">>>": 11,
    "+": 12,
    "-": 12,
    "*": 13,
    "/": 13,
    "%": 13,
    "**": 14,
}
UNARY, POSTFIX = 15, 18
ASSIGN, COND, PRIMARY = 2, 3, 20


def precedence(node: n.Js) -> int:
    """How tightly a node holds together; lower ones need parentheses inside higher ones."""
    if isinstance(node, n.Binary):
        return PRECEDENCE[node.operator]
    if isinstance(node, n.Sequence):
        return 1
    if isinstance(node, n.Assign | n.Arrow | n.Yield | n.Spread):
        return ASSIGN
    if isinstance(node, n.Cond):
        return COND
    if isinstance(node, n.Unary | n.Await):
        return UNARY
    if isinstance(node, n.Call | n.Member | n.Index | n.New):
        return POSTFIX
    return PRIMARY


class Printer:
    """One run over one module; `uses` counts properties that are ours, `short` renames them for a small copy."""

    def __init__(self, mapped: bool = True, short: Mapping[str, str] | None = None) -> None:
        self.is_small = short is not None
        self.short = short if short is not None else {}
        self.uses: Counter[str] = Counter()
        self.parts: list[str] = []
        self.line = 0
        self.column = 0
        self.depth = 0
        self.map = SourceMap()
        self.mapped = mapped

    def text(self) -> str:
        return "".join(self.parts)

    def module(self, body: list[n.Js]) -> None:
        for index, node in enumerate(body):
            if index > 0 and _apart(body[index - 1], node):
                self.newline()
            self.statement(node)
            self.newline()

    # Writing

    def write(self, text: str) -> None:
        self.parts.append(text)
        lines = text.split("\n")
        if len(lines) > 1:
            self.line += len(lines) - 1
            self.column = _units(lines[-1])
        else:
            self.column += _units(text)

    def newline(self) -> None:
        self.write("\n")

    def indent(self) -> None:
        self.write("  " * self.depth)

    def mark(self, node: n.Js) -> None:
        if self.mapped and node.place is not None:
            self.map.add(self.line, self.column, node.place.line - 1, node.place.column, node.place.name)

    def _property(self, name: str) -> str:
        if not isinstance(name, n.Own):
            return name
        self.uses[name] += 1
        return self.short.get(name, name)

    # Statements

    def statement(self, node: n.Js) -> None:
        doc = getattr(node, "doc", "") or getattr(getattr(node, "declaration", None), "doc", "")
        if doc != "":
            self._doc(doc)
        self.indent()
        self.mark(node)
        getattr(self, f"_{type(node).__name__}")(node)

    def _doc(self, doc: str) -> None:
        lines = doc.replace("*/", "* /").split("\n")
        self.indent()
        if len(lines) == 1:
            self.write(f"/** {lines[0]} */\n")
            return
        self.write("/**\n")
        for line in lines:
            self.indent()
            self.write(f" * {line}".rstrip() + "\n")
        self.indent()
        self.write(" */\n")

    def block(self, body: list[n.Js]) -> None:
        if len(body) == 0:
            self.write("{}")
            return
        self.write("{\n")
        self.depth += 1
        for node in body:
            self.statement(node)
            self.newline()
        self.depth -= 1
        self.indent()
        self.write("}")

    def _Statement(self, node: n.Statement) -> None:
        inner = node.value
        wrapped = _starts_badly(inner)
        self.write("(" if wrapped else "")
        self.expression(inner)
        self.write(");" if wrapped else ";")

    def _Let(self, node: n.Let) -> None:
        self.write(f"{node.kind} ")
        self.expression(node.target)
        if node.value is not None:
            self.write(" = ")
            self.expression(node.value, ASSIGN)
        self.write(";")

    def _If(self, node: n.If) -> None:
        self.write("if (")
        self.expression(node.test)
        self.write(") ")
        self.block(node.yes)
        if len(node.no) == 0:
            return
        self.write(" else ")
        if len(node.no) == 1 and isinstance(node.no[0], n.If):
            self.mark(node.no[0])
            self._If(node.no[0])
        else:
            self.block(node.no)

    def _While(self, node: n.While) -> None:
        self.write("while (")
        self.expression(node.test)
        self.write(") ")
        self.block(node.body)

    def _ForOf(self, node: n.ForOf) -> None:
        self.write(f"for ({node.kind}{' ' if node.kind != '' else ''}")
        self.expression(node.target)
        self.write(" of ")
        self.expression(node.iterable, ASSIGN)
        self.write(") ")
        self.block(node.body)

    def _For(self, node: n.For) -> None:
        self.write("for (")
        for index, declared in enumerate(node.start):
            self.write(", " if index > 0 else f"{declared.kind} ")
            self.expression(declared.target)
            self.write(" = ")
            self.expression(declared.value or n.Id("undefined"), ASSIGN)
        self.write(";")
        self.write(" ")
        self.expression(node.test)
        self.write("; ")
        self.expression(node.step)
        self.write(") ")
        self.block(node.body)

    def _Return(self, node: n.Return) -> None:
        self.write("return")
        if node.value is not None:
            self.write(" ")
            self.expression(node.value)
        self.write(";")

    def _Throw(self, node: n.Throw) -> None:
        self.write("throw ")
        self.expression(node.value)
        self.write(";")

    def _Try(self, node: n.Try) -> None:
        self.write("try ")
        self.block(node.body)
        if node.handler is not None:
            self.write(f" catch ({node.name}) " if node.name is not None else " catch ")
            self.block(node.handler)
        if node.final is not None:
            self.write(" finally ")
            self.block(node.final)

    def _Jump(self, node: n.Jump) -> None:
        self.write(f"{node.word};")

    def _Block(self, node: n.Block) -> None:
        self.block(node.body)

    def _Import(self, node: n.Import) -> None:
        if node.whole != "":
            self.write(f'import * as {node.whole} from "{node.source}";')
            return
        self._named("import", node.names, node.source)

    def _ExportNames(self, node: n.ExportNames) -> None:
        self._named("export", node.names, node.source)

    def _named(self, word: str, pairs: list[tuple[str, str]], source: str) -> None:
        names = [outer if outer == inner else f"{outer} as {inner}" for outer, inner in pairs]
        tail = f' from "{source}";' if source != "" else ";"
        flat = f"{word} {{ {', '.join(names)} }}{tail}"
        if len(flat) <= WIDTH:
            self.write(flat)
        else:
            self.write(f"{word} {{\n" + "".join(f"  {name},\n" for name in names) + "}" + tail)

    def _Export(self, node: n.Export) -> None:
        self.write("export ")
        self.mark(node.declaration)
        getattr(self, f"_{type(node.declaration).__name__}")(node.declaration)

    def _Class(self, node: n.Class) -> None:
        self.write(f"class {node.name} ")
        if node.base is not None:
            self.write("extends ")
            self.expression(node.base, POSTFIX)
            self.write(" ")
        if len(node.methods) == 0:
            self.write("{}")
            return
        self.write("{\n")
        self.depth += 1
        for index, item in enumerate(node.methods):
            if index > 0:
                self.newline()
            self.statement(item)
            self.newline()
        self.depth -= 1
        self.indent()
        self.write("}")

    def _Method(self, node: n.Method) -> None:
        self.write("static " if node.is_static else "")
        self.write("async " if node.is_async else "")
        self.write(f"{node.word} " if node.word != "" else "")
        self.write("*" if node.is_generator else "")
        self.write(self._property(node.name))
        self._list("(", node.params, ")")
        self.write(" ")
        self.block(node.body)

    # Expressions

    def expression(self, node: n.Js, at_least: int = 0) -> None:
        wrapped = precedence(node) < at_least
        self.write("(" if wrapped else "")
        self.mark(node)
        getattr(self, f"_{type(node).__name__}")(node)
        self.write(")" if wrapped else "")

    def _Id(self, node: n.Id) -> None:
        self.write(node.name)

    def _Lit(self, node: n.Lit) -> None:
        self.write(node.text)

    def _Template(self, node: n.Template) -> None:
        self.write("`")
        for part in node.parts:
            if isinstance(part, str):
                self.write(_template_text(part))
            else:
                self.write("${")
                self.expression(part)
                self.write("}")
        self.write("`")

    def _Array(self, node: n.Array) -> None:
        self._list("[", node.items, "]")

    def _Object(self, node: n.Object) -> None:
        if len(node.pairs) == 0:
            self.write("{}")
            return
        items: list[n.Js] = [_Pair(key, value) for key, value in node.pairs]
        self._list("{ ", items, " }")

    def _list(self, opening: str, items: list[n.Js], closing: str) -> None:
        """On one line if its first line fits, else one item a line."""
        while self.is_small and len(items) > 0 and isinstance(items[-1], n.Remark):
            items = items[:-1]
        if len(items) > 0 and self.mapped and self._too_wide(items):
            self.write(opening.rstrip() + "\n")
            self.depth += 1
            for item in items:
                self.indent()
                self._item(item)
                self.write(",\n")
            self.depth -= 1
            self.indent()
            self.write(closing.lstrip())
            return
        self.write(opening)
        for index, item in enumerate(items):
            self.write(", " if index > 0 else "")
            self._item(item)
        self.write(closing)

    def _item(self, item: n.Js) -> None:
        if isinstance(item, _Pair):
            shorthand = isinstance(item.value, n.Id) and item.value.name == item.key
            self.write("" if shorthand else f"{item.key}: ")
            self.expression(item.value, ASSIGN)
        else:
            self.expression(item, ASSIGN)

    def _too_wide(self, items: list[n.Js]) -> bool:
        if self.is_small:
            return False  # nobody reads it
        trial = Printer(mapped=False)
        for item in items:
            trial._item(item)
            trial.write(", ")
        return self.column + len(trial.text().split("\n")[0]) > WIDTH

    def _Arrow(self, node: n.Arrow) -> None:
        self.write("async " if node.is_async else "")
        self._list("(", node.params, ")")
        self.write(" => ")
        if isinstance(node.body, list):
            self.block(node.body)
        elif isinstance(node.body, n.Object) or _starts_badly(node.body):
            self.write("(")
            self.expression(node.body)
            self.write(")")
        else:
            self.expression(node.body, ASSIGN)

    def _Function(self, node: n.Function) -> None:
        self.write("async " if node.is_async else "")
        self.write("function")
        self.write("*" if node.is_generator else "")
        self.write(f" {node.name}" if node.name != "" else " ")
        self._list("(", node.params, ")")
        self.write(" ")
        self.block(node.body)

    def _Unary(self, node: n.Unary) -> None:
        self.write(node.operator + (" " if node.operator.isalpha() else ""))
        nested = isinstance(node.value, n.Unary) and node.value.operator == node.operator and node.operator in "+-"
        self.expression(node.value, PRIMARY if nested else UNARY)

    def _Binary(self, node: n.Binary) -> None:
        level = PRECEDENCE[node.operator]
        right_level = level if node.operator in ("&&", "||", "??") else level + 1
        left_level = level
        if node.operator == "**":
            left_level, right_level = UNARY + 1, level
        broken = node.operator in ("&&", "||") and self.mapped and self._too_wide([node])
        self._side(node.operator, node.left, left_level)
        if broken:
            self.write(f" {node.operator}\n")
            self.write("  " * (self.depth + 1))
        else:
            self.write(f" {node.operator} ")
        self._side(node.operator, node.right, right_level)

    def _side(self, operator: str, node: n.Js, level: int) -> None:
        """`??` never mixes with `&&` and `||` without parentheses; `&&` inside `||` reads better with them."""
        inner = node.operator if isinstance(node, n.Binary) else ""
        mixed = "??" in (operator, inner) and inner in ("||", "&&", "??") and inner != operator
        mixed = mixed or (operator == "||" and inner == "&&")
        self.expression(node, PRIMARY if mixed else level)

    def _Assign(self, node: n.Assign) -> None:
        self.expression(node.target, POSTFIX)
        self.write(f" {node.operator} ")
        self.expression(node.value, ASSIGN)

    def _Cond(self, node: n.Cond) -> None:
        self.expression(node.test, COND + 1)
        self.write(" ? ")
        self.expression(node.yes, ASSIGN)
        self.write(" : ")
        self.expression(node.no, ASSIGN)

    def _Call(self, node: n.Call) -> None:
        callee = POSTFIX if not isinstance(node.callee, n.Function) else PRIMARY + 1
        self.expression(node.callee, callee)
        self._list("(", node.args, ")")

    def _New(self, node: n.New) -> None:
        self.write("new ")
        self.expression(node.callee, PRIMARY + 1 if _has_call(node.callee) else POSTFIX)
        self._list("(", node.args, ")")

    def _Member(self, node: n.Member) -> None:
        bare_number = isinstance(node.object, n.Lit) and node.object.text[:1].isdigit()
        self.expression(node.object, PRIMARY + 1 if bare_number else POSTFIX)
        self.write(f".{self._property(node.name)}")

    def _Index(self, node: n.Index) -> None:
        self.expression(node.object, POSTFIX)
        self.write("[")
        self.expression(node.key)
        self.write("]")

    def _Remark(self, node: n.Remark) -> None:
        if self.is_small:
            self.write('""')
        else:
            self.expression(node.value, ASSIGN)

    def _Spread(self, node: n.Spread) -> None:
        self.write("...")
        self.expression(node.value, ASSIGN)

    def _Await(self, node: n.Await) -> None:
        self.write("await ")
        self.expression(node.value, UNARY)

    def _Yield(self, node: n.Yield) -> None:
        self.write("yield*" if node.delegate else "yield")
        if node.value is not None:
            self.write(" ")
            self.expression(node.value, ASSIGN)

    def _Sequence(self, node: n.Sequence) -> None:
        for index, item in enumerate(node.items):
            self.write(", " if index > 0 else "")
            self.expression(item, ASSIGN)


class _Pair(n.Js):
    """One entry of an object literal, on its way through the list printer."""

    def __init__(self, key: str, value: n.Js) -> None:
        self.key = key
        self.value = value
        self.place = None


def _units(text: str) -> int:
    """Columns of a source map are UTF-16 units."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def _template_text(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace("`", "\\`").replace("${", "\\${").replace("\r", "\\r")
    safe = []
    for char in escaped:
        odd = (
            (ord(char) < 32 and char != "\n")
            or 0x7F <= ord(char) < 0xA0
            or char in "\u2028\u2029\ufeff"
            or 0xD800 <= ord(char) < 0xE000
        )
        safe.append(f"\\u{ord(char):04x}" if odd else "\\n" if char == "\n" else char)
    return "".join(safe)


def _starts_badly(node: n.Js) -> bool:
    """Would this, as a statement, be read as a block, function or declaration?"""
    while True:
        if isinstance(node, n.Object | n.Function) or (
            isinstance(node, n.Assign) and isinstance(node.target, n.Object)
        ):
            return True
        if isinstance(node, n.Call):
            node = node.callee
            if isinstance(node, n.Function):
                return False
        elif isinstance(node, n.Member | n.Index):
            node = node.object
        elif isinstance(node, n.Binary):
            node = node.left
        elif isinstance(node, n.Cond):
            node = node.test
        else:
            return False


def _has_call(node: n.Js) -> bool:
    while isinstance(node, n.Member | n.Index):
        node = node.object
    return isinstance(node, n.Call)


def _apart(before: n.Js, node: n.Js) -> bool:
    """A blank line between top-level things that are more than one line."""
    big = (n.Class, n.Function)

    def inner(item: n.Js) -> n.Js:
        return item.declaration if isinstance(item, n.Export) else item

    if isinstance(before, n.Import):
        return not isinstance(node, n.Import)
    return isinstance(inner(before), big) or isinstance(inner(node), big) or getattr(inner(node), "doc", "") != ""
