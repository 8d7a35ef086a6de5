"""What must never stand in JavaScript or CSS that we ship: the doors through which text becomes code."""

from __future__ import annotations

import re
from dataclasses import dataclass

# Trusted Types protect only newer browsers, so the code itself has none of these. They are looked for in strings too:
# a refusal too many costs a rename, one too few a hole. `name\s*\(` also finds what esbuild breaks over lines.
SCRIPT_SINKS = {
    "innerHTML": r"\binnerHTML\b",
    "outerHTML": r"\bouterHTML\b",
    "insertAdjacentHTML": r"\binsertAdjacentHTML\b",
    "document.write": r"\bdocument\s*\??\.\s*write(?:ln)?\b",
    "eval": r"\beval\b\s*(?:\?\.)?\(|\(0,\s*eval\)|\[\s*[\"'`]eval[\"'`]\s*\]",
    "Function": r"\bFunction\s*(?:\?\.)?\(|\bFunction\s*`|\[\s*[\"'`]Function[\"'`]\s*\]",
    "constructor of functions": r"\.constructor\s*\(\s*[\"'`]",
    "string timer": r"\bset(?:Timeout|Interval)\s*\(\s*[\"'`]",
    "event attribute": r"setAttribute(?:NS\s*\([^,()]*,|\s*\()\s*[\"'`]on[a-z]",
    "style attribute": r"setAttribute(?:NS)?\s*\(\s*[\"'`]style[\"'`]",
    "srcdoc": r"\bsrcdoc\b",
    "DOMParser": r"\bDOMParser\b|\bparseFromString\b",
    "createContextualFragment": r"\bcreateContextualFragment\b",
    "setHTMLUnsafe": r"\b(?:setHTMLUnsafe|parseHTMLUnsafe)\b",
    "inline element": r"createElement(?:NS)?\s*\([^()]*[\"'`](?:script|style)[\"'`]",
    "import()": r"\bimport\s*\(",
    "importScripts": r"\bimportScripts\b",
    "worker": r"\bnew\s+(?:Shared)?Worker\b",
    "WebAssembly": r"\bWebAssembly\b",
    "Brython at run time": r"\b__BRYTHON__\b",
}
STYLE_SINKS = {
    "@import": r"@import\b",
    "remote url()": r"url\(\s*[\"']?\s*(?:https?:)?//",
    "javascript:": r"javascript:",
    "expression()": r"\bexpression\s*\(",
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


def find_sinks(text: str, sinks: dict[str, str]) -> list[Sink]:
    found: list[Sink] = []
    for name, pattern in sinks.items():
        for match in re.finditer(pattern, text):
            around = text[max(0, match.start() - 30) : match.end() + 30].replace("\n", " ")
            found.append(Sink(name, text.count("\n", 0, match.start()) + 1, around))
    return sorted(found, key=lambda sink: (sink.line, sink.name))
