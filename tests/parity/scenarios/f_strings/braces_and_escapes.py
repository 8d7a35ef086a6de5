"""Braces, dollars and backslashes stay what they are."""

from __future__ import annotations


def main() -> None:
    n = 5
    print(f"{{}} {{{n}}} ${n} ${{n}} `{n}` \\{n} \t|\n{n}\x41 \u00e9")
    print("${n} `x` \\n", f"a\\b{n}", f"'{n}' \"{n}\"")
