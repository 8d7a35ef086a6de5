"""CPython's own tests: which files, and the programs that are made of them."""

from __future__ import annotations

import ast
import doctest
import sysconfig
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.strangers.methods import Method, with_what_it_asks
from tests.strangers.standing import Standing
from tests.strangers.units import Program

LIBRARY = Path(sysconfig.get_path("stdlib")) / "test"
MISSING = "CPython's own tests are not installed. On Debian: apt-get install libpython3.11-testsuite"


@dataclass(frozen=True)
class Topic:
    """`stands` says by attribute of a test case what it stands for; `as_bytes` makes bytes of its texts."""

    file: str
    stands: dict[str, str] = field(default_factory=dict)
    as_bytes: bool = False

    @property
    def name(self) -> str:
        return "".join(
            [self.file.removesuffix(".py").removesuffix("/__init__"), *map("[{}]".format, self.stands.values())]
        )


PLAIN = """sort generators genexps listcomps setcomps dictcomps unpack unpack_ex iter exceptions
exception_variations raise re builtin math fstring string_literals contains compare augassign opcodes
binop pow richcmp isinstance scope with patma
class property super keywordonlyarg positional_only_arg strtod format slice enumerate range bool unicode int float"""
TOPICS = [
    Topic("string_tests.py", {"type2test": "str"}),
    Topic("string_tests.py", {"type2test": "bytes"}, as_bytes=True),
    *(Topic("seq_tests.py", {"type2test": kind}) for kind in ("list", "tuple")),
    Topic("list_tests.py", {"type2test": "list"}),
    Topic("mapping_tests.py", {"type2test": "dict"}),
    *(Topic("test_set.py", {"thetype": kind}) for kind in ("set", "frozenset")),
    *(Topic(f"test_{name}.py", {"type2test": name}) for name in ("list", "tuple", "dict", "bytes")),
    *(Topic(f"test_{name}.py") for name in PLAIN.split()),
    Topic("test_dataclasses/__init__.py"),
    Topic("test_dataclasses.py"),
]


def programs(topic: Topic) -> Iterator[Program]:
    """Of one file; none where this Python has no such file."""
    path = LIBRARY / topic.file
    if not path.is_file():
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        tree = ast.parse(path.read_bytes())
    shared = [node for node in tree.body if isinstance(node, ast.Assign | ast.ClassDef | ast.FunctionDef)]
    for case in [node for node in tree.body if isinstance(node, ast.ClassDef)]:
        methods = [node for node in case.body if isinstance(node, ast.FunctionDef)]
        setup = [statement for method in methods if method.name == "setUp" for statement in method.body]
        before = [*shared, *_constants(case, topic.stands), *setup]
        for method in [method for method in methods if method.name.startswith("test")]:
            body = with_what_it_asks(method.body, before)
            made = Method(Standing(topic.stands, topic.as_bytes))
            yield made.program(f"{topic.name}.{case.name}.{method.name}", body)
    for number, text in enumerate(_doctests(tree)):
        body = _examples(text)
        yield Method(Standing({})).program(f"{topic.name}.doctest{number}", body)


def _constants(case: ast.ClassDef, stands: dict[str, str]) -> list[ast.stmt]:
    """What the class holds, as the test's `self` has it."""
    found: list[ast.stmt] = []
    for node in case.body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and node.targets[0].id not in stands:
            target = ast.Attribute(ast.Name("self", ast.Load()), node.targets[0].id, ast.Store())
            found.append(ast.copy_location(ast.Assign([target], node.value), node))
    return found


def _doctests(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and ">>> " in node.value:
            yield node.value


def _examples(text: str) -> list[ast.stmt]:
    """The statements of a doctest; an expression is printed. What raises is left out."""
    found: list[ast.stmt] = []
    try:
        examples = doctest.DocTestParser().get_examples(text)
    except ValueError:
        return []
    for example in examples:
        if example.exc_msg is not None:
            continue
        try:
            body = ast.parse(example.source).body
        except SyntaxError:
            continue
        found += [_printed(node) for node in body]
    return found


def _printed(node: ast.stmt) -> ast.stmt:
    is_print = isinstance(node, ast.Expr) and ast.unparse(node).startswith("print(")
    if not isinstance(node, ast.Expr) or is_print:
        return node
    return ast.copy_location(ast.parse(f"self.assertShown({ast.unparse(node)})").body[0], node)
