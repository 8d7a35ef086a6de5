"""Prints statements, declarations and whole modules; one method per node."""

from __future__ import annotations

from build.compiler import nodes as n
from build.compiler.printing.expressions import WIDTH, Expressions
from build.compiler.printing.precedence import ASSIGN, POSTFIX, starts_badly


class Printer(Expressions):
    """Prints JavaScript nodes as readable text and records where each came from."""

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
        wrapped = starts_badly(inner)
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
        self.test(node.test)
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
        self.test(node.test)
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
        self.test(node.test)
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
        self.write(self.property(node.name))
        self._list("(", node.params, ")")
        self.write(" ")
        self.block(node.body)


def _apart(before: n.Js, node: n.Js) -> bool:
    """A blank line between top-level things that are more than one line."""
    big = (n.Class, n.Function)

    def inner(item: n.Js) -> n.Js:
        return item.declaration if isinstance(item, n.Export) else item

    if isinstance(before, n.Import):
        return not isinstance(node, n.Import)
    return isinstance(inner(before), big) or isinstance(inner(node), big) or getattr(inner(node), "doc", "") != ""
