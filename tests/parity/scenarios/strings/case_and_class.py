"""Case and classes of characters."""

from __future__ import annotations

def main() -> None:
    for text in ["abc", "ABC", "Abc", "", "123", "a1", "½", "²", "٣", "é", "ß", " ", "\t\n", "日本", "a b", "_", "ǅ", "😀"]:
        print(repr(text), text.isdigit(), text.isdecimal(), text.isalpha(), text.isalnum(), text.isspace(), text.isupper(), text.islower(), text.isascii())
    print("straße".upper(), "ÀÉ".lower(), "ΑΣ".lower(), "hello world".title(), "hELLO".capitalize(), "İ".lower() == "i̇")
