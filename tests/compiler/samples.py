"""Compiles one text as a module of its own."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable

from build.compiler.compile import JsModule, compile_program
from build.compiler.depth import first_too_deep, too_deep
from build.compiler.encoding import plain_text
from build.compiler.errors import CompileErrors, CompileWarnings, NotPython
from build.compiler.gate import check_python
from build.compiler.python_tree import python_tree
from build.compiler.source import SourceModule

MODULE = re.compile(r"^# module: ([\w.]+)$", re.M)


def parse_here(path: str, text: str) -> ast.Module:
    """CPython's own tree, without Node. `text` is a `plain_text`; raises NotPython where the build refuses it."""
    check_python(path, text)
    try:
        tree = python_tree(text)
    except (RecursionError, MemoryError):
        raise too_deep(path, text) from None
    if first_too_deep(tree) is not None:
        raise too_deep(path, text)
    return tree


def compile_text(text: str, name: str = "widget.browser.sample", tree: ast.Module | None = None) -> JsModule:
    """The module that `text` becomes; a comment `# module: widget.x` gives it another name.

    `tree` is what Brython's parser made of it. CPython's own is quicker, but its places in f-strings vary by version.
    """
    named = MODULE.search(text)
    name = named[1] if named is not None else name
    return compile_texts({name: text}, tree=tree)[name]


def compile_texts(
    texts: dict[str, str],
    warned: Callable[[CompileWarnings], object] | None = None,
    tree: ast.Module | None = None,
) -> dict[str, JsModule]:
    sources: dict[str, SourceModule] = {}
    for name, text in texts.items():
        path = name.replace(".", "/") + ".py"
        try:
            plain = plain_text(path, text)
            sources[name] = SourceModule(name, path, plain, tree or parse_here(path, plain))
        except NotPython as error:
            raise CompileErrors([error.diagnostic], {path: text}) from error
    return compile_program(sources, warned=warned)


def refusals(text: str, tree: ast.Module | None = None) -> str:
    """What the compiler says about `text`, "" when it takes it."""
    try:
        compile_text(text, tree=tree)
    except CompileErrors as errors:
        return errors.render()
    return ""


def warnings(text: str) -> str:
    """What the compiler warns of in `text`, "" when there is nothing."""
    said: list[str] = []
    compile_texts({"widget.browser.sample": text}, lambda found: said.append(found.render()))
    return "".join(said)


def body(text: str) -> str:
    """The JavaScript of a text without its imports."""
    return without_imports(compile_text(f"from __future__ import annotations\n\n{text}").code)


def without_imports(code: str) -> str:
    return re.sub(r"^import [^;]*;\n", "", code, flags=re.M).strip()
