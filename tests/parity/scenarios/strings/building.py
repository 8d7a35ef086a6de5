"""Text is built piece by piece."""

from __future__ import annotations

def table(rows: list[tuple[str, int, float]]) -> str:
    lines = [f"{name:<8}|{count:>5}|{share:6.1%}" for name, count, share in rows]
    width = max(len(line) for line in lines)
    return "\n".join([*lines, "-" * width])


def camel(name: str) -> str:
    head, *tail = name.split("_")
    return head + "".join(part[:1].upper() + part[1:] for part in tail)


def main() -> None:
    print(table([("apples", 3, 0.5), ("pears", 12345, 0.1234)]))
    print(camel("room_id"), camel("x"), camel("a_b_c"))
    text = ""
    for n in range(3):
        text += str(n) + ","
    text = text[:-1]
    print(text, text.split(","), [int(part) for part in text.split(",")], sum(map(int, text.split(","))))
    quoted = "".join("\\" + c if c in "\"\\" else c for c in 'a"b\\c')
    print(quoted, len(quoted), "|".join(sorted(set("banana"))), "".join(reversed("abc")), "".join(chr(ord(c) + 1) for c in "HAL"))
