"""Python's exceptions as classes of JavaScript: the file of the runtime that is made from their tree."""

from __future__ import annotations

from collections.abc import Collection

from build.compiler.builtins import TREE

FILE = "exceptions.mjs"
RENAMED = {"TypeError": "PyTypeError"}  # JavaScript has one of its own
ELSEWHERE = {"Failure"}  # js.mjs has it
ARGUMENTS = """  constructor(...args) {
    super(args.join(", "));
    this.args = args;
  }
"""
BECAUSE = """/** `raise error from cause`. */
export function because(error, cause) {
  error.cause = cause;
  return error;
}
"""


def js_class(name: str) -> str:
    """What an exception is called there."""
    return RENAMED.get(name, name)


def exceptions_module(named: Collection[str] | None = None, has_args: bool = True) -> str:
    """All of them with their names; or only those of `named`: another is the next one above it under its own name.

    With `args` as Python's errors have them; str(error) and repr(error) are in repr.mjs.
    """
    first, *others = (name for name in TREE if name not in ELSEWHERE)
    shown = _name(first) if named is None else ""
    parts = [f"export class {first} extends Error {{\n{ARGUMENTS if has_args else ''}{shown}}}\n", BECAUSE]
    standing = {first: first}
    for name in others:
        base, own = standing[TREE[name] or first], js_class(name)
        is_own = named is None or own in named
        standing[name] = own if is_own else base
        body = f"{{\n{_name(name)}}}" if named is None else "{}"
        parts.append(f"export class {own} extends {base} {body}\n" if is_own else f"export {{ {base} as {own} }};\n")
    return "\n".join(parts)


def _name(name: str) -> str:
    return f'  get __name__() {{\n    return "{name}";\n  }}\n'
