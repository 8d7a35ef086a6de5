"""Whatever the bytes of a source are, they are compiled or refused with a place, by both parsers alike."""

from __future__ import annotations

import ast
import functools
import json
import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from build.brython import brython_file
from build.compiler.brython_parser import DRIVER, ask_brython
from build.compiler.compile import check_program
from build.compiler.depth import DEPTH, room
from build.compiler.encoding import source_text
from build.compiler.errors import CompileErrors, Diagnostic, NotPython
from build.compiler.load import load_program
from build.compiler.parse import parse_all, parse_each
from build.compiler.python_tree import python_tree
from build.compiler.source import SourceModule
from build.compiler.trees import OUT_OF_STACK
from build.node import find_node
from tests.compiler.mutants import Author
from tests.compiler.samples import parse_here
from tests.compiler.test_parse import places, shape
from tests.fakes.effort import NIGHT, many

EACH = many(150, 2500)
FIRST = random.SystemRandom().randrange(10**9) if NIGHT else 1
HEAD = "from __future__ import annotations\n"
PATH = "widget/browser/sample.py"
OF_A_FORMAT = "a quote, a backslash or a line's end in the format of an f-string"


def read(data: bytes) -> tuple[str, ast.Module]:
    text = source_text(PATH, data)
    return text, parse_here(PATH, text)


def refused(data: bytes) -> Diagnostic:
    with pytest.raises(NotPython) as error:
        read(data)
    return error.value.diagnostic


def by_brython(texts: dict[str, str]) -> tuple[dict[str, ast.Module], dict[str, Diagnostic]]:
    """Trees and refusals by path."""
    trees, refused = parse_each(texts)
    return trees, {found.path: found for found in refused}


@pytest.mark.no_cover  # its sources take the lines of the compiler that the samples take, at many times the time
@pytest.mark.parametrize("shard", range(many(2, 12)))
def test_changed_sources_are_taken_or_refused_by_both_parsers_alike(shard: int) -> None:
    author = Author(FIRST + shard)
    texts: dict[str, str] = {}
    trees: dict[str, ast.Module] = {}
    no: dict[str, Diagnostic] = {}
    for number in range(EACH):
        path = f"widget/browser/s{number}.py"
        data = author.source()
        try:
            texts[path] = source_text(path, data)
            trees[path] = parse_here(path, texts[path])
        except NotPython as error:
            no[path] = error.diagnostic
    theirs, their_no = by_brython(texts)
    assert their_no == {path: found for path, found in no.items() if path in texts}, f"seed {FIRST + shard}"
    assert theirs.keys() == trees.keys()
    for path, tree in trees.items():
        with room():
            assert shape(theirs[path]) == shape(tree), f"seed {FIRST + shard}\n{texts[path]}"
        assert places(theirs[path]) == places(tree), f"seed {FIRST + shard}\n{texts[path]}"
        name = path.removesuffix(".py").replace("/", ".")
        found = check_program({name: SourceModule(name, path, texts[path], theirs[path])})
        assert [one for one in found if one.code == "CW099"] == [], f"seed {FIRST + shard}\n{texts[path]}"
    assert len(trees) > EACH // 8, "hardly a source was Python"
    assert len(no) > EACH // 8, "hardly a source was none"


@pytest.mark.parametrize(
    ("data", "line", "column", "said"),
    [
        (b"x = 1\ny = 'caf\xe9'\n", 2, 9, "has the byte 0xe9, which is not UTF-8 here"),
        ("x = 'é'\r\ry = '".encode() + b"\x80'", 3, 6, "has the byte 0x80, which is not UTF-8 here"),
        ("x = 1".encode("utf-16"), 1, 1, "begins as UTF-16"),
        (b"\xfe\xff\0x", 1, 1, "begins as UTF-16"),
        ("x = 1".encode("utf-32"), 1, 1, "begins as UTF-32"),
        (b"#!/bin/sh\n# -*- coding: latin-1 -*-\nx = 1\n", 2, 15, "names the encoding `latin-1`"),
        (b"\xef\xbb\xbf# vim: set fileencoding=cp1252 :\n", 1, 25, "names the encoding `cp1252`"),
        (b"x = 1\ny = '\0'\n", 2, 6, "has a NUL character"),
        (b"\xef\xbb\xbf\xef\xbb\xbfx = 1\n", 1, 1, "begins with two byte order marks"),
    ],
)
def test_bytes_that_are_no_text_are_refused_at_their_place(data: bytes, line: int, column: int, said: str) -> None:
    found = refused(data)
    assert (found.code, found.line, found.column, found.message) == ("CW002", line, column, f"the source {said}")
    assert found.advice.startswith("save it as UTF-8")


def test_half_a_surrogate_pair_in_a_text_is_refused_at_its_place() -> None:
    with pytest.raises(CompileErrors) as errors:
        parse_all({"a.py": "x = 1\ny = '\ud83d'\n"})
    (found,) = errors.value.diagnostics
    assert (found.code, found.line, found.column) == ("CW002", 2, 6)
    assert found.message == "the source has half of a surrogate pair, U+D83D"


@pytest.mark.parametrize(
    "data",
    [
        b"\xef\xbb\xbfx = 1\n",
        b"# -*- coding: UTF_8-unix -*-\nx = 'caf\xc3\xa9'\n",
        b"x = 1\n# coding: latin-1\n",
        b"\n\n# coding: latin-1\n",
        b"\x0cdef f() -> int:\n  \x0c    return 1\x0c+ 2\n'\x0c'  # \x0c\n",
        b"x = 1\r\ny = '''a\rb'''\r",
        b"x = '''a\n  \x0cb\n\x0c'''\ny = 1\x0c\n",
        "\uff58 = 1\ny = \uff58.\uff41(\uff42=1)\n".encode(),
        b"",
    ],
)
def test_marks_cookies_form_feeds_and_line_ends_are_read_as_cpython_reads_them(data: bytes) -> None:
    text, tree = read(data)
    theirs = parse_all({PATH: text})[PATH]
    assert shape(tree) == shape(theirs) == shape(ast.parse(data))
    assert places(tree) == places(theirs)


@pytest.mark.parametrize(
    ("text", "line", "column", "said"),
    [
        ("if x:\n\\\n    y\n", 2, 1, "a backslash where a line begins"),
        ("x = 1\ny = 012.5 + z\n", 2, 5, "a number that begins with zeros"),
        ("x = [1, 00_7e1, 2]\n", 1, 9, "a number that begins with zeros"),
        ("x = f'{y * 09j}'\n", 1, 12, "a number that begins with zeros"),
        ("x = [2, 1_0e+3.real]\n", 1, 9, "an attribute right behind a whole number with an exponent"),
        ("x = f'{1e3.real}'\n", 1, 8, "an attribute right behind a whole number with an exponent"),
        ("x = y, f'{z} \\{{'\n", 1, 14, "a backslash before a brace in an f-string"),
        ("x = 1\ny = f'a\f'\n", 2, 8, "a form feed inside an f-string"),
        ("y = F'a{x}\\\\\\N{BULLET}'\n", 1, 13, "a character by its name, `\\N{...}`, inside an f-string"),
        ("x = 1\ny = f\"{x:'>5}\"\n", 2, 5, OF_A_FORMAT),
        ("y = f\"{x:'{n}!'} {n=}\"\n", 1, 5, OF_A_FORMAT),
        ("y = rf'{x:\\n}'\n", 1, 5, OF_A_FORMAT),
        ("y = f'''{x:>\n5}''' + z\n", 1, 5, OF_A_FORMAT),
        ("y = f'{x:.\\\n1%}'\n", 1, 5, "a line continued inside an f-string that has a format"),
    ],
)
def test_what_brython_reads_otherwise_is_refused(text: str, line: int, column: int, said: str) -> None:
    python_tree(text)
    found = refused(text.encode())
    assert found == by_brython({PATH: text})[1][PATH]
    assert (found.code, found.line, found.column) == ("CW004", line, column)
    assert found.message == f"Brython's parser reads this otherwise than CPython: {said}"
    assert found.advice.split()[0] in {"end", "leave", "put", "write"}, "what to do instead"


LOOKS_LIKE_IT = [
    "x = (\n\\\n1)\n",
    "x = '''\n\\\n'''\n",
    "x = '\f\\N{BULLET}'\n",
    "x = rf'\\N{y}'\n",
    "x = f'\\\\N{y}'\n",
    "x = '\\d' '\\777'\n",
    "x = f\"{y['z']:>{n}}: {'n'!r:>3}\"\n",
    "x = [00, 0_0, 0.5, 00.5, 0e7, 1.05, 0x07, 10_0.0]\n",
    "x = f'{y} of 007.5' + f'{y:05} 07.5'\n",
    "x = f'{y}\\\\{{' + rf'\\{y}'\n",
    "x = f\"{y:>3}\\n'\" f'{z}\\\n' + w\n",
    "x = f'''{y:>3}\n''' + w\n",
]
LINES_IN_F_STRINGS = [
    "x = f'\\\n' + y\n",
    "x = f'''\\\n{y}''' + z\n",
    "x = f'{y}\\\n{z}' + w\n",
    "x = f'''a\nb''' + \\\n  y\n",
    "x = f'''a\n({y}\n''' + z + f'\\\n' + w\n",
    "x = f'''a\n{y + (\n z)}\nc{w}''' + v\n",
    "x = f'''a\n{y}''' + '''b\nc''' + z\n",
]


@pytest.fixture(scope="module")
def theirs() -> dict[str, ast.Module]:
    """What Brython's parser makes of these texts, in one Node process."""
    return parse_all({text: text for text in (*LOOKS_LIKE_IT, *LINES_IN_F_STRINGS)})


@pytest.mark.parametrize("text", LOOKS_LIKE_IT)
def test_what_only_looks_like_it_is_taken(text: str, theirs: dict[str, ast.Module]) -> None:
    assert shape(read(text.encode())[1]) == shape(theirs[text])


@pytest.mark.parametrize("text", LINES_IN_F_STRINGS)
def test_places_behind_lines_that_begin_in_an_f_string_are_those_of_cpython(
    text: str, theirs: dict[str, ast.Module]
) -> None:
    assert places(theirs[text]) == places(ast.parse(text))


def test_what_brython_refuses_alone_is_refused_at_its_place(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    answer = json.dumps({"error": "no such word", "line": 2, "column": 3})
    monkeypatch.setattr("build.compiler.parse.ask_brython", lambda texts: [answer for _ in texts])
    with pytest.raises(CompileErrors) as errors:
        parse_all({PATH: "x = 1\ny = 2\n"}, tmp_path)
    (found,) = errors.value.diagnostics
    assert (found.code, found.line, found.column) == ("CW004", 2, 3)
    assert found.message.endswith("otherwise than CPython: no such word")
    assert list(tmp_path.iterdir()) == []


asked = functools.cache(lambda text: ask_brython({PATH: text}))


@pytest.mark.no_cover
@pytest.mark.parametrize(
    ("text", "read_as", "line"),
    [
        ("x = 1\ny = 2\n", "x = 1\ny = 3\n", 2),
        ("x = 1\ny = 2\n", "x = 1\n", 2),
        ("x = 1\n", "x = 1\ny = 2\n", 2),
        ("x = f(a, b)\n", "x = f(a,  b)\n", 1),
        ("x = f(a, b)\n", "x = f(a, b, b)\n", 1),
        ("x = 1\n", "x = 1.0\n", 1),
        ("x = f'{y}'\n", "x = f'{z}'\n", 1),
    ],
)
def test_another_tree_than_that_of_cpython_is_refused_and_not_remembered(
    text: str, read_as: str, line: int, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("build.compiler.parse.ask_brython", lambda texts: asked(read_as))
    with pytest.raises(CompileErrors) as errors:
        parse_all({PATH: text}, tmp_path)
    (found,) = errors.value.diagnostics
    assert (found.code, found.line, found.column) == ("CW004", line, 1)
    assert list(tmp_path.iterdir()) == []


def test_an_escape_that_cpython_cannot_read_in_a_format_is_refused() -> None:
    """From 3.12 on its compiler raises UnicodeDecodeError."""
    assert refused(rb"x = f'{y:\u}'").code == "CW001"


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("x = 1\nbreak\n", 2, 1),
        ("return 1\n", 1, 1),
        ("def f():\n    nonlocal x\n", 2, 5),
        ("x = 1if y else 2\n", 1, 5),
        ("x = yield\n", 1, 5),
    ],
)
def test_what_only_cpythons_compiler_refuses_is_refused_by_both(text: str, line: int, column: int) -> None:
    found = refused(text.encode())
    assert found == by_brython({PATH: text})[1][PATH]
    assert (found.code, found.line, found.column) == ("CW001", line, column)


DEEP: dict[str, Callable[[int], str]] = {
    "terms": lambda n: "x = 1" + "+1" * n,
    "signs": lambda n: "x = " + "-" * n + "1",
    "attributes": lambda n: "x = y" + ".z" * n,
    "calls": lambda n: "x = y" + ".z()" * n,
    "lambdas": lambda n: "x = " + "lambda: " * n + "1",
    "choices": lambda n: "x = " + "1 if y else " * n + "1",
    "powers": lambda n: "x = " + "1**" * n + "1",
    "annotations": lambda n: "def f(x: " + "not " * n + "y) -> None: ...",
    "branches": lambda n: "if x == 0:\n    y()\n" + "elif x == 1:\n    y()\n" * n,
}


@pytest.mark.parametrize("count", [DEPTH, 800, 3_000, 20_000])
def test_what_nests_too_deeply_is_refused_by_both_at_one_place(count: int) -> None:
    texts = {f"widget/{kind}.py": f"{HEAD}x = 1\n{deep(count)}\ny = 2\n" for kind, deep in DEEP.items()}
    _, theirs = by_brython(texts)
    for path, text in texts.items():
        with pytest.raises(NotPython) as error:
            parse_here(path, text)
        found = error.value.diagnostic
        assert found == theirs[path]
        assert found.code == "CW003"
        assert found.line == 3 or "branches" in path
        assert len(found.render(text)) < 1_000


def test_a_parser_that_runs_out_of_stack_says_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """A smaller stack than Node's usual: the text is one that CPython still compiles."""
    text = f"{HEAD}x = 1\n{DEEP['terms'](DEPTH)}\n"
    answer = {"error": OUT_OF_STACK, "line": 1, "column": 1}
    monkeypatch.setattr("build.compiler.parse.ask_brython", lambda texts: [json.dumps(answer) for _ in texts])
    assert by_brython({PATH: text})[1][PATH] == refused(text.encode())


@pytest.mark.no_cover
def test_a_tree_too_deep_to_be_written_is_no_breakdown() -> None:
    """JSON takes more of the stack than the parser does: what was parsed may not fit."""
    counts = (500, 1_000, 2_000, 4_000, 20_000)  # how deep it is where that happens differs from Node to Node
    files = [{"path": PATH, "text": deep(count)} for deep in DEEP.values() for count in counts]
    script = [find_node(), "--stack-size=800", str(DRIVER), str(brython_file("brython.js"))]
    done = subprocess.run(script, input=json.dumps({"files": files}).encode(), capture_output=True, check=True)
    starts = [line[:60].decode() for line in done.stdout.splitlines()]
    assert len(starts) == len(files)
    assert any(OUT_OF_STACK in start for start in starts)
    assert all(OUT_OF_STACK in start or start.startswith('{"tree"') for start in starts)


def test_brackets_within_brackets_end_where_cpython_ends() -> None:
    found = refused(("x = " + "(" * 300 + ")" * 300).encode())
    assert (found.code, found.message) == ("CW001", "this is not Python: too many nested parentheses")


def test_what_nests_as_deeply_as_may_be_passes_every_phase() -> None:
    """A call is two expressions, a branch has a call in it; the statement counts too."""
    counts = {kind: DEPTH // 2 - 2 if kind == "calls" else DEPTH - 4 for kind in DEEP}
    texts = {f"widget/{kind}.py": f"{HEAD}{deep(counts[kind])}\n" for kind, deep in DEEP.items()}
    limit = sys.getrecursionlimit()
    for path, tree in parse_all(texts).items():
        name = path.removesuffix(".py").replace("/", ".")
        found = check_program({name: SourceModule(name, path, texts[path], tree)})
        assert {one.code for one in found} <= {"CW052", "CW072"}, "only names that nobody defined, and what is no type"
    assert sys.getrecursionlimit() == limit


def test_every_file_of_a_program_whose_bytes_are_no_text_is_named(tmp_path: Path) -> None:
    (tmp_path / "widget").mkdir()
    (tmp_path / "widget" / "entry.py").write_bytes(b"from widget.a import x\nfrom widget.b import y\n")
    (tmp_path / "widget" / "a.py").write_bytes(b"x = '\xff'\n")
    (tmp_path / "widget" / "b.py").write_bytes(b"\xff\xfex\0")
    with pytest.raises(CompileErrors) as errors:
        load_program(tmp_path, "widget.entry")
    assert [(found.code, found.path) for found in errors.value.diagnostics] == [
        ("CW002", "widget/a.py"),
        ("CW002", "widget/b.py"),
    ]
