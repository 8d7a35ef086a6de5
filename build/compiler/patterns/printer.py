"""The parser's tree as the text of a literal: `visit_BRANCH(value, context)`, by the parser's own words."""

from __future__ import annotations

import re
from dataclasses import replace
from importlib import import_module
from typing import Any

from build.compiler.patterns.context import Context, Piece
from build.compiler.patterns.untranslatable import REFUSED, Untranslatable
from build.compiler.tables import tables

WORDS = import_module("re._constants")
TYPES = re.ASCII | re.UNICODE | re.LOCALE
UNLIMITED: int = WORDS.MAXREPEAT
GREEDY = {(0, 1): "?", (0, UNLIMITED): "*", (1, UNLIMITED): "+"}
BEGINNINGS, ENDS = ("AT_BEGINNING", "AT_BEGINNING_STRING"), ("AT_END", "AT_END_STRING")


def whole(tree: Any, form: str, context: Context) -> Piece:
    """The pattern with the anchors that the form asks for."""
    items = list(tree)
    start = "^" if form in ("full", "start") else ""
    end = "$" if form == "full" else ""
    while start != "" and len(items) > 0 and _is_at(items[0], BEGINNINGS):
        items = items[1:]
    while end != "" and len(items) > 0 and _is_at(items[-1], ENDS):
        items = items[:-1]
    body = _sequence(items, context, alone=start == "" and end == "")
    return replace(body, text=start + body.text + end or "(?:)")


def _sequence(items: list[Any], context: Context, alone: bool = False) -> Piece:
    """Nodes one after the other; `alone` where an alternative needs no group around it."""
    visits = tables(__package__, WORDS).visits
    done = Piece("")
    for op, value in items:
        if op not in visits:
            raise Untranslatable(*REFUSED.get(op.name, (op.name, "write it with what the page of the subset lists")))
        piece: Piece = visits[op](value, replace(context, seen=context.seen | done.seen))
        text = f"(?:{piece.text})" if op.name == "BRANCH" and not (alone and len(items) == 1) else piece.text
        if text[:1].isdigit() and re.search(r"(^|[^\\])(\\\\)*\\\d+$", done.text):
            text = f"[{text[0]}]{text[1:]}"  # or it would belong to the number of the group
        done = Piece(done.text + text, done.seen | piece.seen, done.is_ascii and piece.is_ascii)
    return done


def visit_BRANCH(value: tuple[None, list[Any]], context: Context) -> Piece:
    found = [_sequence(list(alternative), context) for alternative in value[1]]
    seen = frozenset.intersection(*(piece.seen for piece in found))
    return Piece("|".join(piece.text for piece in found), seen, all(piece.is_ascii for piece in found))


def visit_SUBPATTERN(value: tuple[int | None, int, int, Any], context: Context) -> Piece:
    group, added, dropped, tree = value
    if group is not None and context.inside != "":
        raise Untranslatable(f"a group inside {context.inside}", "write (?:...), and a group around the whole")
    flags = ((context.flags & ~TYPES if added & TYPES else context.flags) | added) & ~dropped
    body = _sequence(list(tree), replace(context, flags=flags), alone=True)
    is_ascii = body.is_ascii and not (flags ^ context.flags) & re.IGNORECASE
    if group is not None:
        return Piece(f"({body.text})", body.seen | {group}, is_ascii)
    is_branch = len(tree) == 1 and tree[0][0].name == "BRANCH"
    return Piece(f"(?:{body.text})" if is_branch else body.text, body.seen, is_ascii)


def visit_MAX_REPEAT(value: tuple[int, int, Any], context: Context, lazy: str = "") -> Piece:
    low, high, tree = int(value[0]), int(value[1]), value[2]
    if tree.getwidth()[0] == 0:
        raise Untranslatable("a repeat of what may be empty", "take the inner ? or * away")
    inside = replace(context, inside="a repeat") if high > 1 else context
    body = _sequence(list(tree), inside, alone=True)
    piece = body.text if _is_one(tree) else f"(?:{body.text})"
    if (low, high) != (1, 1):
        count = f"{{{low}}}" if low == high else f"{{{low},{'' if high == UNLIMITED else high}}}"
        piece += GREEDY.get((low, high), count) + lazy
    return Piece(piece, body.seen if low > 0 else frozenset(), body.is_ascii)


def visit_MIN_REPEAT(value: tuple[int, int, Any], context: Context) -> Piece:
    return visit_MAX_REPEAT(value, context, "?")


def visit_ASSERT(value: tuple[int, Any], context: Context, sign: str = "=") -> Piece:
    direction, tree = value
    if direction < 0:
        raise Untranslatable("lookbehind", "match what stands before in a group: Safari 14 has none")
    body = _sequence(list(tree), replace(context, inside="a lookahead"), alone=True)
    return replace(body, text=f"(?{sign}{body.text})")


def visit_ASSERT_NOT(value: tuple[int, Any], context: Context) -> Piece:
    return visit_ASSERT(value, context, "!")


def visit_FAILURE(_: tuple[()], context: Context) -> Piece:
    return Piece("[]")


def visit_GROUPREF(group: int, context: Context) -> Piece:
    if context.flags & re.IGNORECASE:
        raise Untranslatable("a group called back with re.IGNORECASE", "compare the texts afterwards")
    if group not in context.seen:
        raise Untranslatable("a group called back that may not have matched", "let the group always match")
    return Piece(f"\\{group}", is_ascii=False)


def visit_AT(value: Any, context: Context) -> Piece:
    name: str = value.name
    if name in BEGINNINGS:
        return Piece("^")
    if name in ENDS:
        return Piece("(?=\\n?$)" if name == "AT_END" else "$")
    if name != "AT_BOUNDARY":
        raise Untranslatable("\\B", "say what stands there: CPython 3.14 changed it")
    if not context.flags & re.ASCII:
        raise Untranslatable("\\b", "add re.ASCII, or say what stands there")
    return Piece("\\b")


def _is_at(item: Any, names: tuple[str, ...]) -> bool:
    return item[0].name == "AT" and item[1].name in names


def _is_one(tree: Any) -> bool:
    """Does a quantifier after this mean the whole of it?"""
    if len(tree) != 1:
        return False
    op, value = tree[0]
    return op.name in ("LITERAL", "NOT_LITERAL", "ANY", "IN") or (op.name == "SUBPATTERN" and value[0] is not None)
