"""What stands in the place of what a test case has of its own, and of patterns that are made where they are used."""

from __future__ import annotations

import ast
import copy
from dataclasses import dataclass, field
from typing import TypeVar, cast

from tests.strangers.units import Unit

Node = TypeVar("Node", bound=ast.AST)
MOST = 2**53 - 1  # for sys.maxsize, which these tests mean as "far behind the end"
# Of a function of re: how many arguments go before its flags.
FLAGS_AFTER = {"compile": 1, "match": 2, "search": 2, "fullmatch": 2, "findall": 2, "finditer": 2, "split": 3, "sub": 4}


@dataclass
class Standing(ast.NodeTransformer):
    """`attributes` of `self` are these expressions, others are local names; `as_bytes` makes bytes of texts."""

    attributes: dict[str, str]
    as_bytes: bool = False
    patterns: list[Unit] = field(default_factory=list)

    def of(self, node: Node) -> Node:
        return cast(Node, ast.fix_missing_locations(self.visit(copy.deepcopy(node))))

    def text(self, node: ast.stmt) -> str:
        return ast.unparse(self.of(node))

    def head(self, node: ast.For | ast.While | ast.If | ast.FunctionDef | ast.With) -> str:
        """All before the block of a compound statement."""
        bare = copy.copy(node)
        bare.body = [ast.Pass()]
        if hasattr(bare, "orelse"):
            bare.orelse = []
        return self.text(bare).rpartition("\n")[0]

    def visit_Attribute(self, node: ast.Attribute) -> ast.expr:
        self.generic_visit(node)
        base = node.value.id if isinstance(node.value, ast.Name) else ""
        if base == "self" and node.attr in self.attributes:
            return ast.parse(self.attributes[node.attr], mode="eval").body
        if base == "self":
            return ast.Name(f"self_{node.attr}", node.ctx)
        return ast.Constant(MOST) if (base, node.attr) == ("sys", "maxsize") else node

    def visit_Constant(self, node: ast.Constant) -> ast.Constant:
        if self.as_bytes and isinstance(node.value, str) and node.value.isascii():
            return ast.Constant(node.value.encode())
        return node

    def visit_Call(self, node: ast.Call) -> ast.expr:
        """`re.match("a", text, re.I)` is `PATTERN.match(text)`."""
        self.generic_visit(node)
        func = node.func
        is_re = isinstance(func, ast.Attribute) and isinstance(func.value, ast.Name) and func.value.id == "re"
        if not is_re or not isinstance(func, ast.Attribute) or func.attr not in FLAGS_AFTER or len(node.args) == 0:
            return node
        if not isinstance(node.args[0], ast.Constant):
            return node
        before = FLAGS_AFTER[func.attr]
        flags = [*node.args[before:], *(item.value for item in node.keywords if item.arg == "flags")]
        made = ast.Call(ast.parse("re.compile").body[0].value, [node.args[0], *flags], [])  # type: ignore[attr-defined]
        name = f"PATTERN_{len(self.patterns)}"
        self.patterns.append(Unit([[f"{name} = {ast.unparse(ast.fix_missing_locations(made))}"]]))
        if func.attr == "compile":
            return ast.Name(name, ast.Load())
        others = [item for item in node.keywords if item.arg != "flags"]
        return ast.Call(ast.Attribute(ast.Name(name, ast.Load()), func.attr, ast.Load()), node.args[1:before], others)
