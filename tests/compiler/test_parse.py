"""Brython's parser, through our reading of its tree, gives CPython's tree."""

from __future__ import annotations

import ast
import hashlib
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from build.compiler.brython_parser import ask_brython
from build.compiler.encoding import normal_newlines
from build.compiler.errors import CompileErrors
from build.compiler.load import load_program, load_texts
from build.compiler.parse import parse_all
from build.node import OLDEST_MAJOR, find_node, locked_node
from tests.fakes.once import once

pytestmark = pytest.mark.no_cover

ROOT = Path(__file__).resolve().parents[2]
WIDGET = {path.relative_to(ROOT).as_posix(): path.read_text("utf-8") for path in sorted(ROOT.glob("widget/**/*.py"))}


def read_samples() -> dict[str, str]:
    parts = (ROOT / "tests/compiler/syntax.txt").read_text("utf-8").split("\n=== ")[1:]
    return {name: text.removesuffix("\n") for name, _, text in (part.partition("\n") for part in parts)}


SAMPLES = read_samples()


def digest(answer: str) -> bytes:
    return hashlib.sha256(answer.encode()).digest()


@dataclass(frozen=True)
class Parsed:
    """Trees by path, and hashes of what Node said of each."""

    trees: dict[str, ast.Module]
    answers: list[bytes]


def parsed_by_node(texts: dict[str, str]) -> Parsed:
    said: list[str] = []

    def heard(asked: Mapping[str, str]) -> list[str]:
        said.extend(ask_brython(asked))
        return said

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("build.compiler.parse.ask_brython", heard)
        trees = parse_all(texts)
    return Parsed(trees, [digest(answer) for answer in said])


@pytest.fixture(scope="module")
def widget(tmp_path_factory: pytest.TempPathFactory) -> Parsed:
    """Everything in one Node process, as in a build."""
    return once(tmp_path_factory, "trees", lambda: parsed_by_node(WIDGET))


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Parsed:
    return once(tmp_path_factory, "sample_trees", lambda: parsed_by_node(SAMPLES))


@pytest.mark.parametrize("name", WIDGET)
def test_the_tree_and_its_places_are_those_of_cpython(widget: Parsed, name: str) -> None:
    check_tree(widget.trees[name], ast.parse(WIDGET[name]))


@pytest.mark.parametrize("name", SAMPLES)
def test_the_tree_of_a_sample_is_that_of_cpython(samples: Parsed, name: str) -> None:
    check_tree(samples.trees[name], ast.parse(SAMPLES[name]))


def check_tree(ours: ast.Module, theirs: ast.Module) -> None:
    """The same shape, the same positions outside f-strings; in f-strings they stay inside."""
    assert shape(ours) == shape(theirs)
    assert places(ours) == places(theirs)
    for joined in [node for node in ast.walk(ours) if isinstance(node, ast.JoinedStr)]:
        for inside in [node for node in ast.walk(joined) if isinstance(node, ast.expr)]:
            assert (joined.lineno, joined.col_offset) <= (inside.lineno, inside.col_offset)
            assert (inside.lineno, inside.col_offset) <= (joined.end_lineno or 0, joined.end_col_offset or 0)


def shape(tree: ast.Module) -> str:
    """Without whether a text said u"..."."""
    return ast.dump(tree).replace(", kind='u'", "")


def places(tree: ast.Module) -> list[tuple[str, int, int, int | None, int | None]]:
    inside = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in ast.walk(node)}
    return [
        (type(node).__name__, node.lineno, node.col_offset, node.end_lineno, node.end_col_offset)
        for node in ast.walk(tree)
        if isinstance(node, ast.stmt | ast.expr | ast.pattern | ast.arg | ast.keyword | ast.alias)
        and id(node) not in inside
    ]


def test_columns_count_utf8_bytes_as_cpython_does() -> None:
    tree = parse_all({"a.py": "a = '😀é' + b"})["a.py"]
    name = next(node for node in ast.walk(tree) if isinstance(node, ast.Name) and node.id == "b")
    assert name.col_offset == len("a = '😀é' + ".encode())


@pytest.mark.parametrize("text", ["\ufeffa = 1\r\nb = '''x\r\ny'''\r\n", "a = 1\rb = 2\r"])
def test_line_ends_and_a_byte_order_mark_are_read_as_cpython_reads_them(text: str) -> None:
    assert ast.dump(parse_all({"a.py": text})["a.py"]) == ast.dump(ast.parse(normal_newlines(text)))
    assert ast.dump(ast.parse(normal_newlines(text))) == ast.dump(ast.parse(text.encode()))


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("def f(:\n    pass\n", 1),
        ("x = 1\n  y = 2\n", 2),
        ("x = 1\nif x:\npass\n", 3),
        ("x = 1\ny = 'abc\n", 2),
        ("x = 0777\n", 1),
        ("x = 1\n\ny = '\\x1'\n", 3),
        ("x = (1,\n", 1),
        ("x = $\n", 1),
        ("f'{a b}'\n", 1),
        ("x = 1\ny = = 2\n", 2),
        ("from __future__ import (\n", 1),
        ("else:\n    pass\n", 1),
    ],
)
def test_text_that_is_not_python_is_refused_at_its_line(text: str, line: int) -> None:
    with pytest.raises(SyntaxError):
        ast.parse(text)
    with pytest.raises(CompileErrors) as refused:
        parse_all({"widget/a.py": text, "widget/b.py": "x = 1"})
    (found,) = refused.value.diagnostics
    assert (found.code, found.path, found.line) == ("CW001", "widget/a.py", line)
    assert found.column >= 1
    assert found.message.startswith("this is not Python: ")


def test_every_broken_file_is_named_at_once() -> None:
    with pytest.raises(CompileErrors) as refused:
        parse_all({"a.py": "x = = 1", "b.py": "y = 1", "c.py": "z ="})
    assert [found.path for found in refused.value.diagnostics] == ["a.py", "c.py"]


def test_no_files_need_no_node(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("build.compiler.brython_parser.find_node", lambda: "/nowhere/node")
    assert parse_all({}) == {}


def test_what_was_parsed_before_is_not_parsed_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = {"a.py": "x = '\\n😀'\n", "b.py": "y = 1.5\n"}
    first = parse_all(texts, tmp_path)
    monkeypatch.setattr("build.compiler.brython_parser.find_node", lambda: "/nowhere/node")
    again = parse_all({"other.py": texts["b.py"], "a.py": texts["a.py"]}, tmp_path)
    assert ast.dump(again["a.py"], include_attributes=True) == ast.dump(first["a.py"], include_attributes=True)
    assert ast.dump(again["other.py"]) == ast.dump(first["b.py"])
    with pytest.raises(FileNotFoundError):
        parse_all({"a.py": texts["a.py"] + "z = 1\n"}, tmp_path)


def test_the_cache_keeps_what_the_last_build_used_and_no_refusal_is_lost(tmp_path: Path) -> None:
    parse_all({"a.py": "x = 1\n", "b.py": "y = 1\n"}, tmp_path)
    assert len(list(tmp_path.iterdir())) == 2
    for _ in range(2):
        with pytest.raises(CompileErrors, match="CW001"):
            parse_all({"a.py": "x = = 1\n", "c.py": "x = 1\n"}, tmp_path)
        assert len(list(tmp_path.iterdir())) == 1


def test_node_is_found_and_new_enough() -> None:
    answer = subprocess.run([find_node(), "--version"], capture_output=True, text=True, check=True).stdout
    assert int(answer.strip()[1:].partition(".")[0]) >= OLDEST_MAJOR


def test_the_newest_node_of_the_locks_gives_the_same_trees(
    widget: Parsed, samples: Parsed, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The parser's words are compared, so that nothing needs to be made of them once more."""
    node = locked_node()
    assert node is not None, "the Node of requirements-node.lock is not installed: run `make test`, or `.ci/cloudflare`"
    monkeypatch.setattr("build.compiler.brython_parser.find_node", lambda: node)
    names, again = [*WIDGET, *SAMPLES], ask_brython({**WIDGET, **SAMPLES})
    before = [*widget.answers, *samples.answers]
    assert [name for name, was, now in zip(names, before, again, strict=True) if was != digest(now)] == []


def write(root: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return root


def test_a_program_is_its_entry_and_all_it_imports(tmp_path: Path) -> None:
    files = {
        "widget/__init__.py": "",
        "widget/entry.py": "from widget.a import (\n    A,  # 1\n)\nfrom widget.pack import deep\nimport json\n",
        "widget/a.py": "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from widget.types import T\n",
        "widget/types.py": "T = int\n",
        "widget/pack/__init__.py": "'''from widget.unused import x'''\n",
        "widget/pack/deep.py": "from widget.a import A\n",
        "widget/unused.py": "x = = 1\n",
    }
    found = load_program(write(tmp_path, {**files, "widget/unused.py": "x = 1\n"}), "widget.entry")
    assert list(found) == ["widget.a", "widget.entry", "widget.pack.deep", "widget.types"]
    assert found["widget.pack.deep"].path == "widget/pack/deep.py"
    assert found["widget.a"].text == files["widget/a.py"]


def test_a_package_that_defines_names_is_a_module_too(tmp_path: Path) -> None:
    files = {"widget/entry.py": "from widget.pack import Name, deep\n", "widget/pack/__init__.py": "Name = 1\n"}
    found = load_program(write(tmp_path, {**files, "widget/pack/deep.py": ""}), "widget.entry")
    assert list(found) == ["widget.entry", "widget.pack", "widget.pack.deep"]
    assert found["widget.pack"].path == "widget/pack/__init__.py"


def test_an_import_of_nothing_is_refused_where_it_stands(tmp_path: Path) -> None:
    root = write(tmp_path, {"widget/entry.py": "x = 1\nfrom widget.nowhere import y\n"})
    with pytest.raises(CompileErrors) as refused:
        load_program(root, "widget.entry")
    (found,) = refused.value.diagnostics
    assert (found.code, found.path, found.line, found.column) == ("CW018", "widget/entry.py", 2, 1)
    assert "widget.nowhere" in found.message


def test_a_missing_entry_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CompileErrors, match=r"there is no module `widget\.entry`"):
        load_program(tmp_path, "widget.entry")


def test_texts_from_memory_become_modules() -> None:
    found = load_texts({"widget.a.b": "x = 1\n"})["widget.a.b"]
    assert (found.path, found.text) == ("widget/a/b.py", "x = 1\n")


def test_the_tree_is_compared_on_the_python_that_runs_the_build() -> None:
    """ast.dump differs between Pythons; the rebuilt tree has the fields of the running one."""
    tree = parse_all({"a.py": "def f(): pass"})["a.py"]
    assert hasattr(tree.body[0], "type_params") == (sys.version_info >= (3, 12))
