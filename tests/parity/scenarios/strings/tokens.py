"""A tokeniser by hand."""

from __future__ import annotations


def tokens(text: str) -> list[str]:
    found: list[str] = []
    word = ""
    for char in text:
        if char.isalnum():
            word += char
            continue
        if word != "":
            found.append(word)
            word = ""
        if not char.isspace():
            found.append(char)
    if word != "":
        found.append(word)
    return found


def main() -> None:
    print(tokens("let x1 = foo(2, 'é');"), tokens(""), tokens("  "), tokens("a+b"), tokens("日本 語"))
