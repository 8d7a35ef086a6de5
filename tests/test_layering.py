"""Which module may import which: the design's one-way arrows as data."""

from __future__ import annotations

import ast
import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
OURS = ("widget", "auth", "signaling", "build", "examples", "bench", "tests")

SEAMS = ("widget.errors", "widget.model", "widget.ports", "widget.wire")

# A module matches the longest name that it begins with; it may import what it lists, and its own folder.
ALLOWED: dict[str, tuple[str, ...]] = {
    "widget.errors": (),
    "widget.model": (),
    "widget.ports": ("widget.model",),
    "widget.wire": ("widget.errors", "widget.model"),
    "widget.crypto": SEAMS,
    "widget.transport": (*SEAMS, "widget.crypto"),
    "widget.core": (*SEAMS, "widget.crypto", "widget.transport"),
    "widget.emotes": (*SEAMS, "widget.transport", "widget.core"),
    "widget.account": (*SEAMS, "widget.crypto", "widget.transport", "widget.core"),
    "widget.room": (*SEAMS, "widget.crypto", "widget.transport", "widget.core", "widget.account"),
    "widget.chat": (
        *SEAMS, "widget.crypto", "widget.transport", "widget.core", "widget.emotes", "widget.account", "widget.room",
    ),
    "widget.ui": (*SEAMS, "widget.core", "widget.emotes", "widget.chat"),
    "widget.browser": (*SEAMS, "widget.crypto", "widget.core", "widget.chat", "widget.ui"),
    "widget.native": (*SEAMS, "widget.crypto", "widget.core", "widget.chat"),
    "auth": ("widget.wire", "widget.model", "widget.errors"),
    "signaling": ("widget.wire", "widget.model", "widget.errors", "auth"),
    "build": (),
    "examples": ("widget", "auth", "signaling", "build"),
    "bench": ("widget", "auth", "signaling", "build", "examples", "tests"),
}

# re: constant patterns, translated exactly or refused (docs/decisions.md, 15).
WIDGET_STDLIB = ("__future__", "typing", "dataclasses", "json", "math", "re", "collections.abc")
PLATFORM_FOLDERS = ("widget.browser", "widget.native")
BRYTHONS_OWN = ("browser", "javascript")  # modules that only Brython has, and only widget/browser/js.py names
SAMPLES = ROOT / "tests" / "parity" / "scenarios"
WEAK_NAMES = re.compile(r"(Manager|Utils|Util|Helper|Helpers|Base)$")
MAY_BE_WEAK = re.compile(rf"class\s+\w*{WEAK_NAMES.pattern[:-1]}\b")  # in a text: the others need no parsing


@dataclass(frozen=True)
class Imported:
    """`name` as imported by `module` at `place` ("widget/chat/chat.py:7")."""

    module: str
    name: str
    place: str


def _module_name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _sources(*folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


@functools.cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def _statements(tree: ast.Module) -> Iterator[ast.AST]:
    """All of them, however deep: a walk that also goes into expressions takes three times as long."""
    left: list[ast.AST] = [tree]
    while len(left) > 0:
        node = left.pop()
        yield node
        for name in ("body", "orelse", "finalbody", "handlers", "cases"):
            left += getattr(node, name, [])


@functools.cache
def _imports(path: Path) -> list[Imported]:
    return list(_found_imports(path))


def _found_imports(path: Path) -> Iterator[Imported]:
    module = _module_name(path)
    for node in _statements(_tree(path)):
        place = f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', 0)}"
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield Imported(module, alias.name, place)
        elif isinstance(node, ast.ImportFrom):
            if node.level > 0:
                yield Imported(module, "." * node.level + (node.module or ""), place)
            elif node.module in OURS or (node.module or "").startswith("widget"):
                for alias in node.names:
                    yield Imported(module, f"{node.module}.{alias.name}", place)
            else:
                yield Imported(module, node.module or "", place)


def _inside(name: str, folder: str) -> bool:
    return name == folder or name.startswith(folder + ".")


def _rule(module: str) -> str | None:
    matching = [rule for rule in ALLOWED if _inside(module, rule)]
    return max(matching, key=len, default=None)


PRODUCT = _sources("widget", "auth", "signaling", "build", "examples", "bench")


def _crossings() -> list[str]:
    wrong = []
    for path in PRODUCT:
        rule = _rule(_module_name(path))
        for found in _imports(path):
            if not any(_inside(found.name, ours) for ours in OURS) or rule is None:
                continue
            if not any(_inside(found.name, target) for target in (rule, *ALLOWED[rule])):
                wrong.append(f"{found.place}: {rule} must not import {found.name}")
    return wrong


def test_imports_point_one_way() -> None:
    assert _crossings() == []


def _module_of(name: str, modules: set[str]) -> str | None:
    """The module that an imported name is in: "widget.chat.chat" for "widget.chat.chat.ChatCore"."""
    return name if name in modules else name.rpartition(".")[0] if name.rpartition(".")[0] in modules else None


def _neighbours() -> dict[str, list[str]]:
    """Which module imports which, `TYPE_CHECKING` counted."""
    modules = {_module_name(path) for path in PRODUCT}
    named = {_module_name(path): [_module_of(found.name, modules) for found in _imports(path)] for path in PRODUCT}
    return {module: sorted({name for name in names if name and name != module}) for module, names in named.items()}


def _circle(start: str, neighbours: dict[str, list[str]]) -> list[str]:
    """The shortest way from `start` back to itself; [] where there is none."""
    ways, seen = [[start]], {start}
    while len(ways) > 0:
        way = ways.pop(0)
        for name in neighbours.get(way[-1], []):
            if name == start:
                return [*way, start]
            if name not in seen:
                seen.add(name)
                ways.append([*way, name])
    return []


def test_no_import_runs_in_a_circle() -> None:
    neighbours = _neighbours()
    assert {"widget.room.peers", "widget.transport.pair", "build.compiler.scopes.scope"} <= set(neighbours)
    assert [" > ".join(circle) for module in neighbours if len(circle := _circle(module, neighbours)) > 0] == []


def test_a_circle_is_found() -> None:
    assert _circle("a", {"a": ["b"], "b": ["c"], "c": ["b", "a"]}) == ["a", "b", "c", "a"]
    assert _circle("a", {"a": ["b"], "b": ["c"], "c": ["b"]}) == []


def test_every_folder_of_the_product_has_a_rule() -> None:
    bare = {"widget"}
    assert [path.name for path in PRODUCT if _rule(_module_name(path)) is None and _module_name(path) not in bare] == []


def test_the_chat_uses_only_the_small_standard_library() -> None:
    wrong = [
        f"{found.place}: {found.name}"
        for path in _sources("widget")
        if not _inside(_module_name(path), "widget.native")
        for found in _imports(path)
        if not _inside(found.name, "widget") and found.name not in WIDGET_STDLIB
        if not (_module_name(path) == "widget.browser.js" and found.name in BRYTHONS_OWN)
    ]
    assert wrong == []


def test_imports_name_the_whole_path() -> None:
    assert [found.place for path in PRODUCT for found in _imports(path) if found.name.startswith(".")] == []


def test_only_a_store_says_redis() -> None:
    wrong = [
        found.place
        for path in _sources("auth", "signaling", "widget", "build")
        for found in _imports(path)
        if found.name.split(".")[0] in ("redis", "fakeredis") and "store" not in (path.stem, path.parent.name)
    ]
    assert wrong == []


def test_only_the_browser_folder_reaches_the_browser() -> None:
    wrong = [
        found.place
        for path in _sources("widget")
        if not _inside(_module_name(path), "widget.browser")
        for found in _imports(path)
        if _inside(found.name, "widget.browser") or found.name.split(".")[0] in BRYTHONS_OWN
    ]
    assert wrong == []


def test_no_class_has_a_weak_name() -> None:
    wrong = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
        for path in _sources(*OURS)
        if SAMPLES not in path.parents  # programs that show the language, `Base` and `Derived` included
        if MAY_BE_WEAK.search(path.read_text("utf-8")) is not None
        for node in _statements(_tree(path))
        if isinstance(node, ast.ClassDef) and WEAK_NAMES.search(node.name)
    ]
    assert wrong == []


def test_no_test_folder_is_named_build() -> None:
    assert list((ROOT / "tests").rglob("build")) == []


@pytest.mark.parametrize(
    ("module", "rule"), [("widget.wire.room", "widget.wire"), ("widget.wired", None), ("auth.app", "auth")]
)
def test_a_module_finds_its_rule(module: str, rule: str | None) -> None:
    assert _rule(module) == rule
