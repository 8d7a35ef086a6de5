"""Text is compared by code points."""

from __future__ import annotations

def main() -> None:
    words = ["b", "a", "B", "", "ab", "\uffff", "😀", "é", "z", "\ue000", "a\U00010000", "a\uffee"]
    print(sorted(words))
    print("a" < "b", "a" < "B", "" < "a", "ab" < "b", "\uffff" < "😀", "a" <= "a", "b" > "ab", max(words), min(words))
    print("a" == "a", "a" != "b", "é" == "e\u0301")
