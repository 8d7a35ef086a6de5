"""What built-in functions take: the rest is refused by its name, and a keyword for what has a place goes there."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from functools import cache

from build.compiler.infer.context import Context
from build.compiler.infer.signatures import ACCEPTED


@dataclass(frozen=True)
class Takes:
    """`places` in their order, `needed` of them at least; `many` and `others` are `*args` and `**kwargs`."""

    places: tuple[str, ...]
    named: frozenset[str]
    needed: int
    many: bool
    others: bool


@cache
def takes(name: str) -> Takes | None:
    """What the function of this name takes, None where its signature says so with types."""
    if name not in ACCEPTED:
        return None
    parts = [part.strip() for part in ACCEPTED[name].split(",")]
    many = any(part.startswith("*") and not part.startswith("**") and part != "*" for part in parts)
    end = next((index for index, part in enumerate(parts) if part.startswith("*")), len(parts))
    slash = parts.index("/") if "/" in parts else -1
    places = [part for part in parts[:end] if part != "/"]
    named = frozenset(
        part.rstrip("=") for index, part in enumerate(parts) if index > slash and not part.startswith("*")
    )
    needed = sum(1 for part in places if not part.endswith("="))
    return Takes(
        tuple(part.rstrip("=") for part in places), named, needed, many, any(p.startswith("**") for p in parts)
    )


def accepts(name: str, node: ast.Call, context: Context) -> bool:
    """Are its arguments all of those that are compiled?"""
    known = takes(name)
    if known is None:
        return True
    before = len(context.report.found)
    if len(node.args) > len(known.places) and not known.many:
        context.refuse("CW058", node.args[len(known.places)], name=name, detail="too many")
    for keyword in list(node.keywords):
        _keyword_of(keyword, name, node, known, context)
    if len(node.args) < known.needed:
        context.refuse("CW058", node, name=name, detail=f"`{known.places[len(node.args)]}` is missing")
    return len(context.report.found) == before


def _keyword_of(keyword: ast.keyword, name: str, node: ast.Call, known: Takes, context: Context) -> None:
    if keyword.arg is None:
        context.refuse("CW040", keyword.value)
    elif keyword.arg in known.named and keyword.arg in known.places:
        if known.places.index(keyword.arg) == len(node.args) and node.keywords[0] is keyword:
            node.args.append(keyword.value)
            node.keywords.remove(keyword)
        else:
            _refuse(keyword, name, "give it by its place", context)
    elif keyword.arg not in known.named and not known.others:
        _refuse(keyword, name, "docs/BUILT_INS.md says what it takes", context)


def _refuse(keyword: ast.keyword, name: str, advice: str, context: Context) -> None:
    context.refuse("CW068", keyword.value, name=name, detail=f"`{keyword.arg}`", advice=advice)
