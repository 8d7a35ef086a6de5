"""Names as JavaScript lets them be: what it keeps for itself gets `_`."""

from __future__ import annotations

RESERVED_TEXT = (
    "arguments await break case catch class const continue debugger default delete do else enum eval export extends "
    "false finally for function if implements import in instanceof interface let new null package private protected "
    "public return static super switch this throw true try typeof undefined var void while with yield "
    "Array BigInt Boolean Error Infinity JSON Map Math NaN Number Object Promise Set String Symbol Uint8Array "
    "console globalThis"
)
RESERVED = frozenset(RESERVED_TEXT.split())
# As property names these mean something to JavaScript itself.
RESERVED_PROPERTIES = {"constructor", "prototype", "__proto__", "then", "toString", "valueOf", "toJSON", "cause"}


def property_name(name: str) -> str:
    """How an attribute of ours is spelled in JavaScript."""
    return f"{name}_" if name in RESERVED_PROPERTIES else name
