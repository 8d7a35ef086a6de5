"""What the code blocks of a page say of the code, and where that is not so.

A block is Python without bodies, under the path of its module: `# widget/model.py`. A class in it shows every public
method and field of the class, unless it ends with `...`.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

PYTHON = re.compile(r"^```python\n(.*?)^```$", re.M | re.S)
MODULE = re.compile(r"^# (\S+\.py)\n", re.M)
Named = Mapping[str, ast.stmt]
UNTYPED = ast.Pass()  # stands for an attribute that is assigned without an annotation


@dataclass(frozen=True)
class Block:
    """What a page says of the module at `path`."""

    path: str
    body: list[ast.stmt]


def blocks(page: str) -> list[Block]:
    """Raises SyntaxError for a block that is no Python, ValueError for one that names no module."""
    found: list[Block] = []
    for text in PYTHON.findall(page):
        before, *pieces = MODULE.split(text)
        if before != "" or len(pieces) == 0:
            raise ValueError("a block does not begin with the path of its module")
        found += [Block(path, ast.parse(body).body) for path, body in zip(pieces[::2], pieces[1::2], strict=True)]
    return found


def faults(block: Block, root: Path) -> list[str]:
    """Where the block and the module differ, in words."""
    module = named(ast.parse((root / block.path).read_text("utf-8")).body)
    return [f"{block.path}: {fault}" for fault in differences(named(block.body), module)]


def differences(said: Named, real: Named) -> Iterator[str]:
    for name, statement in said.items():
        if name not in real:
            yield f"there is no {name}"
        elif isinstance(statement, ast.ClassDef) and isinstance(real[name], ast.ClassDef):
            yield from class_differences(statement, real[name])
        elif real[name] is UNTYPED:
            yield from () if isinstance(statement, ast.AnnAssign) else (f"{name} is an attribute",)
        elif shown(statement) != shown(real[name]):
            yield f"{name} is {shown(real[name])}"


def class_differences(said: ast.ClassDef, real: ast.stmt) -> Iterator[str]:
    assert isinstance(real, ast.ClassDef)
    if heading(said) != heading(real):
        yield f"{said.name} is {heading(real)}"
    told, members = named(said.body), {**attributes(real), **named(real.body)}
    for fault in differences(told, members):
        yield f"{said.name}: {fault}"
    if not is_part(said):
        yield from (f"{said.name}: {name} is missing" for name in members if is_public(name) and name not in told)


def named(body: list[ast.stmt]) -> dict[str, ast.stmt]:
    """Functions, classes and assignments by their names."""
    found: dict[str, ast.stmt] = {}
    for statement in body:
        if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            found[statement.name] = statement
        elif isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
            found[statement.target.id] = statement
        elif isinstance(statement, ast.Assign):
            found.update({target.id: statement for target in statement.targets if isinstance(target, ast.Name)})
    return found


def attributes(cls: ast.ClassDef) -> dict[str, ast.stmt]:
    """What __init__ gives each object, `self.x: T = ...`, as if it stood in the class body: `x: T`."""
    init = named(cls.body).get("__init__")
    found: dict[str, ast.stmt] = {}
    for statement in init.body if isinstance(init, ast.FunctionDef) else []:
        if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Attribute):
            name = statement.target.attr
            found[name] = ast.AnnAssign(ast.Name(name), statement.annotation, None, simple=1)
        elif isinstance(statement, ast.Assign):
            for target in statement.targets:
                if isinstance(target, ast.Attribute):  # the page gives it a type: nobody can compare that one
                    found[target.attr] = UNTYPED
    return found


def shown(statement: ast.stmt) -> str:
    """The statement in one spelling, a function without its body."""
    if not isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef):
        return ast.unparse(statement)
    decorators = "".join(f"@{ast.unparse(decorator)} " for decorator in statement.decorator_list)
    kind = "async def" if isinstance(statement, ast.AsyncFunctionDef) else "def"
    returns = "nothing said" if statement.returns is None else ast.unparse(statement.returns)
    return f"{decorators}{kind} {statement.name}({ast.unparse(statement.args)}) -> {returns}"


def heading(cls: ast.ClassDef) -> str:
    decorators = "".join(f"@{ast.unparse(decorator)} " for decorator in cls.decorator_list)
    given = [*cls.bases, *cls.keywords]
    return f"{decorators}class {cls.name}({', '.join(ast.unparse(word) for word in given)})"


def is_part(cls: ast.ClassDef) -> bool:
    """The class of a page says that there is more."""
    last = cls.body[-1]
    return isinstance(last, ast.Expr) and isinstance(last.value, ast.Constant) and last.value.value is ...


def is_public(name: str) -> bool:
    return name == "__init__" or not name.startswith("_")
