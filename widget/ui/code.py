"""Code in a message: a span in its line, or a block of its own. It is read from left to right in every language."""

from __future__ import annotations

from widget.ui.tokens import Token
from widget.ui.view import Node, h


def code_node(token: Token) -> Node:
    look = "cw-code-span" if token.kind == "code" else "cw-code-block"
    return h("code", {"class": look, "dir": "ltr"}, [code_in(token)])


def code_in(token: Token) -> str:
    """Without the backticks; of a block without the line that names the language."""
    text = token.text.strip("`")
    if token.kind == "code":
        return text
    first, _newline, rest = text.partition("\n")
    return rest.rstrip("\t\n\r ") if rest.strip() != "" and " " not in first else text.strip("\n")
