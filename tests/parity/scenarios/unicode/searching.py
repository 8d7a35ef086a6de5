"""Positions count code points too."""

from __future__ import annotations


def main() -> None:
    text = "😀a😀b"
    print(text.find("a"), text.find("b"), text.find("😀", 1), text.rfind("😀"), text.index("b"), text.count("😀"), "😀" in text, text.find("x"))
    print(text.split("a"), text.replace("😀", "-"), text.startswith("😀"), text.endswith("b"), text.partition("a"), text.strip("😀"))
