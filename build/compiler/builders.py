"""Short ways to make JavaScript nodes."""

from __future__ import annotations

import json
import re
from dataclasses import replace

from build.compiler.nodes import (
    Binary,
    Call,
    Id,
    Index,
    Js,
    Lit,
    Member,
    Statement,
    Unary,
)

NAME = re.compile(r"[A-Za-z_$][\w$]*\Z", re.ASCII)
NULL, TRUE, FALSE, THIS, UNDEFINED = Lit("null"), Lit("true"), Lit("false"), Id("this"), Id("undefined")
FLIPPED = {"===": "!==", "!==": "==="}


def text(value: str) -> Lit:
    """A string literal; JSON's spelling is JavaScript's, with lone surrogates and line separators escaped."""
    spelled = json.dumps(value, ensure_ascii=False)
    unsafe = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff]")
    return Lit(unsafe.sub(lambda match: f"\\u{ord(match[0]):04x}", spelled))


def number(value: int | float) -> Js:
    """A number as JavaScript spells it; negative ones are a sign and a literal."""
    if value < 0:
        return Unary("-", number(-value))
    if value == float("inf"):
        return Id("Infinity")
    spelled = repr(value)
    if spelled.endswith(".0"):
        spelled = spelled[:-2]
    return Lit(spelled)


def call(callee: Js | str, *args: Js) -> Call:
    return Call(Id(callee) if isinstance(callee, str) else callee, list(args))


def method(target: Js, name: str, *args: Js) -> Call:
    return Call(Member(target, name), list(args))



def path(dotted: str) -> Js:
    """`Math.floor` as nodes."""
    first, *rest = dotted.split(".")
    node: Js = Id(first)
    for name in rest:
        node = Member(node, name)
    return node


def member(target: Js, name: str) -> Js:
    return Member(target, name) if NAME.match(name) else Index(target, text(name))


def key(name: str) -> str:
    """A property key in an object literal."""
    return name if NAME.match(name) else text(name).text


def all_of(tests: list[Js]) -> Js:
    """one && other && ..."""
    whole = tests[0]
    for test in tests[1:]:
        whole = Binary("&&", whole, test)
    return whole



def negate(node: Js) -> Js:
    """`!node`, simplified where that reads better and means the same."""
    if isinstance(node, Binary) and node.operator in FLIPPED:
        return replace(node, operator=FLIPPED[node.operator])
    if isinstance(node, Unary) and node.operator == "!":
        return node.value
    return Unary("!", node)




def do(value: Js) -> Statement:
    return Statement(value, place=value.place)
