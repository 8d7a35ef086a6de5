from __future__ import annotations

import re

LINK = re.compile(r"https?://", re.ASCII | re.IGNORECASE)
KELVIN = re.compile(r"[k-s]+", re.ASCII | re.IGNORECASE)
ACROSS = re.compile(r"[Z-a]+", re.ASCII | re.IGNORECASE)
NOT_A = re.compile(r"[^a-y]+", re.ASCII | re.IGNORECASE)
BESIDE = re.compile(r"é[a-f]x", re.ASCII | re.IGNORECASE)
INSIDE = re.compile(r"(?i:ab)c", re.ASCII)
ANY_AFTER = re.compile(r"x.", re.ASCII | re.IGNORECASE)


def main() -> None:
    for text in ["http://", "HTTPS://x", "hTTp:/", "httpſ://"]:
        print(LINK.match(text) is not None)
    for text in ["kS", "K", "\u212a", "\u017f", "l\u017f", "j", "t"]:
        print(repr(text), KELVIN.fullmatch(text) is not None)
    print(ACROSS.findall("ZzAa[\\]^_`bY"), NOT_A.findall("aBzZ\u212aé😀yY"))
    print([BESIDE.fullmatch(text) is not None for text in ["éAX", "ÉAX", "éfx", "égx"]])
    print([INSIDE.fullmatch(text) is not None for text in ["abc", "ABc", "aBC"]])
    print(ANY_AFTER.findall("x😀X\u212ax\nX!"))
