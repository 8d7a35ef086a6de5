"""Statements and declarations."""

from __future__ import annotations

from build.compiler import nodes as n
from build.compiler.printing.expressions import WIDTH, print_list
from build.compiler.printing.precedence import ASSIGN, POSTFIX, starts_badly
from build.compiler.printing.printer import Printer


def visit_Statement(node: n.Statement, printer: Printer) -> None:
    inner = node.value
    wrapped = starts_badly(inner)
    printer.write("(" if wrapped else "")
    printer.expression(inner)
    printer.write(");" if wrapped else ";")


def visit_Let(node: n.Let, printer: Printer) -> None:
    printer.write(f"{node.kind} ")
    printer.expression(node.target)
    if node.value is not None:
        printer.write(" = ")
        printer.expression(node.value, ASSIGN)
    printer.write(";")


def visit_If(node: n.If, printer: Printer) -> None:
    printer.write("if (")
    printer.test(node.test)
    printer.write(") ")
    printer.block(node.yes)
    if len(node.no) == 0:
        return
    printer.write(" else ")
    if len(node.no) == 1 and isinstance(node.no[0], n.If):
        printer.mark(node.no[0])
        printer.visits[n.If](node.no[0], printer)
    else:
        printer.block(node.no)


def visit_While(node: n.While, printer: Printer) -> None:
    printer.write("while (")
    printer.test(node.test)
    printer.write(") ")
    printer.block(node.body)


def visit_ForOf(node: n.ForOf, printer: Printer) -> None:
    printer.write(f"for ({node.kind}{' ' if node.kind != '' else ''}")
    printer.expression(node.target)
    printer.write(" of ")
    printer.expression(node.iterable, ASSIGN)
    printer.write(") ")
    printer.block(node.body)


def visit_For(node: n.For, printer: Printer) -> None:
    printer.write("for (")
    for index, declared in enumerate(node.start):
        printer.write(", " if index > 0 else f"{declared.kind} ")
        printer.expression(declared.target)
        printer.write(" = ")
        printer.expression(declared.value or n.Id("undefined"), ASSIGN)
    printer.write(";")
    printer.write(" ")
    printer.test(node.test)
    printer.write("; ")
    printer.expression(node.step)
    printer.write(") ")
    printer.block(node.body)


def visit_Return(node: n.Return, printer: Printer) -> None:
    printer.write("return")
    if node.value is not None:
        printer.write(" ")
        printer.expression(node.value)
    printer.write(";")


def visit_Throw(node: n.Throw, printer: Printer) -> None:
    printer.write("throw ")
    printer.expression(node.value)
    printer.write(";")


def visit_Try(node: n.Try, printer: Printer) -> None:
    printer.write("try ")
    printer.block(node.body)
    if node.handler is not None:
        printer.write(f" catch ({node.name}) " if node.name is not None else " catch ")
        printer.block(node.handler)
    if node.final is not None:
        printer.write(" finally ")
        printer.block(node.final)


def visit_Jump(node: n.Jump, printer: Printer) -> None:
    printer.write(f"{node.word};")


def visit_Block(node: n.Block, printer: Printer) -> None:
    printer.block(node.body)


def visit_Import(node: n.Import, printer: Printer) -> None:
    if node.whole != "":
        printer.write(f'import * as {node.whole} from "{node.source}";')
        return
    _print_names("import", node.names, node.source, printer)


def visit_ExportNames(node: n.ExportNames, printer: Printer) -> None:
    _print_names("export", node.names, node.source, printer)


def _print_names(word: str, pairs: list[tuple[str, str]], source: str, printer: Printer) -> None:
    names = [outer if outer == inner else f"{outer} as {inner}" for outer, inner in pairs]
    tail = f' from "{source}";' if source != "" else ";"
    flat = f"{word} {{ {', '.join(names)} }}{tail}"
    if len(flat) <= WIDTH:
        printer.write(flat)
    else:
        printer.write(f"{word} {{\n" + "".join(f"  {name},\n" for name in names) + "}" + tail)


def visit_Export(node: n.Export, printer: Printer) -> None:
    printer.write("export ")
    printer.mark(node.declaration)
    printer.visits[type(node.declaration)](node.declaration, printer)


def visit_Class(node: n.Class, printer: Printer) -> None:
    printer.write(f"class {node.name} ")
    if node.base is not None:
        printer.write("extends ")
        printer.expression(node.base, POSTFIX)
        printer.write(" ")
    if len(node.methods) == 0:
        printer.write("{}")
        return
    printer.write("{\n")
    printer.depth += 1
    for index, item in enumerate(node.methods):
        if index > 0:
            printer.newline()
        printer.statement(item)
        printer.newline()
    printer.depth -= 1
    printer.indent()
    printer.write("}")


def visit_Method(node: n.Method, printer: Printer) -> None:
    printer.write("static " if node.is_static else "")
    printer.write("async " if node.is_async else "")
    printer.write(f"{node.word} " if node.word != "" else "")
    printer.write("*" if node.is_generator else "")
    printer.write(printer.property(node.name))
    print_list("(", node.params, ")", printer)
    printer.write(" ")
    printer.block(node.body)
