"""Where a node stands in the text: handed down, never changed. `visit_If(node, context)` prints."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from build.compiler import nodes as n
from build.compiler.printing.brief import brief
from build.compiler.printing.precedence import precedence
from build.compiler.printing.sheet import Sheet
from build.compiler.tables import Visit


@dataclass(frozen=True)
class Context:
    """`short` renames the properties that are ours, for a small copy; `depth` counts the blocks and lists around."""

    visits: Mapping[type, Visit]
    sheet: Sheet
    short: Callable[[n.Own], str] | None = None
    depth: int = 0

    @property
    def is_small(self) -> bool:
        return self.short is not None

    def write(self, text: str) -> None:
        self.sheet.write(text)

    def indent(self) -> None:
        self.sheet.write("  " * self.depth)

    def deeper(self) -> Context:
        return replace(self, depth=self.depth + 1)

    def trial(self, limit: int) -> Context:
        return Context(self.visits, Sheet(limit))

    def property(self, name: str) -> str:
        spelled = name
        if isinstance(name, n.Own):
            self.sheet.uses.append(name)
            spelled = name if self.short is None else self.short(name)
        self.sheet.properties.add(spelled)
        return spelled

    # Nodes

    def module(self, body: list[n.Js]) -> None:
        for index, node in enumerate(body):
            if index > 0 and _apart(body[index - 1], node):
                self.write("\n")
            self.statement(node)
            self.write("\n")

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
        for index, node in enumerate(body):
            self.write(between if index > 0 else "")
            self.deeper().statement(node)
            self.write("\n")
        self.indent()
        self.write("}")

    def bare(self, node: n.Js) -> None:
        """No parentheses, no indent."""
        self.sheet.mark(node)
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
