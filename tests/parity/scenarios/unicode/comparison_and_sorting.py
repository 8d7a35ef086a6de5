"""Equality is by code point, without normalisation."""

from __future__ import annotations


def main() -> None:
    print("é" == "e\u0301", "é" < "z", "a" < "é", sorted(["é", "e", "z", "a"]), "ß" == "ss", "ß".upper(), "ﬁ".upper(), "I".lower(), "Σ".lower(), "ΑΣ".lower())
