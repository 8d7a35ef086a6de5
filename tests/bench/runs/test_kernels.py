"""The kernels do the same on CPython, compiled and by hand: without that their times would say nothing."""

from __future__ import annotations

import importlib
import inspect
import sys
import types
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from bench.kernels.compiled import BRIDGE, KERNELS, module_of
from bench.kernels.measured import results_of, run_in_node

# Lines that quicker tests run, many times: not traced (docs/TESTING.md, Coverage).
pytestmark = pytest.mark.no_cover

TIMES = 100  # as in bench/kernels/measure.mjs


class Node:
    """What bench/kernels/page.mjs is in Node."""

    def __init__(self, tag: str, data: str = "") -> None:
        self.tagName = tag
        self.data = data
        self.parent: Node | None = None
        self.children: list[Node] = []
        self.attributes: dict[str, str] = {}
        self.isConnected = True

    @property
    def firstChild(self) -> Node | None:
        return self.children[0] if len(self.children) > 0 else None

    @property
    def nextSibling(self) -> Node | None:
        assert self.parent is not None
        after = self.parent.children[self.parent.children.index(self) + 1 :]
        return after[0] if len(after) > 0 else None

    def insertBefore(self, child: Node, before: Node | None) -> None:
        child.remove()
        child.parent = self
        place = len(self.children) if before is None else self.children.index(before)
        self.children.insert(place, child)

    def remove(self) -> None:
        if self.parent is not None:
            self.parent.children.remove(self)
            self.parent = None

    def setAttribute(self, name: str, value: str) -> None:
        self.attributes[name] = value

    def removeAttribute(self, name: str) -> None:
        del self.attributes[name]

    def addEventListener(self, _name: str, _listener: Any, _capture: bool = False) -> None:
        pass

    def getRootNode(self) -> Any:
        return types.SimpleNamespace(activeElement=None)

    def contains(self, _other: Any) -> bool:
        return False

    @property
    def textContent(self) -> str:
        shown = f"<{' '.join(self.attributes.values())}>" if len(self.attributes) > 0 else ""
        return shown + self.data + "".join(child.textContent for child in self.children)


class Date:
    """As JavaScript's own, on a machine in UTC."""

    def __init__(self, iso: str) -> None:
        self._at = datetime.fromisoformat(iso)

    def getTime(self) -> float:
        return self._at.timestamp() * 1000

    def getTimezoneOffset(self) -> int:
        return 0


def text_node(data: str) -> Node:
    return Node("", data)


class Method:
    """A function of a prototype, for `.call(owner, ...)`."""

    def __init__(self, make: Any) -> None:
        self._make = make

    def call(self, _owner: Any, *given: Any) -> Any:
        return self._make(*given)


def _bridge() -> types.ModuleType:
    """The little of widget/browser/js.py that the kernels use."""
    document = types.SimpleNamespace(
        activeElement=None,
        createElement=Method(Node),
        createElementNS=Method(lambda _space, tag: Node(tag)),
    )
    window = types.SimpleNamespace(Document=lambda: document, document=document, Date=Date, Text=text_node)
    module = types.ModuleType(BRIDGE)
    kept = {"window": window, "Value": Any, "listener": lambda work: work, "get": getattr}
    module.__dict__.update(kept, new=lambda kind, *given: kind(*given))
    return module


@pytest.fixture
def bridged() -> Iterator[None]:
    """The modules that need a browser, imported over the page above and forgotten again."""
    package = importlib.import_module("widget.browser")
    before = set(sys.modules)
    sys.modules[BRIDGE] = package.js = _bridge()  # type: ignore[attr-defined]
    yield
    for name in set(sys.modules) - before | {BRIDGE}:
        if name.startswith(("widget.browser.", "bench.kernels.")):
            del sys.modules[name]
            delattr(sys.modules[name.rpartition(".")[0]], name.rpartition(".")[2])


async def test_every_kernel_gives_the_same_on_cpython_compiled_and_by_hand(tmp_path: Path, bridged: None) -> None:
    report = run_in_node(tmp_path, round_ms=0, rounds=0)
    for name in KERNELS:
        result = importlib.import_module(module_of(name)).Kernel().run(TIMES)
        expected = await result if inspect.iscoroutine(result) else result
        assert len(expected) > 20, f"{name} gives almost nothing"
        assert results_of(report, name) == {"hand": expected, "compiled": expected}, name
