"""Python text to standard `ast` trees: by Brython's parser, where CPython's makes the same of it."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from build.compiler.agreement import check_agreement
from build.compiler.brython_parser import DRIVER, ask_brython
from build.compiler.encoding import plain_text
from build.compiler.errors import CompileErrors, Diagnostic, NotPython
from build.compiler.gate import check_python
from build.compiler.parse_cache import ParseCache
from build.compiler.trees import read_tree


def parse_all(texts: Mapping[str, str], cache: Path | None = None) -> dict[str, ast.Module]:
    """Trees by path. Raises CompileErrors that name everything that is refused."""
    trees, refused = parse_each(texts, cache)
    if len(refused) > 0:
        raise CompileErrors(refused, dict(texts))
    return trees


def parse_each(texts: Mapping[str, str], cache: Path | None = None) -> tuple[dict[str, ast.Module], list[Diagnostic]]:
    """Trees by path, all from one Node process, of what is not refused; and what is.

    What CPython's compiler refuses is never asked of Node, so that both parsers take and refuse the same.

    `cache` is a folder to remember the parser's answers in, those that gave a tree.
    """
    plain: dict[str, str] = {}
    trees: dict[str, ast.Module] = {}
    refused: list[Diagnostic] = []
    for path, text in texts.items():
        with _gathered(refused):
            plain[path] = plain_text(path, text)
    remembered = ParseCache(cache, DRIVER)
    keys = {path: remembered.key(text) for path, text in plain.items()}
    known = {path: answer for path, key in keys.items() if (answer := remembered.read(key)) is not None}
    asked: dict[str, str] = {}
    for path, text in plain.items():
        with _gathered(refused):
            if path in known:
                trees[path] = read_tree(path, text, known[path])
            else:
                check_python(path, text)
                asked[path] = text
    for path, answer in zip(asked, ask_brython(asked), strict=True):
        with _gathered(refused):
            tree = read_tree(path, plain[path], answer)
            check_agreement(path, plain[path], tree)
            trees[path] = tree
            remembered.write(keys[path], answer)
    remembered.keep_only(keys.values())
    return {path: trees[path] for path in plain if path in trees}, refused


@contextmanager
def _gathered(refused: list[Diagnostic]) -> Iterator[None]:
    try:
        yield
    except NotPython as error:
        refused.append(error.diagnostic)
