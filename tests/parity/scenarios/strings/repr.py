"""repr() quotes and escapes."""

from __future__ import annotations

def main() -> None:
    for text in ["a", "it's", 'say "x"', "both ' and \"", "tab\t", "nl\n", "back\\slash", "\x00\x1f\x7f\x80\xa0", "é", "😀", "\u200b", "\u2028", "\ue000", "\U0010ffff", "\xad", " "]:
        print(repr(text), [text])
    print(repr(None), repr(True), repr(1), repr(b"a'\x00\xff\n\\"), repr(b'"'), repr([]), repr({}), repr(()), repr((1,)))
