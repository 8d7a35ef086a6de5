"""Where printed text goes: lines, indentation, and where each piece came from."""

from __future__ import annotations

from collections.abc import Callable

from build.compiler import nodes as n
from build.compiler.sourcemap import SourceMap


class TrialOver(Exception):
    """A trial knows whether its first line fits."""

    def __init__(self, fits: bool) -> None:
        super().__init__()
        self.fits = fits


class Writer:
    """One run over one module; `uses` are the properties that are ours, `short` renames them for a small copy.

    A trial has a `limit` in columns: it maps nothing and stops where its first line ends, by TrialOver.
    """

    def __init__(self, short: Callable[[n.Own], str] | None = None, limit: int | None = None) -> None:
        self.short = short
        self.limit = limit
        self.uses: list[n.Own] = []
        self.parts: list[str] = []
        self.line = 0
        self.column = 0
        self.depth = 0
        self.map = SourceMap()

    @property
    def is_small(self) -> bool:
        return self.short is not None

    @property
    def is_trial(self) -> bool:
        return self.limit is not None

    def text(self) -> str:
        return "".join(self.parts)

    def write(self, text: str) -> None:
        self.parts.append(text)
        if self.limit is not None:
            self._try(text)
        if "\n" in text:
            self.line += text.count("\n")
            self.column = _units(text[text.rindex("\n") + 1 :])
        else:
            self.column += len(text) if text.isascii() else _units(text)

    def _try(self, text: str) -> None:
        """Ends a trial where it is known whether the line fits."""
        first, broken, _ = text.partition("\n")
        if self.limit is not None and self.column + len(first) > self.limit:
            raise TrialOver(fits=False)
        if broken != "":
            raise TrialOver(fits=True)

    def newline(self) -> None:
        self.write("\n")

    def indent(self) -> None:
        self.write("  " * self.depth)

    def mark(self, node: n.Js) -> None:
        if node.place is not None and not self.is_trial:
            self.map.add(self.line, self.column, node.place.line - 1, node.place.column, node.place.name)

    def property(self, name: str) -> str:
        if not isinstance(name, n.Own):
            return name
        self.uses.append(name)
        return name if self.short is None else self.short(name)


def _units(text: str) -> int:
    """Columns of a source map are UTF-16 units."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2
