"""Statements and declarations."""

from __future__ import annotations

from build.compiler import nodes as n
from build.compiler.printing.expressions import WIDTH, print_list
from build.compiler.printing.precedence import ASSIGN, POSTFIX, starts_badly
from build.compiler.printing.printer import Printer


def visit_Statement(node: n.Statement, printer: Printer) -> None:
    parts = ("(", node.value, ");") if starts_badly(node.value) else (node.value, ";")
    printer.put(*parts)


def visit_Let(node: n.Let, printer: Printer) -> None:
    printer.put(f"{node.kind} ", node.target)
    if node.value is not None:
        printer.put(" = ", node.value, at_least=ASSIGN)
    printer.write(";")


def visit_If(node: n.If, printer: Printer) -> None:
    printer.put("if (", printer.asked(node.test), ") ", node.yes)
    if len(node.no) == 1 and isinstance(node.no[0], n.If):
        printer.write(" else ")
        printer.bare(node.no[0])
    elif len(node.no) > 0:
        printer.put(" else ", node.no)


def visit_While(node: n.While, printer: Printer) -> None:
    printer.put("while (", printer.asked(node.test), ") ", node.body)


def visit_ForOf(node: n.ForOf, printer: Printer) -> None:
    kind = f"{node.kind} " if node.kind != "" else ""
    printer.put(f"for ({kind}", node.target, " of ", node.iterable, ") ", node.body, at_least=ASSIGN)


def visit_For(node: n.For, printer: Printer) -> None:
    printer.write("for (")
    for index, declared in enumerate(node.start):
        value = declared.value or n.Id("undefined")
        printer.put(", " if index > 0 else f"{declared.kind} ", declared.target, " = ", value, at_least=ASSIGN)
    printer.put("; ", printer.asked(node.test), "; ", node.step, ") ", node.body)


def visit_Return(node: n.Return, printer: Printer) -> None:
    parts = (" ", node.value) if node.value is not None else ()
    printer.put("return", *parts, ";")


def visit_Throw(node: n.Throw, printer: Printer) -> None:
    printer.put("throw ", node.value, ";")


def visit_Try(node: n.Try, printer: Printer) -> None:
    printer.put("try ", node.body)
    if node.handler is not None:
        printer.put(f" catch ({node.name}) " if node.name is not None else " catch ", node.handler)
    if node.final is not None:
        printer.put(" finally ", node.final)


def visit_Jump(node: n.Jump, printer: Printer) -> None:
    printer.write(f"{node.word};")


def visit_Block(node: n.Block, printer: Printer) -> None:
    printer.block(node.body)


def visit_Import(node: n.Import, printer: Printer) -> None:
    if node.whole != "":
        printer.write(f'import * as {node.whole} from "{node.source}";')
    else:
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
    printer.bare(node.declaration)


def visit_Class(node: n.Class, printer: Printer) -> None:
    printer.write(f"class {node.name} ")
    if node.base is not None:
        printer.put("extends ", node.base, " ", at_least=POSTFIX)
    printer.block(list(node.methods), between="\n")


def visit_Method(node: n.Method, printer: Printer) -> None:
    words = (("static", node.is_static), ("async", node.is_async), (node.word, node.word != ""))
    printer.write("".join(f"{word} " for word, said in words if said) + ("*" if node.is_generator else ""))
    printer.write(printer.property(node.name))
    print_list("(", node.params, ") ", printer)
    printer.block(node.body)
