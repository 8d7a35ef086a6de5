"""Where printed text goes, and where each piece of it came from."""

from __future__ import annotations

from build.compiler import nodes as n
from build.compiler.sourcemap import SourceMap


class TrialOver(Exception):
    """A trial knows whether its first line fits."""

    def __init__(self, fits: bool) -> None:
        super().__init__()
        self.fits = fits


class Sheet:
    """Only written to, at its end; `uses` are the properties that are ours, `properties` all, as they are spelled.

    A trial has a `limit` in columns: it maps nothing and stops where its first line ends, by TrialOver.
    """

    def __init__(self, limit: int | None = None) -> None:
        self.limit = limit
        self.uses: list[n.Own] = []
        self.properties: set[str] = set()
        self.parts: list[str] = []
        self.line = 0
        self.column = 0
        self.map = SourceMap()

    def text(self) -> str:
        return "".join(self.parts)

    def write(self, text: str) -> None:
        if text == "":
            return
        self.parts.append(text)
        if self.limit is not None:
            self._try(text, self.limit)
        if "\n" in text:
            self.line += text.count("\n")
            self.column = _units(text[text.rindex("\n") + 1 :])
        else:
            self.column += len(text) if text.isascii() else _units(text)

    def _try(self, text: str, limit: int) -> None:
        """Ends a trial where it is known whether the line fits."""
        first, broken, _ = text.partition("\n")
        if self.column + len(first) > limit:
            raise TrialOver(fits=False)
        if broken != "":
            raise TrialOver(fits=True)

    def mark(self, node: n.Js) -> None:
        if node.place is not None and self.limit is None:
            self.map.add(self.line, self.column, node.place.line - 1, node.place.column, node.place.name)


def _units(text: str) -> int:
    """Columns of a source map are UTF-16 units."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2
