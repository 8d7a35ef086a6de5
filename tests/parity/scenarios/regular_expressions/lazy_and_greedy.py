from __future__ import annotations

import re

GREEDY = re.compile(r"<.+>")
LAZY = re.compile(r"<.+?>")
MAYBE = re.compile(r"a??b?")
COUNTED = re.compile(r"a{2,3}")
COUNTED_LAZY = re.compile(r"a{2,3}?")
EXACT = re.compile(r"(?:ab){2}")
LEAST = re.compile(r"x{2,}")
MOST = re.compile(r"^x{,2}$")
NONE = re.compile(r"ax{0}b")
ONCE = re.compile(r"a{1}b")
TAIL = re.compile(r".*?(b*)")


def main() -> None:
    text = "<a><b>"
    print(GREEDY.findall(text), LAZY.findall(text))
    for text in ["", "a", "aa", "aaa", "aaaa", "ab", "abab", "ababab", "x", "xx", "xxx"]:
        found = MAYBE.match(text)
        print(text, "" if found is None else found[0], COUNTED.findall(text), COUNTED_LAZY.findall(text))
        print(EXACT.fullmatch(text) is not None, LEAST.fullmatch(text) is not None, MOST.search(text) is not None)
    print(NONE.match("ab") is not None, ONCE.match("ab") is not None, ONCE.match("aab") is None)
    tail = TAIL.fullmatch("aabb")
    print("" if tail is None else tail[1])
