"""What a literal of JavaScript cannot say."""

from __future__ import annotations

REFUSED = {
    "ATOMIC_GROUP": ("(?>...)", "JavaScript has no atomic groups"),
    "POSSESSIVE_REPEAT": ("a possessive repeat", "JavaScript has none: make what follows begin otherwise"),
    "GROUPREF_EXISTS": ("(?(1)...)", "write the alternatives out"),
}


class Untranslatable(Exception):
    """This pattern has no exact equal; the arguments are what, and what to write instead."""
