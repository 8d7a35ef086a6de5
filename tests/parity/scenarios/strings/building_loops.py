"""Text grows in loops."""

from __future__ import annotations


def main() -> None:
    out = ""
    for index, word in enumerate(["a", "b", "c"]):
        if index > 0:
            out += ", "
        out += word * (index + 1)
    print(out, len(out))
    line = ""
    while len(line) < 5:
        line = "<" + line + ">"
    print(line, [line[i] for i in range(len(line))])
