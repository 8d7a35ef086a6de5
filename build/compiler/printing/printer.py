"""Where printed text goes: lines, indentation, and where each piece came from. `visit_If(node, printer)` prints."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from build.compiler import nodes as n
from build.compiler.printing.brief import brief
from build.compiler.printing.precedence import precedence
from build.compiler.sourcemap import SourceMap
from build.compiler.tables import Visit


class TrialOver(Exception):
    """A trial knows whether its first line fits."""

    def __init__(self, fits: bool) -> None:
        super().__init__()
        self.fits = fits


class Printer:
    """One run over one module; `uses` are the properties that are ours, `short` renames them for a small copy,
    `properties` are all, as they are spelled.

    A trial has a `limit` in columns: it maps nothing and stops where its first line ends, by TrialOver.
    """

    def __init__(
        self, visits: Mapping[type, Visit], short: Callable[[n.Own], str] | None = None, limit: int | None = None
    ) -> None:
        self.visits = visits
        self.short = short
        self.limit = limit
        self.uses: list[n.Own] = []
        self.properties: set[str] = set()
        self.parts: list[str] = []
        self.line = 0
        self.column = 0
        self.depth = 0
        self.map = SourceMap()

    @property
    def is_small(self) -> bool:
        return self.short is not None

    @property
    def is_trial(self) -> bool:
        return self.limit is not None

    def text(self) -> str:
        return "".join(self.parts)

    def write(self, text: str) -> None:
        if text == "":
            return
        self.parts.append(text)
        if self.limit is not None:
            self._try(text)
        if "\n" in text:
            self.line += text.count("\n")
            self.column = _units(text[text.rindex("\n") + 1 :])
        else:
            self.column += len(text) if text.isascii() else _units(text)

    def _try(self, text: str) -> None:
        """Ends a trial where it is known whether the line fits."""
        first, broken, _ = text.partition("\n")
        if self.limit is not None and self.column + len(first) > self.limit:
            raise TrialOver(fits=False)
        if broken != "":
            raise TrialOver(fits=True)

    def newline(self) -> None:
        self.write("\n")

    def indent(self) -> None:
        self.write("  " * self.depth)

    def mark(self, node: n.Js) -> None:
        if node.place is not None and not self.is_trial:
            self.map.add(self.line, self.column, node.place.line - 1, node.place.column, node.place.name)

    def property(self, name: str) -> str:
        spelled = name
        if isinstance(name, n.Own):
            self.uses.append(name)
            spelled = name if self.short is None else self.short(name)
        self.properties.add(spelled)
        return spelled

    def trial(self, limit: int) -> Printer:
        return Printer(self.visits, limit=limit)

    # Nodes

    def module(self, body: list[n.Js]) -> None:
        for index, node in enumerate(body):
            if index > 0 and _apart(body[index - 1], node):
                self.newline()
            self.statement(node)
            self.newline()

    def statement(self, node: n.Js) -> None:
        doc = getattr(node, "doc", "") or getattr(getattr(node, "declaration", None), "doc", "")
        if doc != "":
            self._doc(doc)
        self.indent()
        self.bare(node)

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

    def put(self, *parts: str | n.Js | list[n.Js], at_least: int = 0) -> None:
        """Texts as they are, expressions that hold together so tightly, and blocks."""
        for part in parts:
            if isinstance(part, str):
                self.write(part)
            elif isinstance(part, list):
                self.block(part)
            else:
                self.expression(part, at_least)

    def block(self, body: list[n.Js], between: str = "") -> None:
        if len(body) == 0:
            self.write("{}")
            return
        self.write("{\n")
        self.depth += 1
        for index, node in enumerate(body):
            self.write(between if index > 0 else "")
            self.statement(node)
            self.newline()
        self.depth -= 1
        self.indent()
        self.write("}")

    def bare(self, node: n.Js) -> None:
        """No parentheses, no indent."""
        self.mark(node)
        self.visits[type(node)](node, self)

    def expression(self, node: n.Js, at_least: int = 0) -> None:
        if precedence(node) < at_least:
            self.put("(", node, ")")
        else:
            self.bare(node)

    def asked(self, condition: n.Js) -> n.Js:
        """Only whether it is true counts."""
        return brief(condition) if self.is_small else condition


def _apart(before: n.Js, node: n.Js) -> bool:
    """A blank line between top-level things that are more than one line."""
    big = (n.Class, n.Function)

    def inner(item: n.Js) -> n.Js:
        return item.declaration if isinstance(item, n.Export) else item

    if isinstance(before, n.Import):
        return not isinstance(node, n.Import)
    return isinstance(inner(before), big) or isinstance(inner(node), big) or getattr(inner(node), "doc", "") != ""


def _units(text: str) -> int:
    """Columns of a source map are UTF-16 units."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2
