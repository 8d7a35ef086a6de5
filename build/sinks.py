"""What must never stand in JavaScript or CSS that we ship: the doors through which text becomes code."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple


class Door(NamedTuple):
    """`words`: every match of the pattern holds one of them. A text without any is known at a tenth of the cost."""

    words: str
    pattern: str

    def find(self, text: str) -> Iterator[re.Match[str]]:
        there = any(word in text for word in self.words.split())
        return re.finditer(self.pattern, text) if there else iter(())


# Trusted Types protect only newer browsers, so the code itself has none of these. They are looked for in strings too:
# a refusal too many costs a rename, one too few a hole. `name\s*\(` also finds what esbuild breaks over lines.
SCRIPT_SINKS = {
    "innerHTML": Door("innerHTML", r"\binnerHTML\b"),
    "outerHTML": Door("outerHTML", r"\bouterHTML\b"),
    "insertAdjacentHTML": Door("insertAdjacentHTML", r"\binsertAdjacentHTML\b"),
    "document.write": Door("document", r"\bdocument\s*\??\.\s*write(?:ln)?\b"),
    "eval": Door("eval", r"\beval\b\s*(?:\?\.)?\(|\(0,\s*eval\)|\[\s*[\"'`]eval[\"'`]\s*\]"),
    "Function": Door("Function", r"\bFunction\s*(?:\?\.)?\(|\bFunction\s*`|\[\s*[\"'`]Function[\"'`]\s*\]"),
    "constructor of functions": Door("constructor", r"\.constructor\s*\(\s*[\"'`]"),
    "string timer": Door("setTimeout setInterval", r"\bset(?:Timeout|Interval)\s*\(\s*[\"'`]"),
    "event attribute": Door("setAttribute", r"setAttribute(?:NS\s*\([^,()]*,|\s*\()\s*[\"'`]on[a-z]"),
    "style attribute": Door("setAttribute", r"setAttribute(?:NS)?\s*\(\s*[\"'`]style[\"'`]"),
    "srcdoc": Door("srcdoc", r"\bsrcdoc\b"),
    "DOMParser": Door("DOMParser parseFromString", r"\bDOMParser\b|\bparseFromString\b"),
    "createContextualFragment": Door("createContextualFragment", r"\bcreateContextualFragment\b"),
    "setHTMLUnsafe": Door("setHTMLUnsafe parseHTMLUnsafe", r"\b(?:setHTMLUnsafe|parseHTMLUnsafe)\b"),
    "inline element": Door("createElement", r"createElement(?:NS)?\s*\([^()]*[\"'`](?:script|style)[\"'`]"),
    "import()": Door("import", r"\bimport\s*\("),
    "importScripts": Door("importScripts", r"\bimportScripts\b"),
    "worker": Door("Worker", r"\bnew\s+(?:Shared)?Worker\b"),
    "WebAssembly": Door("WebAssembly", r"\bWebAssembly\b"),
    "Brython at run time": Door("__BRYTHON__", r"\b__BRYTHON__\b"),
}
STYLE_SINKS = {
    "@import": Door("@import", r"@import\b"),
    "remote url()": Door("url(", r"url\(\s*[\"']?\s*(?:https?:)?//"),
    "javascript:": Door("javascript:", r"javascript:"),
    "expression()": Door("expression", r"\bexpression\s*\("),
}


@dataclass(frozen=True)
class Sink:
    """One finding; `around` is the text it stands in."""

    name: str
    line: int
    around: str


class SinkFound(Exception):
    """Shipped text that could turn text into code."""

    def __init__(self, file: str, sinks: list[Sink]) -> None:
        super().__init__("\n".join(f"{file}:{sink.line}: {sink.name}: {sink.around}" for sink in sinks))
        self.sinks = sinks


def refuse_sinks(file: str, text: str) -> None:
    """`file` ends in .js or .css. Raises SinkFound."""
    found = find_sinks(text, STYLE_SINKS if file.endswith(".css") else SCRIPT_SINKS)
    if len(found) > 0:
        raise SinkFound(file, found)


def find_sinks(text: str, doors: dict[str, Door]) -> list[Sink]:
    found: list[Sink] = []
    for name, door in doors.items():
        for match in door.find(text):
            around = text[max(0, match.start() - 30) : match.end() + 30].replace("\n", " ")
            found.append(Sink(name, text.count("\n", 0, match.start()) + 1, around))
    return sorted(found, key=lambda sink: (sink.line, sink.name))
