"""Text is counted, indexed and sliced by code points."""

from __future__ import annotations

def main() -> None:
    for text in ["", "abc", "héllo", "😀", "a😀b", "👩‍👩‍👧", "日本語", "e\u0301"]:
        print(len(text), text[:1], text[-1:], text[1:], text[::-1], [c for c in text])
    text = "a😀b😁c"
    print(text[1], text[-2], text[1:3], text[:-1], text[-3:], text[::2], text[5:], text[3:1])
    print(text.find("b"), text.index("c"), text.rfind("😁"), text.find("z"), text.count("😀"), text.find("b", 2), text.find("b", 3))
    try:
        print(text[5])
    except IndexError:
        print("IndexError")
    print([ord(c) for c in text], chr(128512), chr(97), ord("é"))
    for index, char in enumerate(text):
        print(index, char)
