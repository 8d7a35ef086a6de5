"""Expressions; `at_least` is how tightly a node must hold together where it stands."""

from __future__ import annotations

from build.compiler import nodes as n
from build.compiler.printing.precedence import (
    ASSIGN,
    COND,
    POSTFIX,
    PRECEDENCE,
    PRIMARY,
    UNARY,
    has_call,
    starts_badly,
)
from build.compiler.printing.printer import Printer, TrialOver

WIDTH = 100


def visit_Id(node: n.Id, printer: Printer) -> None:
    printer.write(node.name)


def visit_Lit(node: n.Lit, printer: Printer) -> None:
    printer.write(node.text)


def visit_Template(node: n.Template, printer: Printer) -> None:
    printer.write("`")
    for part in node.parts:
        parts = (_template_text(part),) if isinstance(part, str) else ("${", part, "}")
        printer.put(*parts)
    printer.write("`")


def visit_Array(node: n.Array, printer: Printer) -> None:
    print_list("[", node.items, "]", printer)


def visit_Object(node: n.Object, printer: Printer) -> None:
    if len(node.pairs) == 0:
        printer.write("{}")
    else:
        print_list("{ ", [_Pair(key, value) for key, value in node.pairs], " }", printer)


def visit_Arrow(node: n.Arrow, printer: Printer) -> None:
    printer.write("async " if node.is_async else "")
    print_list("(", node.params, ") => ", printer)
    if isinstance(node.body, n.Js) and (isinstance(node.body, n.Object) or starts_badly(node.body)):
        printer.put("(", node.body, ")")
    else:
        printer.put(node.body, at_least=ASSIGN)


def visit_Function(node: n.Function, printer: Printer) -> None:
    printer.write("async function" if node.is_async else "function")
    printer.write(f"{'*' if node.is_generator else ''} {node.name}")
    print_list("(", node.params, ") ", printer)
    printer.block(node.body)


def visit_Unary(node: n.Unary, printer: Printer) -> None:
    value = printer.asked(node.value) if node.operator == "!" else node.value
    nested = isinstance(value, n.Unary) and value.operator == node.operator and node.operator in "+-"
    printer.put(node.operator, " " if node.operator.isalpha() else "", value, at_least=PRIMARY if nested else UNARY)


def visit_Binary(node: n.Binary, printer: Printer) -> None:
    level = PRECEDENCE[node.operator]
    right_level = level if node.operator in ("&&", "||", "??") else level + 1
    left_level = level
    if node.operator == "**":
        left_level, right_level = UNARY + 1, level
    broken = node.operator in ("&&", "||") and _too_wide([node], printer)
    _side(node.operator, node.left, left_level, printer)
    if broken:
        printer.write(f" {node.operator}\n" + "  " * (printer.depth + 1))
    else:
        printer.write(f" {node.operator} ")
    _side(node.operator, node.right, right_level, printer)


visit_Truth = visit_Binary


def _side(operator: str, node: n.Js, level: int, printer: Printer) -> None:
    """`??` never mixes with `&&` and `||` without parentheses; `&&` inside `||` reads better with them."""
    inner = node.operator if isinstance(node, n.Binary) else ""
    mixed = "??" in (operator, inner) and inner in ("||", "&&", "??") and inner != operator
    mixed = mixed or (operator == "||" and inner == "&&")
    printer.expression(node, PRIMARY if mixed else level)


def visit_Assign(node: n.Assign, printer: Printer) -> None:
    printer.expression(node.target, POSTFIX)
    printer.put(f" {node.operator} ", node.value, at_least=ASSIGN)


def visit_Cond(node: n.Cond, printer: Printer) -> None:
    printer.expression(printer.asked(node.test), COND + 1)
    printer.put(" ? ", node.yes, " : ", node.no, at_least=ASSIGN)


def visit_Call(node: n.Call, printer: Printer) -> None:
    printer.expression(node.callee, POSTFIX if not isinstance(node.callee, n.Function) else PRIMARY + 1)
    print_list("(", node.args, ")", printer)


def visit_New(node: n.New, printer: Printer) -> None:
    printer.put("new ", node.callee, at_least=PRIMARY + 1 if has_call(node.callee) else POSTFIX)
    print_list("(", node.args, ")", printer)


def visit_Member(node: n.Member, printer: Printer) -> None:
    bare_number = isinstance(node.object, n.Lit) and node.object.text[:1].isdigit()
    printer.put(node.object, at_least=PRIMARY + 1 if bare_number else POSTFIX)
    printer.write(f".{printer.property(node.name)}")


def visit_Index(node: n.Index, printer: Printer) -> None:
    printer.expression(node.object, POSTFIX)
    printer.put("[", node.key, "]")


def visit_Remark(node: n.Remark, printer: Printer) -> None:
    printer.put('""' if printer.is_small else node.value, at_least=ASSIGN)


def visit_Spread(node: n.Spread, printer: Printer) -> None:
    printer.put("...", node.value, at_least=ASSIGN)


def visit_Await(node: n.Await, printer: Printer) -> None:
    printer.put("await ", node.value, at_least=UNARY)


def visit_Yield(node: n.Yield, printer: Printer) -> None:
    parts = (" ", node.value) if node.value is not None else ()
    printer.put("yield*" if node.delegate else "yield", *parts, at_least=ASSIGN)


def visit_Sequence(node: n.Sequence, printer: Printer) -> None:
    for index, item in enumerate(node.items):
        printer.put(", " if index > 0 else "", item, at_least=ASSIGN)


# Lists of anything


def print_list(opening: str, items: list[n.Js], closing: str, printer: Printer) -> None:
    """On one line if its first line fits, else one item a line."""
    while printer.is_small and len(items) > 0 and isinstance(items[-1], n.Remark):
        items = items[:-1]
    if len(items) > 0 and _too_wide(items, printer):
        printer.write(opening.rstrip() + "\n")
        printer.depth += 1
        for item in items:
            printer.indent()
            _item(item, printer)
            printer.write(",\n")
        printer.depth -= 1
        printer.indent()
        printer.write(closing.lstrip())
        return
    printer.write(opening)
    for index, item in enumerate(items):
        printer.write(", " if index > 0 else "")
        _item(item, printer)
    printer.write(closing)


def _item(item: n.Js, printer: Printer) -> None:
    if isinstance(item, _Pair):
        shorthand = isinstance(item.value, n.Id) and item.value.name == item.key
        printer.put("" if shorthand else f"{item.key}: ", item.value, at_least=ASSIGN)
    else:
        printer.expression(item, ASSIGN)


def _too_wide(items: list[n.Js], printer: Printer) -> bool:
    if printer.is_small or printer.is_trial:
        return False  # nobody reads it
    trial = printer.trial(WIDTH - printer.column)
    try:
        for item in items:
            _item(item, trial)
            trial.write(", ")
    except TrialOver as over:
        return not over.fits
    return False


class _Pair(n.Js):
    """One entry of an object literal, on its way through the list printer."""

    def __init__(self, key: str, value: n.Js) -> None:
        self.key = key
        self.value = value
        self.place = None


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
