"""The runtime as the scripts that pages load hold it: no words in its errors, and only the classes that are asked for.

Who reads "list index out of range" has the readable script, or the source map. What a program can tell apart stays: the
classes that it names, and all of them where it shows the name of an error.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

NAMED = re.compile(r"^import \{ ([^}]+) \} from \"[./]*runtime/exceptions\.mjs\";$", re.M)
# What is thrown with words of ours; a key that was missing is no words.
WORDS = re.compile(r"(throw new \w+)\((?:\"[^\"\n]*\"|`[^`\n]*`)\)")
TESTED = re.compile(r"instanceof (\w+)")
CLASS = re.compile(r"^export class (\w+) extends (\w+) \{\n\}$", re.M)
NAME = re.compile(r"\n  get __name__\(\) \{\n    return \"\w+\";\n  \}")
ARGUMENTS = re.compile(r"  constructor\(\.\.\.args\) \{.*?\n  \}\n\n?", re.S)


def thin_runtime(runtime: Mapping[str, str], program: Iterable[str]) -> dict[str, str]:
    """The files of the runtime for these compiled modules."""
    modules = "\n".join(program)
    shows = "/runtime/repr.mjs" in modules
    named = _named(modules) | set(TESTED.findall("".join(runtime.values())))

    def thin(text: str) -> str:
        text = WORDS.sub(r"\1()", text)
        if not shows and ".args" not in modules:
            text = ARGUMENTS.sub("", text)
        if not shows and "__name__" not in modules:
            text = _few_classes(NAME.sub("", text), named)
        return text

    return {name: thin(text) for name, text in runtime.items()}


def _named(modules: str) -> set[str]:
    lists = NAMED.findall(modules)
    return {name.split(" as ")[0] for names in lists for name in names.split(", ")}


def _few_classes(text: str, named: set[str]) -> str:
    """A class that nobody asks for is another name of the one it derives from."""
    standing: dict[str, str] = {}

    def thinner(found: re.Match[str]) -> str:
        name, base = found[1], standing.get(found[2], found[2])
        standing[name] = name if name in named else base
        return f"export class {name} extends {base} {{}}" if name in named else f"export {{ {base} as {name} }};"

    return CLASS.sub(thinner, text)
