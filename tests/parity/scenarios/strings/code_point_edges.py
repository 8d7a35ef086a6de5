"""Lone surrogates, combining marks and the edges of planes."""

from __future__ import annotations

def main() -> None:
    text = "\U0010ffff\ud7ff\ue000\U00010000"
    print(len(text), [hex(ord(c)) for c in text], text[::-1] == "\U00010000\ue000\ud7ff\U0010ffff", text.find("\U00010000"))
    print("e\u0301" == "é", len("e\u0301"), "ﬁ".upper(), "ǆ".upper(), len("👨‍👩‍👧‍👦"), "🇩🇪"[0] == "\U0001f1e9")
    print("😀" in "a😀", "😀".isalpha(), "😀" * 2, "a😀b".split("😀"), "😀a".replace("😀", "x"), "x".join("😀😀"), "😀a".startswith("😀"))
    print("a😀".ljust(4, "."), "😀".center(4, "-"), "a😀b".partition("😀"), "😀😀".count("😀"), max("a😀"), sorted("😀\uffffa")[0])
