"""How many bytes of the minified script come from where, plain and gzipped, by its source map."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from build.compiler.sourcemap import flat
from build.deflate import costs

DECLARED = re.compile(r"(?:export )?(?:async )?(?:function\*?|class|const|let) (\w+)")
RUNTIME = "runtime/"


@dataclass
class Weight:
    """Bytes of the script, and its share of the gzipped one."""

    plain: int = 0
    gzipped: float = 0.0


@dataclass(frozen=True)
class Span:
    """A piece of the script and the line of the source that it comes from, from 0."""

    start: int
    end: int
    source: int
    line: int


def weigh(script: bytes, source_map: bytes) -> tuple[dict[str, Weight], dict[str, Weight]]:
    """By module, and by helper of the runtime ("number.modulo")."""
    found = json.loads(source_map)
    bits = costs(script)
    names: list[str] = found["sources"]
    helpers = [_declarations(text) if name.startswith(RUNTIME) else None for name, text in _texts(found)]
    modules: dict[str, Weight] = defaultdict(Weight)
    parts: dict[str, Weight] = defaultdict(Weight)
    for span in _spans(script, found["mappings"]):
        gzipped = sum(bits[span.start : span.end]) / 8
        _add(modules[names[span.source]], span, gzipped)
        helper = helpers[span.source]
        if helper is not None:
            file = names[span.source].removeprefix(RUNTIME).removesuffix(".mjs")
            _add(parts[f"{file}.{helper(span.line)}"], span, gzipped)
    return dict(modules), dict(parts)


def table(weights: dict[str, Weight]) -> str:
    """The heaviest first."""
    rows = sorted(weights.items(), key=lambda row: (-row[1].gzipped, row[0]))
    return "\n".join(f"{weight.gzipped:9,.0f} {weight.plain:9,}  {name}" for name, weight in rows)


def _add(weight: Weight, span: Span, gzipped: float) -> None:
    weight.plain += span.end - span.start
    weight.gzipped += gzipped


def _texts(found: dict[str, list[str]]) -> list[tuple[str, str]]:
    return list(zip(found["sources"], found["sourcesContent"], strict=True))


def _declarations(text: str) -> Callable[[int], str]:
    """Which top-level declaration of a runtime file a line belongs to."""
    starts = [(index, match[1]) for index, line in enumerate(text.split("\n")) if (match := DECLARED.match(line))]
    return lambda line: next((name for start, name in reversed(starts) if start <= line), "")


def _spans(script: bytes, mappings: str) -> Iterator[Span]:
    segments = [*flat(script.decode("ascii"), mappings), (len(script),)]
    for (start, source, line, *_), (end, *_) in pairwise(segments):
        yield Span(start, end, source, line)
