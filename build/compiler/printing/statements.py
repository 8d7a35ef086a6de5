"""Statements and declarations."""

from __future__ import annotations

from build.compiler import nodes as n
from build.compiler.printing.context import Context
from build.compiler.printing.expressions import WIDTH, print_list
from build.compiler.printing.precedence import ASSIGN, POSTFIX, starts_badly


def visit_Statement(node: n.Statement, context: Context) -> None:
    parts = ("(", node.value, ");") if starts_badly(node.value) else (node.value, ";")
    context.put(*parts)


def visit_Let(node: n.Let, context: Context) -> None:
    context.put(f"{node.kind} ", node.target)
    if node.value is not None:
        context.put(" = ", node.value, at_least=ASSIGN)
    context.write(";")


def visit_If(node: n.If, context: Context) -> None:
    context.put("if (", context.asked(node.test), ") ", node.yes)
    if len(node.no) == 1 and isinstance(node.no[0], n.If):
        context.write(" else ")
        context.bare(node.no[0])
    elif len(node.no) > 0:
        context.put(" else ", node.no)


def visit_While(node: n.While, context: Context) -> None:
    context.put("while (", context.asked(node.test), ") ", node.body)


def visit_ForOf(node: n.ForOf, context: Context) -> None:
    kind = f"{node.kind} " if node.kind != "" else ""
    context.put(f"for ({kind}", node.target, " of ", node.iterable, ") ", node.body, at_least=ASSIGN)


def visit_For(node: n.For, context: Context) -> None:
    context.write("for (")
    for index, declared in enumerate(node.start):
        value = declared.value or n.Id("undefined")
        context.put(", " if index > 0 else f"{declared.kind} ", declared.target, " = ", value, at_least=ASSIGN)
    context.put("; ", context.asked(node.test), "; ", node.step, ") ", node.body)


def visit_Return(node: n.Return, context: Context) -> None:
    parts = (" ", node.value) if node.value is not None else ()
    context.put("return", *parts, ";")


def visit_Throw(node: n.Throw, context: Context) -> None:
    context.put("throw ", node.value, ";")


def visit_Try(node: n.Try, context: Context) -> None:
    context.put("try ", node.body)
    if node.handler is not None:
        context.put(f" catch ({node.name}) " if node.name is not None else " catch ", node.handler)
    if node.final is not None:
        context.put(" finally ", node.final)


def visit_Jump(node: n.Jump, context: Context) -> None:
    context.write(f"{node.word};")


def visit_Block(node: n.Block, context: Context) -> None:
    context.block(node.body)


def visit_Import(node: n.Import, context: Context) -> None:
    if node.whole != "":
        context.write(f'import * as {node.whole} from "{node.source}";')
    else:
        _print_names("import", node.names, node.source, context)


def visit_ExportNames(node: n.ExportNames, context: Context) -> None:
    _print_names("export", node.names, node.source, context)


def _print_names(word: str, pairs: list[tuple[str, str]], source: str, context: Context) -> None:
    names = [outer if outer == inner else f"{outer} as {inner}" for outer, inner in pairs]
    tail = f' from "{source}";' if source != "" else ";"
    flat = f"{word} {{ {', '.join(names)} }}{tail}"
    if len(flat) <= WIDTH:
        context.write(flat)
    else:
        context.write(f"{word} {{\n" + "".join(f"  {name},\n" for name in names) + "}" + tail)


def visit_Export(node: n.Export, context: Context) -> None:
    context.write("export ")
    context.bare(node.declaration)


def visit_Class(node: n.Class, context: Context) -> None:
    context.write(f"class {node.name} ")
    if node.base is not None:
        context.put("extends ", node.base, " ", at_least=POSTFIX)
    context.block(list(node.methods), between="\n")


def visit_Method(node: n.Method, context: Context) -> None:
    words = (("static", node.is_static), ("async", node.is_async), (node.word, node.word != ""))
    context.write("".join(f"{word} " for word, said in words if said) + ("*" if node.is_generator else ""))
    context.write(context.property(node.name))
    print_list("(", node.params, ") ", context)
    context.block(node.body)
