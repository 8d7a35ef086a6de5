"""The runtime as the scripts that pages load hold it: no words in its errors, and only the classes that are asked for.

Who reads "list index out of range" has the readable script, or the source map. What a program can tell apart stays: the
classes that it names, and all of them where it shows the name of an error.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Protocol

from build.compiler.exceptions import FILE, exceptions_module
from build.compiler.lower.helpers import HELPERS
from build.node import find_node

READER = Path(__file__).with_suffix(".mjs")
TIMEOUT_S = 60


class Asking(Protocol):
    """A compiled module: which helpers of the runtime it imports, and which properties it spells."""

    @property
    def helpers(self) -> frozenset[str]: ...

    @property
    def properties(self) -> frozenset[str]: ...


@dataclass(frozen=True)
class Parts:
    """Of one file: where the words of its errors and the getters of `__name__` stand, and who is asked `instanceof`.

    Places count bytes.
    """

    words: list[tuple[int, int]]
    names: list[tuple[int, int]]
    tested: list[str]


class Unread(Exception):
    """The parser's own words."""


def thin_runtime(runtime: Mapping[str, str], modules: Iterable[Asking]) -> dict[str, str]:
    """The files of the runtime for these compiled modules."""
    asking = list(modules)
    helpers = frozenset[str]().union(*(module.helpers for module in asking))
    properties = frozenset[str]().union(*(module.properties for module in asking))
    shows = any(HELPERS.get(name) == "repr" for name in helpers)
    has_names = shows or "__name__" in properties
    found = dict(zip(runtime, _read(tuple(runtime.values())), strict=True))
    dropped = {name: parts.words if has_names else [*parts.words, *parts.names] for name, parts in found.items()}
    thin = {name: _without(text, dropped[name]) for name, text in runtime.items()}
    if FILE in runtime:
        named = None if has_names else helpers.union(*(parts.tested for parts in found.values()))
        thin[FILE] = exceptions_module(named, has_args=shows or "args" in properties)
    return thin


def _without(text: str, places: Iterable[tuple[int, int]]) -> str:
    data = text.encode()
    for start, end in sorted(places, reverse=True):
        data = data[:start] + data[end:]
    return data.decode()


@cache
def _read(texts: tuple[str, ...]) -> list[Parts]:
    """As swc reads them."""
    done = subprocess.run(  # noqa: S603 - our own Node and our own script
        [find_node(), str(READER)], input=json.dumps(texts).encode(), capture_output=True, timeout=TIMEOUT_S
    )
    if done.returncode != 0:
        raise Unread(done.stderr.decode("utf-8", "replace"))
    return [Parts(**one) for one in json.loads(done.stdout)]
