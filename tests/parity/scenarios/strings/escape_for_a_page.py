"""The escapes that a page needs."""

from __future__ import annotations


def escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def main() -> None:
    for text in ("", "a & b", "<b>", '"x"', "&lt;", "</script>"):
        print(escape(text))
