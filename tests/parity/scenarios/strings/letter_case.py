"""casefold, capitalize, title, isupper, islower, and sigma at the end of words."""

from __future__ import annotations

WORDS = "Straße|ΑΣ ΣΑΣ|ΑΣ'Α ΑΣ.|ǆ ǅ Ǆ ǉa Ǌ ǳ|ﬁx ﬄ|ŉa|ᾳ ᾷ ᾼ ᾲ ᾀ ῼῳ ῒ|ა Აბ|Ꭰ ꭰ ᏸ|ı İ I i|ſ ẞ ϐ ς|it's o'neil x1y|hELLO wORLD|ªb ⅷ Ⅷ ⓐ|ά Ά|a\u0345ΑΣ\u0345|"
ONES = "aA1 ªⅷⅧǅßΣς_ⓐᵃ"


def main() -> None:
    for word in WORDS.split("|"):
        print(ascii_of(word.casefold()), ascii_of(word.capitalize()), ascii_of(word.title()), word.isupper(), word.islower())
        print(ascii_of(word.lower()), ascii_of(word.upper()), list(map(str.casefold, word.split())), list(map(str.title, [word])))
    print([(one, one.isupper(), one.islower(), one.casefold(), one.title()) for one in ONES])
    print("Straße".casefold() == "STRASSE".casefold(), "ΑΣ".casefold() == "ας".casefold())


def ascii_of(text: str) -> str:
    return " ".join([f"{ord(char):x}" for char in text])
